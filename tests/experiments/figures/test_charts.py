"""Each chart draws the frame it is given, says what the numbers say, and fits on its sheet."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from experiments.figures import difference, fan, forest, frames
from experiments.figures.study import Study
from experiments.figures.style import BLUE, GREY, PAGE, SLIDE, Sheet
from experiments.text import Text

LANGUAGES = ("en", "zh")


def study(lang: str = "en", sheet: Sheet = SLIDE) -> Study:
    return Study(Text(lang), seeds="0 to 5", identity="0123abcd-4567cdef", sheet=sheet)


def line(figure: Figure, label: str) -> tuple[np.ndarray, np.ndarray]:
    """The points of the line with this label."""
    (found,) = [item for item in figure.axes[0].get_lines() if item.get_label() == label]
    return np.asarray(found.get_xdata()), np.asarray(found.get_ydata())


def whole(frame: pd.DataFrame, **effect: float) -> pd.DataFrame:
    """A curve with the effect over the run, in job-years."""
    ends = {"mean": 2_250.0, "low": 1_200.0, "high": 3_300.0, **effect}
    run = {f"run_{name}": value for name, value in ends.items()}
    return frame.assign(run_kind="job_years", run_name="job_years", **run)


@pytest.fixture
def charts(runs: pd.DataFrame, effects: pd.DataFrame) -> dict[str, Callable[[Study], Figure]]:
    spread = frames.bands(runs, "employment")
    gaps = whole(frames.differences(runs, "employment", "opinion_2014"))
    return {
        "fan": lambda s: fan.fan(spread, "employment", s),
        "difference": lambda s: difference.difference(gaps, "employment", s),
        "forest": lambda s: forest.forest(effects, "rnd", s),
    }


@pytest.mark.parametrize("kind", ["fan", "difference", "forest"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sheet", [SLIDE, PAGE], ids=["slide", "page"])
def test_no_text_is_clipped_or_meets_another(
    charts: dict[str, Callable[[Study], Figure]],
    check_text: Callable[[Figure], None],
    kind: str,
    lang: str,
    sheet: Sheet,
) -> None:
    check_text(charts[kind](study(lang, sheet)))


def test_the_fan_draws_both_medians_and_their_bands(runs: pd.DataFrame) -> None:
    frame = frames.bands(runs, "employment")
    figure = fan.fan(frame, "employment", study())
    for design in ("baseline", "opinion_2014"):
        rows = frame[frame["design"] == design]
        times, medians = line(figure, design)
        np.testing.assert_array_equal(medians, rows["median"])
        np.testing.assert_array_equal(times, frames.years(rows["quarter"]))
    bands = [item for item in figure.axes[0].collections if isinstance(item, PolyCollection)]
    drawn = {float(item.get_paths()[0].vertices[:, 1].max()) for item in bands}
    expected = {
        float(part[high].max())
        for _, part in frame.groupby("design")
        for high in ("high50", "high")
    }
    assert drawn == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fan_states_levels_of_one_scenario_and_invites_no_contrast(
    runs: pd.DataFrame, lang: str
) -> None:
    """Medians of two scenarios may differ the other way than their pairs do."""
    text, frame = Text(lang), frames.bands(runs, "employment")
    words = fan.title(frame, "employment", study(lang))
    assert text("scenarios.opinion_2014") in words
    assert text("scenarios.baseline") not in words
    last = frame[(frame["quarter"] == 11) & (frame["design"] == "opinion_2014")].iloc[0]
    ends = last["low"], last["high"]
    scale = text.scale("employment", frame["median"]).finer(ends)
    assert text.interval(*ends, scale, signed=False) in words


def test_a_fan_says_in_how_many_runs_and_in_the_unit_of_its_axis() -> None:
    """The title had said 474 to 837 m CNY above an axis in bn, and nine of ten of eight runs."""
    seeds = pd.DataFrame({"design": "opinion_2014", "seed": range(8)})
    seeds["loans_small"] = 474.0 + 50.0 * seeds["seed"]
    runs = pd.concat(
        [seeds.assign(quarter=0, loans_small=1_300.0), seeds.assign(quarter=39)], ignore_index=True
    )
    frame = frames.bands(runs, "loans_small")
    words = fan.title(frame, "loans_small", study())
    assert words.endswith("0.47 to 0.82 bn CNY in all 8 runs")
    many = fan.title(frame.assign(n=20), "loans_small", study())
    assert many.endswith("0.47 to 0.82 bn CNY in nine of ten runs")


def test_a_fan_of_one_run_has_no_range(runs: pd.DataFrame) -> None:
    words = fan.title(frames.bands(runs[runs["seed"] == 0], "employment"), "employment", study())
    assert words.endswith("857,000 persons in the only run")


def test_the_difference_draws_mean_and_interval(runs: pd.DataFrame) -> None:
    frame = whole(frames.differences(runs, "employment", "opinion_2014"))
    figure = difference.difference(frame, "employment", study())
    np.testing.assert_array_equal(line(figure, "opinion_2014")[1], frame["mean"])
    (band,) = [item for item in figure.axes[0].collections if item.get_label() == "_interval"]
    heights = band.get_paths()[0].vertices[:, 1]
    assert heights.max() == frame["high"].max()
    assert heights.min() == frame["low"].min()


def curve(n: int = 20) -> pd.DataFrame:
    """A curve whose end is clearly above zero."""
    return pd.DataFrame(
        {"design": "opinion_2014", "quarter": [39], "n": n, "mean": 50.0, "low": 1.0, "high": 99.0}
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_interval_that_holds_zero_is_no_clear_effect(lang: str) -> None:
    frame = whole(curve(), mean=50.0, low=-1.0, high=101.0)
    words = difference.title(frame, "employment", study(lang))
    assert Text(lang)("chart.unclear") in words
    assert not any(claim in words for claim in ("up by", "down by", "增加", "减少"))


def test_a_difference_states_the_run_and_not_its_last_quarter() -> None:
    """Page one said "no clear effect on jobs", and the chart "up by 2,060 persons"."""
    frame = whole(curve(), mean=-500.0, low=-990.0, high=-10.0)
    assert difference.title(frame, "employment", study()) == (
        "Whole Opinion of 2014, job-years, over the run:"
        " down by 500 job-years (95% interval −990 to −10)"
    )
    subtitle = " ".join(
        item.get_text() for item in difference.difference(frame, "employment", study()).texts
    )
    assert "In 2024Q2: +50 persons (95% interval +1 to +99)." in subtitle


@pytest.mark.parametrize(
    ("lang", "ends"),
    [("en", "(95% interval −26 to +49 job-years)"), ("zh", "（95%区间−26至+49人年）")],
)
def test_the_interval_of_an_unclear_effect_has_its_unit(lang: str, ends: str) -> None:
    frame = whole(curve(), mean=12.0, low=-26.0, high=49.0)
    assert difference.title(frame, "employment", study(lang)).endswith(ends)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_equal_differences_of_few_pairs_are_no_effect(lang: str) -> None:
    ends = {"mean": -10.0, "low": -10.0, "high": -10.0}
    words = difference.title(whole(curve(n=2), **ends), "employment", study(lang))
    assert {"en": "cannot be told", "zh": "无法判断"}[lang] in words
    rows = pd.DataFrame({"design": ["vitality", "safeguards"], "kind": "level", "n": 2, **ends})
    assert forest.title(rows, "firms", study(lang)) == Text(lang)(
        "chart.forest_title_none", metric=Text(lang)("metrics.firms.label")
    )


def test_one_pair_says_nothing_of_the_effect(runs: pd.DataFrame) -> None:
    frame = frames.differences(runs[runs["seed"] == 0], "employment", "opinion_2014")
    frame = whole(frame, low=math.nan, high=math.nan)
    assert "one pair only" in difference.title(frame, "employment", study())
    difference.difference(frame, "employment", study())


def test_the_forest_sorts_and_greys_what_is_not_clear(effects: pd.DataFrame) -> None:
    figure = forest.forest(effects, "rnd", study())
    order = forest.ordered(effects)
    assert order["mean"].is_monotonic_decreasing
    for place, row in enumerate(order.to_dict("records")):
        (x,), (y,) = line(figure, row["design"])
        assert (x, y) == (row["mean"], place)
    colours = {item.get_label(): item.get_color() for item in figure.axes[0].get_lines()}
    assert colours["opinion_2014"] == BLUE
    assert colours["only/transfer_offices"] == GREY
    assert colours["only/policy_outreach"] == GREY


def test_the_forest_counts_clear_effects_only(effects: pd.DataFrame) -> None:
    assert forest.title(effects, "rnd", study()) == (
        "R&D outlay: 3 of 5 scenarios have a clear effect;"
        " the largest: Whole Opinion of 2014 (+5.20 bn CNY)"
    )
    two = effects[effects["design"].isin(["opinion_2014", "only/guidance_fund"])]
    assert "all 2 scenarios have a clear effect" in forest.title(two, "rnd", study())
    unclear = effects[effects["design"].isin(["only/policy_outreach", "only/transfer_offices"])]
    assert forest.title(unclear, "rnd", study()) == "R&D outlay: no clear effect of any scenario"
    single = effects.assign(low=math.nan, high=math.nan)
    assert "nothing can be said" in forest.title(single, "rnd", study())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_title_and_labels_write_a_number_alike(lang: str) -> None:
    """9,951 m yuan stood as 99.5 in the title and as 100 beside the row."""
    rows = pd.DataFrame(
        [
            {"design": "opinion_2014", "mean": 9_951.0, "low": 9_600.0, "high": 10_320.0},
            {"design": "vitality", "mean": 107.0, "low": 106.0, "high": 108.0},
        ]
    ).assign(kind="cumulative", n=6)
    value = {"en": "+9.95", "zh": "+99.5"}[lang]
    assert value in forest.title(rows, "net_cost", study(lang))
    labels = [
        item.get_text() for item in forest.forest(rows, "net_cost", study(lang)).axes[0].texts
    ]
    assert any(label.startswith(value) for label in labels)
    # The small one had been rounded to the digits of the large one.
    assert any(label.startswith({"en": "+0.11", "zh": "+1.1"}[lang]) for label in labels)


def test_an_undefined_ratio_is_left_out_of_the_forest(effects: pd.DataFrame) -> None:
    effects.loc[1, ["mean", "low", "high"]] = math.nan
    assert "only/guidance_fund" not in set(forest.ordered(effects)["design"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_alt_text_carries_the_finding(runs: pd.DataFrame, lang: str) -> None:
    frame = whole(frames.differences(runs, "employment", "opinion_2014"))
    words = difference.alt(frame, "employment", study(lang))
    assert difference.title(frame, "employment", study(lang)) in words
