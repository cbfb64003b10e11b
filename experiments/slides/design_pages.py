"""Slides about one design: its answer, its price, what it changes, who gains, what to keep in mind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from experiments.figures.study import Study
from experiments.figures.table_page import Cell, Grid
from experiments.gallery.kinds import charts
from experiments.report import assumptions, changes, gains, matrix, tables, words
from experiments.report.results import Results
from experiments.slides.page import Page, card, joined, of_chart, of_table, of_words
from experiments.told import told_levers


def answer(results: Results, study: Study, title: str, subtitle: str) -> Page:
    """The first numbers in boxes, then the answer in sentences."""
    text = study.text
    cards = tuple(card(study, told) for told in tables.cards(text, results))
    return of_words(study, title, subtitle, words.answer(text, results), cards)


def price(results: Results, study: Study) -> Page:
    """What it costs, and who bears what."""
    text, name = study.text, study.label(str(results.focus["design"]))
    return of_words(study, text("slides.price"), name, words.price(text, results))


def changed(results: Results, study: Study) -> Page:
    """The levers that are on, by section where they are many."""
    text = study.text
    told = told_levers(results.manifest)
    sections = changes.changes(text, results.focus, assumed(results, study), told)
    if sections and sections[0]["folded"]:
        found = [(item["title"], item["count"], item["envelope"]) for item in sections]
    else:
        found = [
            (row["title"], row["envelope"], row["period"])
            for item in sections
            for row in item["rows"]
        ]
    rows = [(str(name), text("report.and").join(map(str, told))) for name, *told in found]
    return of_words(study, text("report.changed"), words.changed(text, results), rows)


def winners(results: Results, study: Study) -> Iterator[Page]:
    """Which firms gain staff and which lose."""
    found = gains.gains(results, study)
    if found:
        name = study.label(str(results.focus["design"]))
        yield of_words(study, study.text("report.gains"), name, found)


def caveats(results: Results, study: Study, *more: str) -> Page:
    """What to keep in mind before believing any of it."""
    text = study.text
    values = [item for items in assumed(results, study).values() for item in items]
    world = assumptions.world_assumptions(text, results)
    said = words.caveats(text, results, [*world, *values])
    return of_words(
        study, text("report.caveats"), text("report.product"), [*said, *filter(None, more)]
    )


def assumed(results: Results, study: Study) -> dict[str, list[assumptions.Assumption]]:
    """The values of the levers that were compared, by lever."""
    told = told_levers(results.manifest)
    return assumptions.lever_assumptions(study.text, results.compared, told)


def glance(
    results: Results,
    study: Study,
    title: str,
    first: str,
    said: Sequence[str],
    called: Mapping[str, str] = matrix.NO_NAMES,
    order: Sequence[str] = (),
) -> Iterator[Page]:
    """A table of what each scenario contains and does, where there are several.

    `first` is the head of their names and `said` what is to be known of all; points of a sweep are
    `called` by their values, in `order`.
    """
    text, found = study.text, matrix.glance(study.text, results, called, order)
    if found is None:
        return
    facts = {"levers": "report.levers_on", "planned": "report.planned"}
    if called:  # what all points have in common needs no column
        facts = {fact: head for fact, head in facts.items()
                 if len({row[fact] for row in found["rows"]}) > 1}  # fmt: skip
    heads = [
        Cell(first), *(Cell(text(head)) for head in facts.values()),
        *(Cell(head["metric"], text.listed(filter(None, (head["kind"], head["unit"]))))
          for head in found["heads"]),
    ]  # fmt: skip
    rows = [
        (
            str(row["title"]),
            (
                *(Cell(row[fact]) for fact in facts),
                *(Cell(cell["mean"], cell["interval"], cell["tone"]) for cell in row["cells"]),
            ),
        )
        for row in found["rows"]
    ]  # fmt: skip
    subtitle = joined(text, [*said, str(found["left"])])
    yield of_table(study, title, subtitle, Grid(heads, rows))


def chosen(results: Results, study: Study, names: Sequence[str]) -> Iterator[Page]:
    """Charts by the names of their files, in that order; those that the data allow."""
    kinds = dict.fromkeys(name.partition("-")[0] for name in names)
    found = {chart.name: chart for chart in charts(results, study, kinds)}
    yield from (of_chart(study, found[name]) for name in names if name in found)


def reproduce(results: Results, study: Study, more: Sequence[tuple[str, str]] = ()) -> Page:
    """How to run the study again, and whatever else can be asked of it."""
    text = study.text
    rows = [*words.reproduce(text, results), *more]
    return of_words(study, text("report.reproduce"), text("report.reproduce_intro"), rows)
