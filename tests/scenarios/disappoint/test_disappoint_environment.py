"""How 三(一), environment, disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
import pytest
from factories import after, district, flows, lived, series, strong


def test_incubator_support_rent_relief_goes_to_those_who_sat_there_anyway():
    """Deadweight: in the first quarters carriers admit whom they would have admitted."""
    relief = strong("incubator_support", capital_share=0.0, award=0.0)
    policy, baseline = lived((relief,), 2), lived((), 2)
    assert flows(policy, "rent support") > 0.0
    assert series(policy, "admitted").tolist() == series(baseline, "admitted").tolist()
    assert series(policy, "places").tolist() == series(baseline, "places").tolist()


def test_incubator_support_awards_look_at_survivors_and_not_at_what_the_carrier_added():
    """The office sees graduates alive for each place: the larger the luck, the larger the award."""
    eco = after(2, (strong("incubator_support"),))
    incubators = eco.incubators
    incubators.graduates[:] = 0.0
    incubators.graduates[-1] = 30.0
    incubators.quality[-1] = 0.0
    (lever,) = eco.levers
    eco.quarter = 5
    awards = lever._awards(eco, money=100.0)
    assert np.flatnonzero(awards).tolist() in ([], [len(incubators) - 1])


def test_credit_risk_compensation_pool_runs_dry_and_banks_stop_believing_in_it():
    """Depletion: the promise banks reckon with is cut to what the pool can bear."""
    believed = []
    for expected_calls in (0.0, 0.1, 10.0):
        eco = district((strong("credit_risk_compensation", envelope=100.0),))
        eco.conditions.pool_calls = expected_calls
        eco.treasury.turn(0)
        hook = eco.levers[0].hooks()["lending"]
        hook(eco)
        believed.append(float(np.max(eco.terms.lending.cover_expected)))
        assert np.max(eco.terms.lending.cover) == pytest.approx(0.9)
    assert believed[0] == pytest.approx(0.9)
    assert believed[0] >= believed[1] > believed[2] > 0.0


def test_credit_risk_compensation_pool_never_pays_more_than_it_holds_however_many_fail():
    lever = strong("credit_risk_compensation", envelope=20.0, pool=10.0)
    eco = after(6, (lever,))
    debtors = np.unique(eco.loans.firm[eco.loans.cover > 0.0])
    ruin = np.full(debtors.size, 1_000.0)
    eco.ledger.pay("firms", "outside", "a fire", ruin, payer_rows=debtors)
    eco.run(1)
    called = series(eco, "pool_called")[-1]
    assert 0.0 < called <= 10.0 * (1 + 1e-9)
    assert series(eco, "bank_losses")[-1] > called
