"""Who comes: founders who reckon, and firms that exist elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from factories import MICRO, after, changed, district, total

from agents.codes import INCOMER
from sim.markets import staffing
from sim.phases import founding


def test_firms_that_move_here_bring_the_sales_for_which_firms_want_their_staff():
    """Small or large, they need neither let people go nor hire before they have settled."""
    eco = district(world=changed(MICRO, {"founders.recruits": 20_000}))
    eco.dice.turn(eco.quarter)
    before = len(eco.firms)
    founding.run(eco)
    firms, costs = eco.firms, eco.world.costs
    came = before + np.flatnonzero(firms.origin[before:] == INCOMER)
    _, wanted = staffing.wanted(
        np.zeros(came.size), 0.6, 0.16, firms.top_talent[came], firms.revenue_year[came],
        firms.revenue[came], eco.conditions.nominal, costs.staff_base, costs.staff_elasticity,
        np.ones(came.size), np.full(came.size, 0.1), 1.0, np.zeros(came.size),
        np.zeros(came.size, bool), 0.0,
    )  # fmt: skip
    assert firms.staff[came].max() > 3.0 * firms.staff[came].min()
    assert wanted == pytest.approx(firms.staff[came])


def test_founders_who_look_less_far_ahead_found_less():
    """The cost of entry has to come back within the horizon."""
    births = [
        total(after(2, world=changed(MICRO, {"founders.horizon": years})), "births")
        for years in (0.5, 3.0)
    ]
    assert births[0] < births[1]


def test_newcomers_win_no_more_than_competitors_outside_have():
    eco = district(world=changed(MICRO, {"founders.recruits": 20_000}))
    outside = eco.sectors.outside_share
    eco.firms.share[:] *= (1.0 - 1e-6) / (1.0 - outside)[eco.firms.sector]
    outside[:] = 1.0 - eco.by_sector(eco.firms.share)
    eco.dice.turn(eco.quarter)
    founding.run(eco)
    assert eco.record.counts["arrivals"] > 0
    assert outside.min() >= 0.0
    assert eco.by_sector(eco.firms.share) + outside == pytest.approx(1.0)
