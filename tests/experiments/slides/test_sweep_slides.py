"""The deck of a sweep tells of the sweep as a whole, as its report does, and then of one point."""

import importlib.util
from pathlib import Path

import pytest

from experiments.gallery.shown import opened, slides_study
from experiments.report import best, response
from experiments.report.axes import sweeps
from experiments.report.results import Results
from experiments.slides.page import Page
from experiments.slides.pages import pages
from experiments.slides.sweep_pages import MOST_ROWS
from experiments.text import Text
from tests.experiments.conftest import Wotu
from tests.experiments.figures.conftest import check
from tests.experiments.report.conftest import make_sweep
from tests.experiments.report.sweep_points import CROSSED, SPREAD, THREE, WORLDS

EN = Text("en")
# More values than a point can be called by.
MANY = {
    f"x #{n}": (n / 8, {
        f"levers.guidance_fund.{name}": round(0.1 + 0.01 * (n * step % 8), 2)
        for name, step in (("share", 1), ("quota", 3), ("concession", 5), ("delay", 7))
    })
    for n in range(1, 9)
}  # fmt: skip
KINDS = {
    "one axis": THREE, "two axes": CROSSED, "words": WORLDS, "spread": SPREAD, "many axes": MANY,
}  # fmt: skip


def deck(folder: Path, lang: str = "en", scenario: str = "") -> list[Page]:
    results = opened(str(folder), scenario)
    return list(pages(results, slides_study(results, lang)))


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        (
            "en",
            ['Venture capital guidance fund: what changes with "yearly budget line"?',
             "How the results answer", "Which point is best for what",
             "Which point is best for what (1 of 3)", "All points at a glance", "Read this first",
             "One point as an example: Venture capital guidance fund: 100 m CNY a year",
             "What it costs, and who bears what", "How to reproduce"],
        ),
        (
            "zh",
            ["创业投资引导基金：“年度预算”不同，结果有何变化？", "结果如何随之变化",
             "哪一点最适合什么目标", "哪一点最适合什么目标（1/3）", "各点一览", "阅读须知",
             "以一点为例：创业投资引导基金：每年1亿元", "政策成本与各方负担", "如何复现"],
        ),
    ],
)  # fmt: skip
def test_the_sweep_comes_first_and_one_point_is_an_example(
    tmp_path: Path, lang: str, heads: list[str]
) -> None:
    titles = [page.title for page in deck(make_sweep(tmp_path / "s", THREE), lang)]
    assert titles[0] == heads[0]
    places = [titles.index(head) for head in heads]
    assert places == sorted(places)


def test_slides_and_report_say_the_same(tmp_path: Path) -> None:
    folder = make_sweep(tmp_path / "s", THREE)
    results = Results(folder)
    (sweep,) = sweeps(results)
    by_title = {page.title: page for page in deck(folder)}
    answers = set(response.sentences(EN, results, sweep))
    assert answers <= set(by_title["How the results answer"].lines)
    winners = set(best.sentences(EN, results, sweep))
    assert winners <= set(by_title["Which point is best for what"].lines)
    tables = [page.table for title, page in by_title.items() if " of 3)" in title]
    cells = [cells for table in tables if table for _, cells in table.rows]
    assert [(row[0].words, row[-1].words) for row in cells] == [
        (row["point"], row["reading"]) for row in best.table(EN, results, sweep)
    ]
    assert max(len(table.rows) for table in tables if table) <= MOST_ROWS


def test_there_is_a_chart_an_outcome_larger_than_other_charts(tmp_path: Path) -> None:
    found = deck(make_sweep(tmp_path / "s", THREE))
    size = {page.title: page.figure.texts[0].get_fontsize() for page in found if not page.lines}
    swept = [size[title] for title in size if "from 100 m CNY a year" in title]
    assert len(swept) >= 2
    others = [size[title] for title in size if title.startswith("Venture capital guidance fund")]
    assert min(swept) > max(others)


def test_two_axes_have_a_table_an_outcome(tmp_path: Path) -> None:
    found = {page.title: page.table for page in deck(make_sweep(tmp_path / "s", CROSSED))}
    table = found["Job-years, over the run, job-years"]
    assert table is not None
    assert [head.words for head in table.heads] == ["yearly budget line", "10%", "20%", "30%"]
    assert [name for name, _ in table.rows] == ["100 m CNY a year", "200 m CNY a year"]
    assert "All points at a glance" not in found  # the tables have every number of it


def test_numbered_points_are_told_with_their_values(tmp_path: Path) -> None:
    found = {page.title: page.table for page in deck(make_sweep(tmp_path / "s", MANY))}
    table = found["Values of the points that are best for something"]
    assert table is not None
    assert len(table.rows) == 4
    assert all("#" in head.words for head in table.heads[1:])


@pytest.mark.parametrize(
    ("kind", "lang"),
    [("one axis", "en"), ("two axes", "zh"), ("words", "zh"), ("spread", "en"), ("spread", "zh"),
     ("many axes", "en")],
)  # fmt: skip
def test_no_text_is_clipped_or_meets_another(tmp_path: Path, kind: str, lang: str) -> None:
    for page in deck(make_sweep(tmp_path / "s", KINDS[kind]), lang):
        check(page.figure)


def test_one_pair_a_point_makes_a_deck(tmp_path: Path) -> None:
    lines = [
        line for page in deck(make_sweep(tmp_path / "s", THREE, seeds=1)) for line in page.lines
    ]
    assert any(line.startswith("One pair of runs a point") for line in lines)


def test_a_point_asked_for_has_a_deck_of_its_own(wotu: Wotu, tmp_path: Path) -> None:
    folder = make_sweep(tmp_path / "s", THREE)
    said = wotu("slides", str(folder), "scenario=e=200")
    assert said.out == f"{folder / 'slides.e=200.en.pdf'}\n"
    titles = [page.title for page in deck(folder, scenario="e=200")]
    assert "Which point is best for what" not in titles


@pytest.mark.skipif(
    importlib.util.find_spec("pptx") is None, reason="the extra `slides` is not installed"
)
def test_boxes_of_a_presentation_stay_on_their_slide_and_apart(wotu: Wotu, tmp_path: Path) -> None:
    from pptx import Presentation

    folder = make_sweep(tmp_path / "s", SPREAD)
    assert wotu("slides", str(folder), "--pptx").code == 0
    made = Presentation(str(folder / "slides.en.pptx"))
    for slide in made.slides:
        boxes = [shape for shape in slide.shapes if shape.shape_type != 13]
        assert all(box.top + box.height <= made.slide_height for box in boxes)
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                beside = one.left + one.width <= other.left or other.left + other.width <= one.left
                above = one.top + one.height <= other.top or other.top + other.height <= one.top
                assert beside or above, slide.shapes.title.text
