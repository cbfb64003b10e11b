"""The slides of a sweep: what was varied, how results answer, which point is best; then one point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

from experiments.figures.study import Study
from experiments.figures.table_page import Cell, Grid
from experiments.report import orders, swept
from experiments.report.axes import Sweep, sweeps
from experiments.report.results import Results
from experiments.report.swept_scenario import shown
from experiments.slides import design_pages
from experiments.slides.page import Page, joined, of_chart, of_table, of_words

MOST_ROWS = 4  # of a table of words, so that it can be read from the back of a room
# Of the width of the best points: for what, best at, effect, ahead of the closest, reading.
BEST = (0.22, 0.19, 0.175, 0.175, 0.24)
LARGER = 1.25  # than on other charts is the text of those that a sweep is shown for
# Charts of the point that is the example, by the names of their files.
EXAMPLE = (
    "side_effects", "difference-employment", "difference-rnd", "groups-employment", "money",
)  # fmt: skip

Told = Mapping[str, Any]


def pages(results: Results, study: Study) -> Iterator[Page]:
    """Every page of the deck: the sweep as a whole, what to keep in mind, one point, the command."""
    about = swept.told(study.text, results)
    yield _title(study, about)
    for sweep, block in zip(sweeps(results), about["blocks"], strict=False):
        yield from _scenario(results, study, sweep, block, several=about["several"])
    yield from _glance(results, study, about)
    yield design_pages.caveats(results, study, orders.across(study.text, results))
    yield from _example(results, study, about)
    another = (study.text("slides.another"), swept.example_command(results, "slides"))
    yield design_pages.reproduce(results, study, [another])


def _title(study: Study, about: Told) -> Page:
    """What the sweep asks and what was varied; of several scenarios only which they are."""
    blocks = about["blocks"]
    scenarios = [(block["scenario"], _axes(study, block)) for block in blocks]
    rest = [part for part in (about["more"], about["others"]) if part]
    said = scenarios if about["several"] else _varied(blocks[0])
    return of_words(study, about["title"], about["lead"], [*said, *rest])


def _axes(study: Study, block: Told) -> str:
    text = study.text
    axes = [text("report.named_value", name=a["name"], value=a["tried"]) for a in block["axes"]]
    return text("report.and").join([*axes, *filter(None, [block["axes_left"]])])


def _varied(block: Told) -> list[str | tuple[str, str]]:
    axes = [(axis["name"], axis["tried"]) for axis in block["axes"]]
    return [block["varied"], *axes, *filter(None, [block["axes_left"]])]


def _scenario(
    results: Results, study: Study, sweep: Sweep, block: Told, *, several: bool
) -> Iterator[Page]:
    """All about one scenario that was swept."""
    text, name = study.text, block["scenario"]
    if several:
        yield of_words(study, text("swept.varied"), name, _varied(block))
    answers = list(block["answers"])
    if block["pointer"]:  # ends with a colon
        answers.append(" ".join((block["pointer"], block["command"])))
    yield of_words(study, text("swept.answers"), name, answers)
    here, charts = shown(results, study, sweep)
    sheet = replace(here.sheet, points=LARGER * here.sheet.points)
    yield from (of_chart(replace(here, sheet=sheet), chart) for chart in charts)
    yield from (_crossed(study, name, table) for table in block["crossed"])
    if block["winners"]:
        yield of_words(study, block["best_title"], name, block["winners"])
    title = block["best_title"]
    if several:
        title = text("report.named_value", name=name, value=title)
    yield from _best(study, block, title)
    if block["named"]:
        yield _named(study, name, block["named"])


def _crossed(study: Study, scenario: str, table: Told) -> Page:
    """One outcome by two values, one down and one across."""
    text = study.text
    axes = text("slides.crossed", scenario=scenario, down=table["down"], across=table["across"])
    heads = [Cell(table["down"]), *(Cell(head) for head in table["heads"])]
    rows = [
        (row["title"], [Cell(c["value"], c["interval"], c["tone"]) for c in row["cells"]])
        for row in table["rows"]
    ]
    said = text("report.sentences", first=axes, second=text("report.colours"))
    return of_table(study, table["title"], said, Grid(heads, rows))


def _best(study: Study, block: Told, title: str) -> Iterator[Page]:
    """The best point for each outcome beside what may be said of it, on as few slides as can be read."""
    text = study.text
    heads = [
        Cell(text("swept.for_what")), Cell(block["best_head"]), Cell(text("report.effect")),
        Cell(text("swept.ahead_of")), Cell(text("report.reading")),
    ]  # fmt: skip
    rows = [(_outcome(row), _cells(row)) for row in block["best"]]
    said = joined(text, (block["point_names"], block["best_note"]))
    parts = _even(rows)
    for place, part in enumerate(parts, 1):
        counted = text("slides.part", title=title, place=place, total=len(parts))
        yield of_table(study, counted if len(parts) > 1 else title, said, Grid(heads, part, BEST))


def _even(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows in parts of about the same length, none longer than a slide."""
    parts = -(-len(rows) // MOST_ROWS)
    return list(batched(rows, -(-len(rows) // parts))) if rows else []


def _outcome(row: Told) -> str:
    return " ".join(filter(None, (row["metric"], row["kind"])))


def _cells(row: Told) -> list[Cell]:
    here, gap = row["here"], row["gap"]
    ahead = Cell(gap["value"], gap["interval"], gap["tone"]) if row["closest"] else Cell("")
    return [
        Cell(row["point"], row["edge"]),
        Cell(here["value"], here["interval"], here["tone"]),
        ahead,
        Cell(row["reading"], "", "neither" if row["ahead"] else ""),
    ]


def _named(study: Study, scenario: str, named: Told) -> Page:
    """The values of the best points, where these are called by their numbers."""
    text = study.text
    heads = [Cell(text("report.value")), *(Cell(head) for head in named["heads"])]
    rows = [(row["title"], [Cell(cell) for cell in row["cells"]]) for row in named["rows"]]
    return of_table(study, text("swept.values_of_best"), scenario, Grid(heads, rows))


def _glance(results: Results, study: Study, about: Told) -> Iterator[Page]:
    """Numbers point by point, where no other table has them and they are few."""
    text = study.text
    said = [about["named"], text("report.colours")]
    if about["others"] or any(
        block["tables"] and not block["crossed"] for block in about["blocks"]
    ):
        yield from design_pages.glance(
            results, study, text("swept.glance"), text("swept.point"), said,
            about["names"], about["order"],
        )  # fmt: skip


def _example(results: Results, study: Study, about: Told) -> Iterator[Page]:
    """One point in detail, and that it was not picked for its results."""
    yield design_pages.answer(results, study, about["example"], about["example_intro"])
    yield design_pages.price(results, study)
    yield from design_pages.winners(results, study)
    yield from design_pages.chosen(results, study, EXAMPLE)
