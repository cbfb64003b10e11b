"""The district at its opening and over ten years: plausible, and neither exploding nor dying."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories import MICRO, changed, district, opened, series

from sim.world import World

FULL = World()


@pytest.fixture(scope="module")
def opening():
    """Haidian at full scale in mid-2014, after the burn-in."""
    return district(world=FULL)


def test_there_are_about_nine_and_a_half_thousand_firms(opening):
    assert len(opening.firms) == pytest.approx(9_500, rel=0.07)


def test_they_sell_for_about_one_point_four_trillion_yuan(opening):
    """The year's revenue is four times that of its second quarter, by and large."""
    assert 4.0 * opening.firms.revenue.sum() == pytest.approx(1_400_000.0, rel=0.07)


def test_they_employ_about_eight_hundred_thousand(opening):
    assert opening.firms.staff.sum() == pytest.approx(800_000.0, rel=0.10)


def test_about_half_are_under_five_years_old(opening):
    assert 0.42 < float((opening.ages() < 5.0).mean()) < 0.58


def test_a_few_anchors_hold_most_of_the_revenue_and_most_firms_are_small(opening):
    firms = opening.firms
    anchors = firms.revenue_year[firms.anchor].sum() / firms.revenue_year.sum()
    assert 0.5 < anchors < 0.85
    assert float(np.median(firms.revenue_year)) < 20.0


def test_firms_do_more_rnd_than_the_nation_and_less_than_they_sell(opening):
    intensity = opening.firms.rnd.sum() / opening.firms.revenue.sum()
    assert 0.02 < intensity < 0.12


def test_the_opening_has_a_history(opening):
    """Loans fall due in different quarters, stakes and funds have ages, tenants have been there."""
    assert len(np.unique(opening.loans.due)) >= 3
    assert len(np.unique(opening.stakes.quarter)) >= 4
    assert len(np.unique(opening.funds.vintage)) >= 8
    assert len(np.unique(opening.firms.tenancy)) >= 4
    assert (opening.loans.due >= 0).all()
    assert opening.quarter == 0


def test_markets_and_floors_are_let_as_the_world_says(opening):
    district_share = 1.0 - opening.sectors.outside_share
    assert 0.15 < float((district_share * opening.sectors.market).sum()
                        / opening.sectors.market.sum()) < 0.40  # fmt: skip
    own = slice(0, 4)
    occupancy = opening.zones.used[own].sum() / opening.zones.floor_space[own].sum()
    assert 0.75 < occupancy < 1.02


@pytest.mark.parametrize("scale", [0.05, 0.1])
def test_a_smaller_district_is_the_same_district(opening, scale):
    """Ratios do not depend on scale; anchors come in whole firms, so they are set apart."""
    small = district(world=replace(FULL, scale=scale))
    assert len(small.firms) / scale == pytest.approx(len(opening.firms), rel=0.05)
    assert small.firms.revenue_year.sum() / scale == pytest.approx(
        opening.firms.revenue_year.sum(), rel=0.07
    )
    assert small.government.cash.sum() / scale == pytest.approx(
        opening.government.cash.sum(), rel=1e-9
    )
    assert float((small.ages() < 5.0).mean()) == pytest.approx(
        float((opening.ages() < 5.0).mean()), abs=0.05
    )


@pytest.fixture(scope="module", params=[1, 2])
def decade(request):
    """Ten years of the baseline at a tenth of the district."""
    eco = district(world=replace(FULL, scale=0.1), seed=request.param, sample=0)
    eco.run(40)
    return eco


def growth(eco, metric: str) -> float:
    """Yearly growth over the run."""
    values = series(eco, metric)
    return float((values[-1] / values[0]) ** (4.0 / (len(values) - 1)) - 1.0)


def test_the_baseline_neither_explodes_nor_dies(decade):
    assert 0.0 < growth(decade, "firms") < 0.12
    assert 0.04 < growth(decade, "revenue") < 0.20
    assert -0.02 < growth(decade, "employment") < 0.12
    assert 0.02 < growth(decade, "rnd") < 0.25
    assert 0.03 < growth(decade, "wage_st") < 0.15


def test_no_single_quarter_breaks_the_series(decade):
    for metric in ("firms", "revenue", "employment", "rent", "wage_st", "quality"):
        values = series(decade, metric)
        steps = values[1:] / values[:-1]
        assert 0.8 < steps.min() <= steps.max() < 1.25, metric


def test_quality_cannot_ratchet_away_from_the_frontier(decade):
    """Effort is R&D over the cost of an attempt, which rises with the frontier (rule 2)."""
    quality = series(decade, "quality")
    assert 0.6 < quality.min() <= quality.max() < 1.3


def test_there_is_turnover_every_year(decade):
    firms = series(decade, "firms")
    for metric in ("births", "exits"):
        yearly = series(decade, metric).reshape(-1, 4).sum(axis=1) / firms.reshape(-1, 4).mean(
            axis=1
        )
        assert (yearly > 0.02).all(), metric
        assert (yearly < 0.30).all(), metric


def test_the_frontier_is_somebody_elses(decade):
    """The district does not end up serving the whole world, nor nobody."""
    share = series(decade, "district_share")
    assert 0.1 < share.min() <= share.max() < 0.6


def test_a_stress_world_hurts_where_it_should():
    """A slump costs sales, a squeeze loans, a winter deals; the rest of the world is the same."""
    base = district(seed=3)
    base.run(12)
    for values, metric in (
        ({"demand.growth_shock": -0.3, "demand.shock_start": 0}, "revenue"),
        ({"credit.squeeze": 0.02}, "loans_new"),
        ({"equity.threshold": 5.0}, "vc_amount"),
    ):
        hurt = district(seed=3, world=changed(MICRO, values))
        hurt.run(12)
        assert series(hurt, metric).sum() < 0.9 * series(base, metric).sum(), metric


def test_worlds_share_nothing_by_accident():
    """Building a second world does not touch the first one's opening."""
    before = opened(MICRO).tables["firms"]["cash"].copy()
    opened(replace(FULL, scale=0.03))
    assert np.array_equal(opened(MICRO).tables["firms"]["cash"], before)
