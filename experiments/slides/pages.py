"""The pages of a deck: words first, then charts, then how to run it again."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.figures.study import Study
from experiments.report import orders, swept, words
from experiments.report.results import Results
from experiments.slides import design_pages, sweep_pages
from experiments.slides.page import Page

# Charts of a deck in order, by the names of their files.
SHOWN = (
    "side_effects", "difference-employment", "difference-rnd", "groups-employment",
    "groups-revenue", "money", "plane-rnd", "plane-employment", "loss-rnd", "forest-employment",
    "forest-rnd", "forest-patents", "waterfall-employment", "waterfall-rnd", "heatmap-employment",
    "sizes", "network",
)  # fmt: skip


def pages(results: Results, study: Study) -> Iterator[Page]:
    """Every page of a deck in one language; `study` carries the sheet."""
    if swept.varied(results):
        yield from sweep_pages.pages(results, study)
    else:
        yield from _opening(results, study)
        yield from design_pages.chosen(results, study, SHOWN)
        yield design_pages.reproduce(results, study)


def _opening(results: Results, study: Study) -> Iterator[Page]:
    text = study.text
    question, lead = words.question(text, results), words.lead(text, results)
    yield design_pages.answer(results, study, question, lead)
    yield design_pages.price(results, study)
    said = [text("report.colours"), orders.of_all(text, results)]
    glance, first = text("report.glance"), text("report.scenario")
    yield from design_pages.glance(results, study, glance, first, said)
    yield design_pages.changed(results, study)
    yield from design_pages.winners(results, study)
    yield design_pages.caveats(results, study)
