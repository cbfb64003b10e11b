"""Page one of a sweep: what was varied, how results answer, which point is best, then one example."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.report import best, cross, response, write_report
from experiments.report.axes import sweeps
from experiments.report.outcomes import Outcome
from experiments.report.point_names import point_names
from experiments.report.results import Results
from experiments.text import Text
from tests.experiments.report.sweep_points import CROSSED, ENVELOPE, SPREAD, THREE, WORLDS

EN, ZH = Text("en"), Text("zh")
Maker = Callable[..., Path]


def words(path: Path, lang: str) -> str:
    """The words of one language's pages, without charts."""
    page = path.read_text("utf-8")
    part = page[page.index(f'id="page-{lang}"') :]
    part = re.sub(r"<svg.*?</svg>", "", part[: part.index("</main>")], flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", part).replace("&#34;", '"').split())


def test_values_of_a_list_are_an_axis(tmp_path: Path, sweep_maker: Maker) -> None:
    (sweep,) = sweeps(Results(sweep_maker(tmp_path / "s", THREE)))
    (axis,) = sweep.axes
    assert (axis.key, axis.unit, axis.values) == (ENVELOPE, "m yuan/year", (100.0, 200.0, 400.0))
    assert sweep.lattice
    assert sweep.neighbours("e=100") == ["e=200"]
    assert sweep.neighbours("e=200") == ["e=100", "e=400"]
    assert sweep.on_edge("e=400")
    assert not sweep.on_edge("e=200")


def test_scenarios_compared_by_name_are_no_sweep(study_folder: Path) -> None:
    assert sweeps(Results(study_folder)) == []


def test_points_of_many_ranges_are_told_from_a_lattice_at_once(
    tmp_path: Path, sweep_maker: Maker
) -> None:
    """Every crossing of seven ranges had been made to see that they were not crossed: 24^7 of them."""
    keys = [f"levers.guidance_fund.value_{place}" for place in range(7)]
    points = {
        f"x #{n:02d}": (1.0, {key: float(n + place) for place, key in enumerate(keys)})
        for n in range(24)
    }
    (sweep,) = sweeps(Results(sweep_maker(tmp_path / "s", points, seeds=2, quarters=8)))
    assert len(sweep.axes) == 7
    assert not sweep.lattice
    assert len(sweep.neighbours("x #00")) == 23


def test_what_is_clear_between_the_ends_is_told_from_what_is_not(
    tmp_path: Path, sweep_maker: Maker
) -> None:
    results = Results(sweep_maker(tmp_path / "s", THREE))
    (sweep,) = sweeps(results)
    rises, falls, open_ = response.sentences(EN, results, sweep)
    assert "loans to small firms (−" in falls
    assert rises.startswith("From 100 m CNY a year to 400 m CNY a year the effect clearly rises:")
    assert "job-years (+" in rises
    assert "patent applications" in open_
    assert open_.startswith("From 100 m CNY a year to 400 m CNY a year the effect does not clearly")
    (table,) = response.tables(EN, results, sweep)
    said = {row["metric"]: row["reading"] for row in table["rows"]}
    assert said["Job-years"] == "clearly higher"
    assert said["Patent applications"] == "no clear difference"


def test_the_best_point_is_set_beside_its_neighbours(tmp_path: Path, sweep_maker: Maker) -> None:
    results = Results(sweep_maker(tmp_path / "s", THREE))
    (sweep,) = sweeps(results)
    found = {one.outcome: one for one in best.best(results, sweep)}
    jobs = found[Outcome("employment", "job_years")]
    assert (jobs.design, jobs.closest, jobs.clear) == ("e=400", "e=200", True)
    assert not found[Outcome("patents", "cumulative")].clear
    rows = {row["metric"]: row for row in best.table(EN, results, sweep)}
    assert rows["Job-years"]["reading"] == "clearly ahead of 200 m CNY a year"
    assert rows["Job-years"]["edge"] == "edge of the range"
    assert rows["Patent applications"]["reading"] == "no clear effect even there"


def test_points_that_do_the_same_have_no_best(tmp_path: Path, sweep_maker: Maker) -> None:
    alike = {f"e={m:g}": (1.0, {ENVELOPE: m}) for m in (100.0, 200.0)}
    results = Results(sweep_maker(tmp_path / "s", alike))
    (sweep,) = sweeps(results)
    assert {row["reading"] for row in best.table(EN, results, sweep)} == {
        "several points do the same"
    }


def test_one_pair_proves_nothing(tmp_path: Path, sweep_maker: Maker) -> None:
    results = Results(sweep_maker(tmp_path / "s", THREE, seeds=1))
    (sweep,) = sweeps(results)
    (said,) = response.sentences(EN, results, sweep)
    assert said.startswith("One pair of runs a point")
    assert list(best.sentences(EN, results, sweep)) == []


def test_two_axes_are_crossed_in_a_table_an_outcome(tmp_path: Path, sweep_maker: Maker) -> None:
    results = Results(sweep_maker(tmp_path / "s", CROSSED))
    (sweep,) = sweeps(results)
    tables = list(cross.crossed(EN, results, sweep))
    assert len(tables) == 4
    jobs = tables[0]
    assert (jobs["heads"], [row["title"] for row in jobs["rows"]]) == (
        ["10%", "20%", "30%"], ["100 m CNY a year", "200 m CNY a year"],
    )  # fmt: skip
    assert jobs["rows"][1]["cells"][2]["heat"] == "1.00"  # the largest clear effect
    assert point_names(ZH, results, sweep)["e=200 s=0.1"] == "每年2亿元、10%"


def test_points_spread_over_ranges_are_told_by_rank(tmp_path: Path, sweep_maker: Maker) -> None:
    results = Results(sweep_maker(tmp_path / "s", SPREAD))
    (sweep,) = sweeps(results)
    assert not sweep.lattice
    rises = response.sentences(EN, results, sweep)[0]
    assert rises.startswith('The effect rises with "yearly budget line": ')
    rows = {row["metric"]: row for row in best.table(EN, results, sweep)}
    assert rows["Job-years"]["reading"] == "clearly ahead of 7 of 7 other points"
    assert list(cross.crossed(EN, results, sweep)) == []


@pytest.mark.parametrize(
    ("points", "titles", "parts"),
    [
        (
            THREE,
            ('Venture capital guidance fund: what changes with "yearly budget line"?',
             "创业投资引导基金：“年度预算”不同，结果有何变化？"),
            ("100 m CNY a year, 200 m CNY a year, 400 m CNY a year",
             "One point as an example: Venture capital guidance fund: 100 m CNY a year"),
        ),
        (
            CROSSED,
            ('what changes with "yearly budget line" and "public share of a sub-fund"?',
             "“年度预算”和“财政出资占子基金比例”不同"),
            ("6 points: every combination of the values below", "One value against the other"),
        ),
        (
            WORLDS,
            ("Venture capital guidance fund: what changes with the world?", "世界设定不同"),
            ("Haidian at one tenth, Hot market", "Where the effect is highest",
             "Clearly higher with Haidian at one tenth than with Hot market"),
        ),
        (
            SPREAD,
            ('what changes with "yearly budget line" and', "“年度预算”和"),
            ("From point to point all values differ at once", "wotu sensitivity scenario="),
        ),
    ],
    ids=["one axis", "two axes", "words", "spread"],
)  # fmt: skip
def test_page_one_is_about_the_sweep_in_both_languages(
    tmp_path: Path,
    sweep_maker: Maker,
    points: dict[str, tuple[float, dict[str, float | str]]],
    titles: tuple[str, str],
    parts: tuple[str, ...],
) -> None:
    path = write_report(sweep_maker(tmp_path / "s", points))
    english, chinese = words(path, "en"), words(path, "zh")
    assert titles[0] in english
    assert titles[1] in chinese
    for part in parts:
        assert part in english
    order = ["What was varied", "How the results answer", "Read this first",
             "All points at a glance", "One point as an example", "This point in brief"]  # fmt: skip
    places = [english.index(head) for head in order]
    assert places == sorted(places)
    assert "以一点为例" in chinese
    assert "built-in" not in english  # a template that asks a dict for its method
    ids = re.findall(r'\sid="([^"]+)"', path.read_text("utf-8"))
    assert len(ids) == len(set(ids))


def test_one_point_asked_for_has_a_page_and_a_file_of_its_own(
    tmp_path: Path, sweep_maker: Maker
) -> None:
    folder = sweep_maker(tmp_path / "s", THREE)
    whole = write_report(folder, "en")
    one = write_report(folder, "en", scenario="e=100")
    assert (whole.name, one.name) == ("report.html", "report.e=100.html")
    assert "What was varied" not in words(one, "en")


def test_a_comparison_of_names_keeps_its_first_page(study_folder: Path) -> None:
    page = words(write_report(study_folder), "en")
    assert "What was varied" not in page
    assert page.index("The answer in brief") < page.index("What each scenario contains")
    assert "The page is about the first line." in page
