"""One slide, and how slides of words, of a table and of a chart are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.table_page import Grid, table_page
from experiments.figures.text_page import Card, text_page
from experiments.figures.word_table import word_table
from experiments.gallery.chart import Chart
from experiments.text import Text


@dataclass(frozen=True)
class Page:
    """One slide: figure, title, what a speaker needs; of a page of words its sentences, its cards,
    and the table that it shows instead of a chart.
    """

    title: str
    figure: Figure
    notes: str
    alt: str
    lines: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    table: Grid | None = None


def of_chart(study: Study, chart: Chart) -> Page:
    """A slide that is a chart."""
    return Page(chart.title, chart.figure(study), _notes(study), chart.alt)


def of_table(study: Study, title: str, subtitle: str, table: Grid) -> Page:
    """A slide with one table, of numbers or (where its columns have shares of their own) of words."""
    draw = word_table if table.shares else table_page
    figure = draw(study.sheet, title, subtitle, _caption(study), table)
    alt = " ".join((title, subtitle))
    return Page(title, figure, _notes(study), alt, (subtitle,), (), table)


def of_words(
    study: Study,
    title: str,
    subtitle: str,
    lines: Sequence[str | tuple[str, str]],
    cards: tuple[Card, ...] = (),
) -> Page:
    """A slide of sentences and of pairs of words, under cards where there are any."""
    figure = text_page(study.sheet, title, subtitle, _caption(study), lines, cards)
    colon = study.text("report.named_value", name="{name}", value="{value}")
    shown = [
        line if isinstance(line, str) else colon.format(name=line[0], value=line[1])
        for line in lines
    ]
    told = [" ".join((card.what, card.number, card.interval, card.reading)) for card in cards]
    alt = " ".join((subtitle, *told, *shown))
    return Page(title, figure, _notes(study), alt, (subtitle, *shown), cards)


def card(study: Study, told: dict[str, str]) -> Card:
    """One of the report's first numbers in a box."""
    interval = told["interval"]
    return Card(
        what=" ".join(part for part in (told["metric"], told["kind"]) if part),
        number=told["effect"],
        interval=study.text("report.interval_words", interval=interval) if interval else "",
        reading=told["reading"],
        tone=told["tone"],
    )


def joined(text: Text, said: Iterable[str]) -> str:
    """Sentences one after another as the language sets them, without those that say nothing."""
    parts = list(filter(None, said)) or [""]
    return reduce(lambda one, other: text("report.sentences", first=one, second=other), parts)


def _caption(study: Study) -> str:
    return study.text("slides.footer", identity=study.identity)


def _notes(study: Study) -> str:
    """What a speaker is asked: which seeds, and what identifies the numbers."""
    return study.text("report.notes", seeds=study.seeds, identity=study.identity)
