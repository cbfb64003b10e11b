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


@pytest.fixture
def charts(runs: pd.DataFrame, effects: pd.DataFrame) -> dict[str, Callable[[Study], Figure]]:
    spread = frames.bands(runs, "employment")
    gaps = frames.differences(runs, "employment", "opinion_2014")
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
        float(part[f"high{w}"].max()) for _, part in frame.groupby("design") for w in (50, 90)
    }
    assert drawn == expected


def test_a_fan_states_levels_and_claims_no_effect(runs: pd.DataFrame) -> None:
    words = fan.title(frames.bands(runs, "employment"), "employment", study())
    assert words.startswith("Employment in 2017Q2: median ")
    assert not any(claim in words for claim in ("effect", "higher", "up by", "raises"))


def test_the_difference_draws_mean_and_interval(runs: pd.DataFrame) -> None:
    frame = frames.differences(runs, "employment", "opinion_2014")
    figure = difference.difference(frame, "employment", study())
    np.testing.assert_array_equal(line(figure, "opinion_2014")[1], frame["mean"])
    (band,) = [item for item in figure.axes[0].collections if item.get_label() == "_interval"]
    heights = band.get_paths()[0].vertices[:, 1]
    assert heights.max() == frame["high"].max()
    assert heights.min() == frame["low"].min()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_interval_that_holds_zero_is_no_clear_effect(lang: str) -> None:
    frame = pd.DataFrame(
        {
            "design": "opinion_2014",
            "quarter": [39],
            "n": 20,
            "mean": 50.0,
            "low": -1.0,
            "high": 101.0,
        }
    )
    words = difference.title(frame, "employment", study(lang))
    assert Text(lang)("chart.unclear") in words
    assert not any(claim in words for claim in ("up by", "down by", "增加", "减少"))


def test_a_clear_effect_is_said_with_direction_size_and_interval() -> None:
    frame = pd.DataFrame(
        {
            "design": "opinion_2014",
            "quarter": [39],
            "n": 20,
            "mean": -50.0,
            "low": -99.0,
            "high": -1.0,
        }
    )
    assert difference.title(frame, "employment", study()) == (
        "Whole Opinion of 2014: employment down by 50 persons in 2024Q2 (95% interval −99 to −1)"
    )


def test_one_pair_says_nothing_of_the_effect(runs: pd.DataFrame) -> None:
    frame = frames.differences(runs[runs["seed"] == 0], "employment", "opinion_2014")
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
    unclear = effects[effects["design"].isin(["only/policy_outreach", "only/transfer_offices"])]
    assert forest.title(unclear, "rnd", study()) == "R&D outlay: no clear effect of any scenario"
    single = effects.assign(low=math.nan, high=math.nan)
    assert "nothing can be said" in forest.title(single, "rnd", study())


def test_an_undefined_ratio_is_left_out_of_the_forest(effects: pd.DataFrame) -> None:
    effects.loc[1, ["mean", "low", "high"]] = math.nan
    assert "only/guidance_fund" not in set(forest.ordered(effects)["design"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_alt_text_carries_the_finding(runs: pd.DataFrame, lang: str) -> None:
    frame = frames.differences(runs, "employment", "opinion_2014")
    words = difference.alt(frame, "employment", study(lang))
    assert difference.title(frame, "employment", study(lang)) in words
