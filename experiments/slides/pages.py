"""The pages of a deck: words first, then charts, then how to run it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure

from experiments.figures.study import Study
from experiments.figures.table_page import Cell, Grid, table_page
from experiments.figures.text_page import Card, text_page
from experiments.gallery.kinds import charts
from experiments.report import assumptions, changes, gains, matrix, orders, tables, words
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
    yield _words(study, question, lead, words.answer(text, results), cards)
    costs = words.price(text, results)
    yield _words(study, text("slides.price"), study.label(str(focus["design"])), costs)
    yield from _glance(results, study)
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


def _glance(results: Results, study: Study) -> Iterator[Page]:
    """A table of what each scenario contains and does, where there are several."""
    text, found = study.text, matrix.glance(study.text, results)
    if found is None:
        return
    heads = [
        Cell(text("report.scenario")), Cell(text("report.levers_on")), Cell(text("report.planned")),
        *(Cell(head["metric"], text.listed(filter(None, (head["kind"], head["unit"]))))
          for head in found["heads"]),
    ]  # fmt: skip
    rows = [
        (
            str(row["title"]),
            (
                Cell(row["levers"]), Cell(row["planned"]),
                *(Cell(cell["mean"], cell["interval"], cell["tone"]) for cell in row["cells"]),
            ),
        )
        for row in found["rows"]
    ]  # fmt: skip
    title, colours = text("report.glance"), text("report.colours")
    said = [colours, orders.of_all(text, results), str(found["left"])]
    subtitle, table = " ".join(filter(None, said)), Grid(heads, rows)
    figure = table_page(study.sheet, title, subtitle, _caption(study), table)
    yield Page(title, figure, _notes(study), " ".join((title, subtitle)), (subtitle,), (), table)


def _caption(study: Study) -> str:
    return study.text("slides.footer", identity=study.identity)


def _card(study: Study, card: dict[str, str]) -> Card:
    interval = card["interval"]
    return Card(
        what=" ".join(part for part in (card["metric"], card["kind"]) if part),
        number=card["effect"],
        interval=study.text("report.interval_words", interval=interval) if interval else "",
        reading=card["reading"],
        tone=card["tone"],
    )


def _words(
    study: Study,
    title: str,
    subtitle: str,
    lines: list[str] | list[tuple[str, str]],
    cards: tuple[Card, ...] = (),
) -> Page:
    figure = text_page(study.sheet, title, subtitle, _caption(study), lines, cards)
    colon = study.text("report.named_value", name="{name}", value="{value}")
    shown = [
        line if isinstance(line, str) else colon.format(name=line[0], value=line[1])
        for line in lines
    ]
    told = [" ".join((card.what, card.number, card.interval, card.reading)) for card in cards]
    alt = " ".join((subtitle, *told, *shown))
    return Page(title, figure, _notes(study), alt, (subtitle, *shown), cards)


def _notes(study: Study) -> str:
    """What a speaker is asked: which seeds, and what identifies the numbers."""
    return study.text("report.notes", seeds=study.seeds, identity=study.identity)
