"""Charts that answer questions: interactions, contributions, fronts, ranges. Data, words and room."""

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text as Words

from experiments.figures import boxes, heatmap, pareto, regret, swept, tornado, waterfall
from experiments.figures.study import Study
from experiments.figures.style import BLUE, GREY, PAGE, SLIDE, Sheet
from experiments.text import Text
from tests.experiments.figures import samples

CHARTS: dict[str, tuple[ModuleType, Callable[[], pd.DataFrame], str]] = {
    "waterfall": (waterfall, samples.contributions, "job_years"),
    "pareto": (pareto, samples.mixes, "patents"),
    "tornado": (tornado, samples.ranges, "rnd"),
    "heatmap": (heatmap, samples.cells, "rnd"),
    "regret": (regret, samples.regrets, "revenue"),
    "boxes": (boxes, samples.failing, "revenue"),
    "swept": (swept, samples.points, "rnd"),
}


def study(lang: str = "en", sheet: Sheet = SLIDE) -> Study:
    return Study(Text(lang), seeds="0 to 19", identity="0123abcd-4567cdef", sheet=sheet)


def draw(kind: str, lang: str = "en", sheet: Sheet = SLIDE) -> Figure:
    module, frame, metric = CHARTS[kind]
    return getattr(module, kind)(frame(), metric, study(lang, sheet))


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("sheet", [SLIDE, PAGE], ids=["slide", "page"])
def test_no_text_is_clipped_or_meets_another(
    check_text: Callable[[Figure], None], kind: str, lang: str, sheet: Sheet
) -> None:
    check_text(draw(kind, lang, sheet))


@pytest.mark.parametrize("kind", CHARTS)
def test_alt_text_carries_the_finding(kind: str) -> None:
    module, frame, metric = CHARTS[kind]
    for lang in ("en", "zh"):
        words = module.title(frame(), metric, study(lang))
        assert words in module.alt(frame(), metric, study(lang))


def test_each_bar_of_the_waterfall_starts_where_the_last_one_ended() -> None:
    bars = draw("waterfall").axes[0].patches
    frame = samples.contributions()
    ends = [bar.get_x() + bar.get_width() for bar in bars]
    np.testing.assert_allclose([bar.get_width() for bar in bars], frame["mean"])
    np.testing.assert_allclose([bar.get_x() for bar in bars[1:-1]], ends[:-2])
    assert bars[-1].get_x() == 0.0
    assert ends[-1] == pytest.approx(ends[-2])  # parts and rest make up the whole


def test_the_waterfall_names_the_largest_clear_part_only() -> None:
    words = waterfall.title(samples.contributions(), "job_years", study())
    assert words == (
        "Job-years: of 4 parts 3 contribute clearly; the largest of these:"
        " Vitality of innovation and entrepreneurship (+21,000 job-years)"
    )
    sure = samples.contributions().query("part != 'capability'")
    assert "clear contribution of all 3 parts" in waterfall.title(sure, "job_years", study())
    vague = samples.contributions().assign(low=-1e6, high=1e6)
    assert "no clear contribution" in waterfall.title(vague, "job_years", study())


def test_a_mix_is_on_the_front_if_none_is_cheaper_and_better() -> None:
    frame = pd.DataFrame({"cost": [1.0, 2.0, 3.0, 2.0], "gain": [1.0, 3.0, 2.0, 3.0]})
    assert pareto.on_front(frame).tolist() == [True, True, False, True]


def test_the_front_is_drawn_in_order_of_cost() -> None:
    (front,) = [line for line in draw("pareto").axes[0].get_lines() if line.get_label() == "front"]
    frame = samples.mixes()[pareto.on_front(samples.mixes())].sort_values("cost")
    np.testing.assert_array_equal(front.get_xdata(), frame["cost"])
    np.testing.assert_array_equal(front.get_ydata(), frame["gain"])


def test_a_named_mix_that_is_beaten_is_grey_and_a_short_front_is_named() -> None:
    """The mix as stated had been blue, its whiskers like axes, and one of the front had no name."""
    frame = pd.DataFrame(
        {
            "design": ["mix 0", "mix 3", "mix 12"], "named": ["as stated", "best", ""], "n": 4,
            "cost": [3.0, 1.0, 2.0], "gain": [1.0, 2.0, 4.0], "cost_low": 0.5, "cost_high": 3.5,
            "gain_low": 0.5, "gain_high": 4.5,
        }
    )  # fmt: skip
    inks = {
        item.get_text(): item.get_color()
        for item in pareto.pareto(frame, "rnd", study()).axes[0].texts
    }
    assert inks == {"as stated": GREY, "best": BLUE, "mix 12": BLUE}


def test_the_tornado_has_the_order_of_the_table_and_says_where_sobol_differs() -> None:
    order = tornado.ordered(samples.ranges())
    assert order["parameter"].tolist()[:2] == ["world.demand.growth", "levers.rnd_subsidy.rate"]
    up_and_down = samples.ranges().assign(strength=[9e3, *[1.0] * 5])  # its mean change cancels
    assert tornado.ordered(up_and_down)["parameter"].iloc[0] == "levers.rnd_subsidy.rate"
    words = tornado.title(samples.ranges(), "rnd", study())
    assert words == (
        'R&D outlay: the effect hangs most on "world.demand.growth" in the screening,'
        ' on "levers.rnd_subsidy.rate" by Sobol\'s indices'
    )


def test_a_tornado_of_luck_says_so_and_none_denies_it() -> None:
    """Of two pairs a point the footnote had said that the spread was not luck between runs."""
    vague = samples.ranges().assign(luck=9_000.0)
    assert "luck of the seeds" in tornado.title(vague, "rnd", study())
    odd = samples.ranges().assign(total=[1.9, -1.2, *[0.1] * 4])
    words = [
        item.get_text().replace("\n", " ")
        for item in tornado.tornado(odd, "rnd", study()).findobj(Words)
    ]
    assert any("2 indices lie outside 0 to 1" in line for line in words)
    assert any("part of the spread is luck" in line for line in words)


def test_the_heatmap_is_blank_where_nothing_is_clear() -> None:
    axes = draw("heatmap").axes[0]
    faces = {patch.get_label(): patch.get_facecolor()[:3] for patch in axes.patches}
    assert faces["rnd_subsidy×guidance_fund"] == (1.0, 1.0, 1.0)
    assert faces["rnd_subsidy×first_purchase"] != (1.0, 1.0, 1.0)
    assert "first_purchase×guidance_fund" not in faces
    assert "·" in [text.get_text() for text in axes.texts]  # the pair that was not tried
    assert heatmap.title(samples.cells(), "rnd", study()) == (
        "R&D outlay: of 2 pairs of levers, 0 clearly do more together than the sum of their own"
        " effects and 1 clearly less"
    )


def test_what_is_not_clear_is_grey() -> None:
    bars = {bar.get_label(): bar for bar in draw("waterfall").axes[0].patches}
    containers = draw("waterfall").axes[0].containers
    assert [c.get_label() for c in containers][2] == "capability"
    assert bars is not None
    assert containers[2].patches[0].get_facecolor()[:3] == pytest.approx(
        tuple(int(GREY[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )


def test_a_regret_table_names_who_holds_up_and_where_a_policy_fails() -> None:
    assert "Policy that is called pull holds up best" in regret.title(
        samples.regrets(), "revenue", study()
    )
    words = [item.get_text() for item in draw("regret").axes[0].texts]
    assert words.count("fails") == 1
    assert words.count("best") == 1
    assert words.count("best mean") == 2  # an interval beside it holds zero
    assert words.count("[14 to 26]") == 1  # the largest loss has its interval too


def test_what_is_not_clear_is_not_called_best() -> None:
    vague = samples.regrets().assign(near=True)
    assert "no policy is clearly best" in regret.title(vague, "revenue", study())
    assert "没有政策明确最优" in regret.title(vague, "revenue", study("zh"))


def test_a_box_names_its_conditions_and_what_failing_is() -> None:
    assert "0.6 to 0.8" in boxes.title(samples.failing(), "revenue", study())
    words = [item.get_text() for item in draw("boxes").findobj(Words)]
    assert any("no better than +300 m CNY" in line.replace("\n", " ") for line in words)
    assert any("44 failures 6 are clear" in line.replace("\n", " ") for line in words)


def test_a_sweep_is_drawn_against_its_values() -> None:
    """A sweep had been told by the charts of its point #1, as if that were its answer."""
    assert "over 12 points the effect rises with" in swept.title(samples.points(), "rnd", study())
    share = draw("swept").axes[0]
    dots = [line for line in share.get_lines() if "#" in str(line.get_label())]
    assert [float(dot.get_xdata()[0]) for dot in dots] == list(samples.points()["value"][::2])
    flat = samples.points().assign(mean=[1.0, 1.0, 3.0, 3.0, 2.0, 2.0] * 4)
    assert "goes with none of 2 values" in swept.title(flat, "rnd", study())


def test_a_box_is_drawn_over_what_was_sampled() -> None:
    bars = {bar.get_label(): bar for bar in draw("boxes").axes[0].containers}
    (shock,) = bars["world.demand.growth_shock"].patches
    assert (shock.get_x(), shock.get_width()) == pytest.approx((0.0, 0.15))
    (climate,) = bars["world.equity.climate"].patches
    assert (climate.get_x(), climate.get_width()) == pytest.approx((0.55, 0.1))


def test_values_that_were_crossed_are_told_from_end_to_end() -> None:
    """Three points of a list are too few for ranks, and their difference may be clear all the same."""
    few = samples.few_values()
    assert swept.title(few, "rnd", study()) == (
        "R&D outlay: from 100 m CNY a year to 400 m CNY a year the effect rises by 212 m CNY"
        " (95% interval +48 to +377)"
    )
    unclear = few.assign(gap_low=-48.0)
    assert "no clear difference of the effect" in swept.title(unclear, "rnd", study())
    axes = swept.swept(few, "rnd", study("zh")).axes[0]
    assert list(axes.get_xticks()) == [100.0, 200.0, 400.0]
    assert axes.get_xlabel() == "年度预算（亿元/年）"
    assert [axes.xaxis.get_major_formatter()(value, 0) for value in (100.0, 400.0)] == ["1", "4"]
