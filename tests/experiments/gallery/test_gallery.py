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
from experiments.figures import difference, groups, loss, plane, side_effects
from experiments.figures import money as money_chart
from experiments.figures.study import Study
from experiments.figures.style import GREY, PAGE, SLIDE, Sheet
from experiments.gallery import cost, kinds, money, over_time, sizes
from experiments.gallery.groups import group_effects
from experiments.gallery.network import network_frame, representative
from experiments.gallery.side_effects import side_effect_frame
from experiments.report import findings, names, tables
from experiments.report.results import Results
from experiments.statistics import reading_of
from experiments.text import Text
from tests.experiments.conftest import Wotu
from tests.experiments.figures.conftest import check
from tests.experiments.report.conftest import make_study

ASKED = (
    "waterfall",
    "heatmap",
    "tornado",
    "pareto",
    "regret",
    "boxes",
    "swept",
)  # charts of questions
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


@pytest.mark.parametrize("worth", [1.0, 0.282, 1 / 3, 0.1 + 0.2, 1e-9, 123.456])
def test_choices_are_judged_at_the_very_value_that_is_stated(
    finished: Path, monkeypatch: pytest.MonkeyPatch, worth: float
) -> None:
    """A yuan had been said to be worth 1.0, and was judged at 0.975, where another choice is best."""
    monkeypatch.setattr(cost, "threshold", lambda *_: worth)
    frame = cost.loss_frame(Results(finished / "mine"), "rnd", "cumulative")
    assert (frame["value"] == worth).sum() == frame["design"].nunique()
    assert frame["value"].max() == pytest.approx(3 * worth)


def choices(behind: tuple[float, float, float], n: int = 20) -> pd.DataFrame:
    """Doing nothing, and a scenario that is better by some 100 m yuan with this interval."""
    rows = [
        {"design": "baseline", "loss": 116.0, "behind": behind},
        {"design": "vitality", "loss": 100.0, "behind": (0.0, 0.0, 0.0)},
    ]
    frame = pd.DataFrame(rows).assign(n=n, value=1.0, threshold=1.0, focus=[False, True])
    frame[["behind", "behind_low", "behind_high"]] = frame["behind"].tolist()
    return frame


def test_the_best_choice_is_said_to_be_best_only_where_it_clearly_is() -> None:
    study = Study(Text("en"))
    assert "not clearly: no new measure (Baseline) (116 m CNY) may do as well" in loss.title(
        choices((16.0, -40.0, 72.0)), "rnd", study
    )
    third = choices((16.0, -40.0, 72.0)).head(1).assign(design="safeguards")
    three = pd.concat([choices((16.0, -40.0, 72.0)), third])
    assert "it may be Vitality only, or 2 of 2 others" in loss.title(three, "rnd", study)
    clear = loss.title(choices((90.0, 50.0, 130.0)), "rnd", study)
    assert clear.startswith("At every value shown")
    assert "clearly" not in clear
    few = choices((90.0, 90.0, 90.0), n=2)  # two pairs that happen to agree prove nothing
    assert "not clearly" in loss.title(few, "rnd", study)
    words = [item.get_text() for item in loss.loss(few, "rnd", study).texts]
    assert "Only 2 pairs" in " ".join(words)


def test_what_the_study_is_about_has_a_name_among_many_choices() -> None:
    names = ["baseline", *(f"only/{place}" for place in range(9)), "opinion_2014"]
    rows = [
        {"design": name, "value": value, "loss": 100.0 * (place == 10) + 10.0 * place * value}
        for place, name in enumerate(names)
        for value in (0.0, 1.0, 2.0)
    ]
    frame = pd.DataFrame(rows).assign(n=8)
    frame["focus"] = frame["design"] == "only/5"
    assert {"baseline", "only/5", "opinion_2014"} == set(loss.named(frame, "baseline"))
    means = pd.DataFrame({"part": "mean", "design": names, "worth": range(11), "cost": range(11)})
    means["focus"] = means["design"] == "only/5"
    assert "only/5" in set(plane.named(means)["design"])


@pytest.mark.parametrize("kind", ["plane", "loss"])
def test_marks_without_a_name_are_mentioned_only_where_there_are_some(
    results: Results, kind: str
) -> None:
    words = " ".join(item.get_text() for item in first(results, kind).texts)
    assert "without a name" not in words


def test_lines_to_labels_do_not_look_like_intervals(results: Results) -> None:
    """They had the colour of their mark, and ran level with its interval to the edge."""
    lines = first(results, "plane").axes[0].get_lines()
    leaders = [line for line in lines if line.get_label() == "_leader"]
    assert leaders
    assert {line.get_color() for line in leaders} == {GREY}
    assert not any(line.get_linestyle() == "-" for line in leaders)


def test_no_plane_says_that_none_of_the_scenarios_are_worth_it(results: Results) -> None:
    frame = cost.plane_frame(results, "rnd", "cumulative")
    for lang, said in (("en", "No scenario clearly brings more"), ("zh", "没有情景的收益明确高于")):
        less = frame.assign(worth=-10.0, worth_low=-20.0, worth_high=-1.0, n=20)
        assert plane.title(less, "rnd", Study(Text(lang))).startswith(said)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_difference_says_what_page_one_says(results: Results, lang: str) -> None:
    text = Text(lang)
    study, design = names.study(text, results), str(results.focus["design"])
    for metric, kind in (("employment", "job_years"), ("rnd", "cumulative")):
        row = results.row(design, metric, kind)
        assert row is not None
        title = difference.title(over_time.difference_frame(results, metric), metric, study)
        value, _ = findings.sizes(text, row)
        told = reading_of(row)
        assert (value in title) == (told in ("up", "down"))
        assert (text("chart.unclear") in title) == (told == "unclear")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_amount_in_the_title_of_the_money_chart_is_in_its_picture(
    results: Results, lang: str
) -> None:
    """Its private money had counted the public part of funds, and stood nowhere in the picture."""
    study, frame = names.study(Text(lang), results), money.money_frame(results)
    drawn = kinds.charts(results, study, ["money"])
    labels = " ".join(item.get_text() for item in next(drawn).figure(study).axes[0].texts)
    bands = frame[frame["part"] == "band"]
    payers = bands[bands["source"].isin(["investors", "founders", "banks", "market"])]
    own = bands[bands["source"] == "purse"]["level"].sum()
    total = float(frame[frame["part"] == "total"]["level"].iloc[0])
    assert total == pytest.approx(payers["level"].sum())
    for amount in (own, total):
        said = study.text.money(float(amount))
        assert said in labels
        assert said in money_chart.title(frame, study)


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
