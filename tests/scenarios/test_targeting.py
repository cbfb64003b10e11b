"""Who is eligible: bounds on the firm, and the Opinion's four modes."""

from __future__ import annotations

import numpy as np
import pytest
from factories import district

from scenarios.lever import MODES, Targeting


@pytest.fixture(scope="module")
def eco():
    return district()


def test_universal_support_is_for_everybody(eco):
    assert Targeting().eligible(eco).all()


@pytest.mark.parametrize(
    ("bound", "column", "value"),
    [("max_staff", "staff", 30.0), ("max_revenue", "revenue_year", 20.0)],
)
def test_a_bound_includes_itself_and_cuts_off_above(eco, bound, column, value):
    fits = Targeting(**{bound: value}).eligible(eco)
    assert np.array_equal(fits, getattr(eco.firms, column) <= value)
    assert 0 < fits.sum() < len(fits)


def test_young_firms_only(eco):
    fits = Targeting(max_age=3.0).eligible(eco)
    assert np.array_equal(fits, eco.ages() <= 3.0)


def test_named_sectors_and_zones(eco):
    chosen = (
        Targeting(sectors=("navigation",), zones=("science_city",))
        if ("science_city" in eco.world.zones.names)
        else Targeting(sectors=("navigation",), zones=(eco.world.zones.names[0],))
    )
    fits = chosen.eligible(eco)
    assert set(eco.firms.sector[fits].tolist()) == {eco.world.sectors.names.index("navigation")}
    assert set(eco.firms.zone[fits].tolist()) == {0}


@pytest.mark.parametrize("mode", ["focused", "distinctive"])
def test_modes_that_pick_sectors_take_them_from_the_world(eco, mode):
    sectors = eco.world.sectors
    names = sectors.priority if mode == "focused" else sectors.distinctive
    fits = Targeting(mode=mode).eligible(eco)
    assert set(eco.firms.sector[fits].tolist()) == set(sectors.positions(names))
    assert np.array_equal(fits, Targeting(sectors=names).eligible(eco))


def test_results_based_support_follows_growth(eco):
    fits = Targeting(mode="results").eligible(eco)
    grew = eco.firms.revenue_year > eco.firms.revenue_year_before
    assert np.array_equal(fits, grew)


def test_bounds_and_modes_combine(eco):
    both = Targeting(mode="focused", max_staff=30.0).eligible(eco)
    apart = Targeting(mode="focused").eligible(eco) & Targeting(max_staff=30.0).eligible(eco)
    assert np.array_equal(both, apart)


def test_the_four_modes_of_the_opinion():
    assert MODES == ("universal", "focused", "distinctive", "results")


def test_a_sector_nobody_knows_is_an_error(eco):
    with pytest.raises(ValueError, match="not in"):
        Targeting(sectors=("alchemy",)).eligible(eco)
