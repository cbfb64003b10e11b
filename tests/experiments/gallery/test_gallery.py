"""Charts made from a real finished study: every kind fits its sheet, and shows what is stored."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from experiments.effects import effects
from experiments.errors import BadInput
from experiments.figures import groups, side_effects
from experiments.figures.style import PAGE, SLIDE, Sheet
from experiments.gallery import cost, kinds, money, sizes
from experiments.gallery.groups import group_effects
from experiments.gallery.network import network_frame, representative
from experiments.gallery.side_effects import side_effect_frame
from experiments.report import names, tables
from experiments.report.results import Results
from experiments.text import Text
from tests.experiments.conftest import Wotu
from tests.experiments.figures.conftest import check
from tests.experiments.report.conftest import make_study

ASKED = ("waterfall", "heatmap", "tornado", "pareto", "regret", "boxes")  # charts of questions
DRAWN = [kind for kind in kinds.KINDS if kind not in ASKED]


@pytest.fixture(scope="module")
def results(finished: Path) -> Results:
    return Results(finished / "mine")


def first(results: Results, kind: str, lang: str = "en", sheet: Sheet = SLIDE) -> Figure:
    study = replace(names.study(Text(lang), results), sheet=sheet)
    return next(kinds.charts(results, study, [kind])).figure(study)


def test_a_table_has_the_order_in_which_it_was_written(results: Results) -> None:
    parts = sorted((results.folder / "flows").glob("*.parquet"))
    written = pd.concat([pd.read_parquet(part) for part in parts])
    written = written[written["design"] == results.reference].reset_index(drop=True)
    found = results.table("flows", [results.reference])
    pd.testing.assert_frame_equal(found, written, check_dtype=False)


def test_a_frame_of_some_results_is_made_once_for_all_languages(results: Results) -> None:
    assert group_effects(results, "staff") is group_effects(results, "staff")
    assert group_effects(results, "staff") is not group_effects(results, "revenue")


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("sheet", [SLIDE, PAGE], ids=["slide", "page"])
def test_no_text_is_clipped_or_meets_another(
    results: Results, kind: str, lang: str, sheet: Sheet
) -> None:
    check(first(results, kind, lang, sheet))


def test_effects_by_group_add_up_to_the_district(results: Results) -> None:
    frame = group_effects(results, "staff")
    series = results.focus_series
    year_end = series[series["quarter"] == 3].groupby("design")["employment"].mean()
    whole = year_end[str(results.focus["design"])] - year_end[results.reference]
    for _, part in frame.groupby("dimension"):
        assert part["mean"].sum() == pytest.approx(whole, abs=1e-6)


def test_a_group_that_is_not_clear_is_never_named_as_winner_or_loser(results: Results) -> None:
    frame = group_effects(results, "staff").assign(low=-1e9, high=1e9)
    words = groups.title(frame, "employment", names.study(Text("en"), results))
    assert "no clear effect on employment in any group" in words


def test_the_money_of_a_year_is_the_money_of_its_flows(results: Results) -> None:
    frame = money.money_frame(results)
    design = str(results.focus["design"])
    flows = results.table("flows", [design])
    public = flows[(flows["payer"] == "government") & (flows["line"] != "")]["amount"].sum() / 2
    purse = frame[(frame["source"] == "purse") & (frame["part"] == "band")]["level"].sum()
    assert purse == pytest.approx(public)
    # What goes into a part of the document comes out of it.
    for section in ("environment", "safeguards"):
        into = frame[frame["target"] == section]["level"].sum()
        assert frame[frame["source"] == section]["level"].sum() == pytest.approx(into)


def test_the_share_of_the_largest_is_bounded_by_their_classes() -> None:
    # 99 firms with 1 to 2 m yuan, one with 100 m or more, 250 m in all: the 99 hold 99 to 198.
    low, high = sizes.top_share(np.array([1.0, 2.0, 100.0]), np.array([99.0, 0.0, 1.0]), 250.0)
    assert (low, high) == pytest.approx((1 - 198 / 250, 1 - 99 / 250))


def test_shares_of_firms_by_class_are_those_of_the_store(results: Results) -> None:
    frame = sizes.size_frame(results)
    bins = frame[(frame["part"] == "bin") & (frame["quarter"] == 0)]
    for design in (results.reference, str(results.focus["design"])):
        table = results.table("sizes", [design])
        table = table[table["quarter"] == 0]
        runs = table.pivot(index="bin_low", columns="seed", values="firms")
        median = (runs / runs.sum()).median(axis=1)
        drawn = bins[bins["design"] == design].set_index("bin_low")["value"]
        np.testing.assert_allclose(drawn, median)


def test_the_plane_shows_the_pairs_and_the_means_of_the_effects_table(results: Results) -> None:
    frame = cost.plane_frame(results, "rnd", "cumulative")
    table = effects(results.store).set_index(["design", "metric", "kind"])["mean"]
    for row in frame[frame["part"] == "mean"].to_dict("records"):
        assert row["gain"] == pytest.approx(table[row["design"], "rnd", "cumulative"])
        assert row["cost"] == pytest.approx(table[row["design"], "net_cost", "cumulative"])
        assert row["worth"] == pytest.approx(row["gain"] - row["cost"])
    assert len(frame[frame["part"] == "pair"]) == 4


def test_doing_nothing_loses_nothing_where_a_gain_is_worth_nothing(results: Results) -> None:
    frame = cost.loss_frame(results, "rnd", "cumulative")
    free = frame[frame["value"] == 0.0].set_index("design")["loss"]
    assert free[results.reference] == 0.0
    assert (free >= 0.0).all()


def test_the_network_is_that_of_the_run_in_the_middle(results: Results) -> None:
    frame = network_frame(results)
    assert set(frame["seed"]) == {representative(results)}
    assert set(frame["kind"]) <= {"loan", "stake"}


def test_worse_comes_first_and_a_cost_is_neither(results: Results) -> None:
    frame = side_effect_frame(results)
    order = side_effects.order(frame)
    said = frame.drop_duplicates("panel").set_index("panel")["reading"]
    ranks = [side_effects.READINGS.index(said[panel]) for panel in order]
    assert ranks == sorted(ranks)
    assert said["net_cost:cumulative"] == "cost"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("sheet", [SLIDE, PAGE], ids=["slide", "page"])
def test_chart_title_and_table_of_what_gets_worse_agree(
    tmp_path: Path, lang: str, sheet: Sheet
) -> None:
    """Exits were in the table, while the title said that no metric gets worse."""
    folder = make_study(tmp_path / "worse", {"baseline": 0.0, "opinion_2014": 1.0}, seeds=8)
    part = folder / "series" / "part-0000.parquet"
    series = pd.read_parquet(part)
    more = 5.0 * (series["design"] == "opinion_2014") + 0.1 * series["seed"] % 0.4
    bad = ("exits", "exits_closure", "refusals", "misuse", "defaults")
    series.assign(**dict.fromkeys(bad, 50.0 + more)).to_parquet(part, index=False)
    results, text = Results(folder), Text(lang)
    told = replace(names.study(text, results), sheet=sheet)
    frame, rows = side_effect_frame(results), tables.worse(text, results)[0]["rows"]
    drawn = frame[frame["reading"] == "worse"].drop_duplicates("panel")
    assert {"exits", "refusals"} <= set(drawn["metric"])
    assert len(drawn) == len(rows) == int(frame["worse"].iloc[0])
    assert str(len(rows)) in side_effects.title(frame, told)
    check(side_effects.side_effects(frame, told))


def test_a_reference_on_its_own_is_drawn(tmp_path: Path) -> None:
    """A design that is its own reference had been pivoted twice over, which ended in a traceback."""
    folder = make_study(tmp_path / "own", {"baseline": 0.0, "opinion_2014": 1.0}, seeds=3)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for design in manifest["designs"]:
        design["reference"] = "opinion_2014"
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    results = Results(folder)
    assert results.focus["design"] == "baseline"
    alone = Results(folder, "opinion_2014")
    for found in (results, alone):
        for kind in ("fan", "difference", "side_effects", "groups", "forest"):
            for drawn in kinds.charts(found, names.study(Text("en"), found), [kind]):
                assert drawn.title


def test_one_pair_says_nothing_of_better_or_worse(results: Results) -> None:
    single = side_effect_frame(results).assign(run_low=math.nan, run_high=math.nan)
    words = side_effects.title(single, names.study(Text("en"), results))
    assert "nothing can be said" in words


def test_figures_writes_all_that_the_data_allow(wotu: Wotu, finished: Path) -> None:
    said = wotu("figure", "groups", str(finished / "mine"), "lang=zh", "--format", "json")
    assert said.code == 0
    folder = finished / "mine" / "figures" / "zh"
    for ending in ("png", "svg", "pdf", "csv", "txt"):
        assert (folder / f"groups-employment.{ending}").stat().st_size > 0
    drawn = pd.read_csv(folder / "groups-employment.csv", encoding="utf-8-sig")
    assert set(drawn["dimension"]) == set(groups.DIMENSIONS)
    assert "从业人员" in (folder / "groups-employment.txt").read_text("utf-8")


def test_charts_of_another_scenario_stand_beside_those_of_the_first(
    wotu: Wotu, finished: Path
) -> None:
    """Six of the charts had replaced those of the first scenario in one folder, without a word."""
    figures = finished / "mine" / "figures"
    for words, place in ((), "en"), (("scenario=safeguards",), "safeguards/en"):
        said = wotu("figure", "difference", str(finished / "mine"), *words)
        assert said.code == 0
        assert f"charts in {figures / place}" in said.err
    one, other = (figures / place / "difference-rnd.csv" for place in ("en", "safeguards/en"))
    assert one.read_bytes() != other.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figure", "grups", "{}"), "did you mean 'groups'?"),
        (("figure", "heatmap", "{}"), "allows no heatmap chart: that needs pairs of levers"),
        (("figures", "{}", "seeds=3"), "seeds changes nothing here"),
        (("figures", "{}", "lang=fr"), "expected en, zh or both"),
        (("figures", "{}", "scenario=vitality"), "compared here: environment, safeguards"),
        (("figures", "/nowhere"), "no results in /nowhere"),
    ],
)
def test_bad_input_is_one_sentence(
    wotu: Wotu, finished: Path, words: tuple[str, ...], said: str
) -> None:
    found = wotu(*(word.format(finished / "mine") for word in words))
    assert found.code == 2
    assert found.out == ""
    assert said in found.err
    assert found.err.count("\n") == 1


def test_an_older_folder_without_a_table_is_told_so(results: Results) -> None:
    with pytest.raises(BadInput, match="holds no table 'nothing'"):
        results.table("nothing", [results.reference])
