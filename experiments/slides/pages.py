"""The pages of a deck: words first, then charts, then how to run it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.text_page import Card, text_page
from experiments.gallery.kinds import charts
from experiments.report import assumptions, changes, findings, gains, tables, words
from experiments.report.results import Results
from experiments.told import told_levers

# Charts of a deck in order, by the names of their files.
SHOWN = (
    "side_effects", "difference-employment", "difference-rnd", "groups-employment",
    "groups-revenue", "money", "plane-rnd", "plane-employment", "loss-rnd", "forest-employment",
    "forest-rnd", "forest-patents", "waterfall-employment", "waterfall-rnd", "heatmap-employment",
    "sizes", "network",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One slide: figure, title, what a speaker needs, and the sentences of a page of words."""

    title: str
    figure: Figure
    notes: str
    alt: str
    lines: tuple[str, ...] = ()


def pages(results: Results, study: Study) -> Iterator[Page]:
    """Every page of a deck in one language; `study` carries the sheet."""
    yield from _opening(results, study)
    kinds = dict.fromkeys(name.partition("-")[0] for name in SHOWN)
    found = {chart.name: chart for chart in charts(results, study, kinds)}
    for name in SHOWN:
        if name in found:
            chart = found[name]
            yield Page(chart.title, chart.figure(study), _notes(study), chart.alt)
    yield _words(
        study, study.text("report.reproduce"), study.text("report.reproduce_intro"),
        words.reproduce(study.text, results),
    )  # fmt: skip


def _opening(results: Results, study: Study) -> Iterator[Page]:
    text, focus = study.text, results.focus
    told = told_levers(results.manifest)
    levers = assumptions.lever_assumptions(text, results.compared, told)
    values = [item for items in levers.values() for item in items]
    world = assumptions.world_assumptions(text, results)
    cards = tuple(_card(study, card) for card in tables.cards(text, results))
    lead, question = words.lead(text, results), words.question(text, results)
    yield _words(study, question, lead, findings.answer(text, results), cards)
    sections = changes.changes(text, focus, levers, told)
    if sections and sections[0]["folded"]:
        rows = [
            (
                str(item["title"]),
                text("report.and").join((str(item["count"]), str(item["envelope"]))),
            )
            for item in sections
        ]
    else:
        rows = [
            (str(row["title"]), text("report.and").join((str(row["envelope"]), str(row["period"]))))
            for item in sections
            for row in item["rows"]
        ]
    yield _words(study, text("report.changed"), words.changed(text, results), rows)
    winners = gains.gains(results, study)
    if winners:
        yield _words(study, text("report.gains"), study.label(str(focus["design"])), winners)
    caveats = words.caveats(text, results, [*world, *values])
    yield _words(study, text("report.caveats"), text("report.product"), caveats)


def _card(study: Study, card: dict[str, str]) -> Card:
    interval = card["interval"]
    return Card(
        what=" ".join(part for part in (card["metric"], card["kind"]) if part),
        number=card["effect"],
        interval=study.text("report.interval_words", interval=interval) if interval else "",
        reading=card["reading"],
        clear=card["state"] in ("up", "down"),
    )


def _words(
    study: Study,
    title: str,
    subtitle: str,
    lines: list[str] | list[tuple[str, str]],
    cards: tuple[Card, ...] = (),
) -> Page:
    caption = study.text("report.footer", identity=study.identity)
    figure = text_page(study.sheet, title, subtitle, caption, lines, cards)
    colon = study.text("report.named_value", name="{name}", value="{value}")
    shown = [subtitle, *(f"{card.what} {card.number} {card.interval}" for card in cards)]
    shown += [
        line if isinstance(line, str) else colon.format(name=line[0], value=line[1])
        for line in lines
    ]
    return Page(title, figure, _notes(study), " ".join(shown), tuple(shown))


def _notes(study: Study) -> str:
    """What a speaker is asked: which seeds, and what identifies the numbers."""
    return study.text("report.notes", seeds=study.seeds, identity=study.identity)
