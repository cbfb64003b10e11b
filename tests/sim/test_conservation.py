"""What must hold of every district in every quarter, for the baseline and for every lever."""

from __future__ import annotations

import invariants
import numpy as np
import pytest
from factories import LIVELY, after, changed, district, lived, package, series, strong

from scenarios.levers import LEVERS

SCENARIOS = {
    "baseline": (),
    "package": package(),
    **{name: (strong(name),) for name in LEVERS},
    "everything at once": tuple(strong(name) for name in LEVERS),
}


@pytest.mark.parametrize("levers", SCENARIOS.values(), ids=SCENARIOS)
def test_books_and_links_agree_for_three_years(levers):
    """The ledger checks cash against the books in every one of these quarters, and would stop."""
    eco = district(levers, world=LIVELY)
    assert eco.checks
    for _ in range(12):
        eco.step()
        invariants.check(eco)


STRESS = {
    "funding winter": {"equity.climate": 0.1, "equity.window": 0.0},
    "credit squeeze": {"credit.squeeze": 0.1},
    "demand slump": {"demand.growth_shock": -0.4, "demand.shock_start": 0},
    "no founders": {"founders.yearly": 0, "founders.recruits": 0},
    "no funds": {"equity.raising": 0.0},
    "no top talent": {"talent.yearly": 0},
    "patient owners, cruel banks": {"leaving.patience_low": 400, "credit.hurdle": 0.3},
    "everybody knows everything": {"firms.awareness_broadcast": 1.0},
    "quick closures": {"leaving.patience_low": 0, "leaving.patience_high": 1},
}


@pytest.mark.parametrize("values", STRESS.values(), ids=STRESS)
def test_a_district_under_stress_keeps_its_books_in_order(values):
    eco = district(package(), world=changed(LIVELY, values))
    for _ in range(12):
        eco.step()
        invariants.check(eco)


def test_an_empty_purse_pays_nobody():
    """Lines beyond the budget are cut by what is there: the treasury has no overdraft."""
    poor = changed(LIVELY, {"purse.programme_budget": 1.0})
    eco = after(4, (strong("talent_awards"),), world=poor)
    assert eco.government.cash[0] >= -1e-9


def test_the_purse_is_what_came_in_less_what_was_spent():
    """From the opening on: years before it were another plan's money."""
    columns = lived(package(), 12).record.tables()["series"]
    left = np.cumsum(columns["appropriated"] - columns["outlay"] + columns["returned"])
    assert columns["unspent"] == pytest.approx(left)


def test_every_recorded_flow_has_a_payer_a_payee_a_reason_and_public_ones_a_line():
    eco = lived(package(), 12)
    flows = eco.record.tables()["flows"]
    sectors = set(eco.ledger.balance)
    assert set(flows["payer"]) | set(flows["payee"]) <= sectors
    assert all(len(reason) > 3 for reason in flows["reason"])
    public = (flows["payer"] == "government") | (flows["payee"] == "government")
    budget = flows["reason"] == "programme budget"
    assert set(flows["line"][public & ~budget]) <= set(LEVERS)
    assert (flows["line"][~public] == "").all()
    spent = flows["amount"][flows["payer"] == "government"].sum()
    assert spent == pytest.approx(series(eco, "outlay").sum())
    assert np.isfinite(flows["amount"]).all()
    # Money goes one way: a negative payment would be a payment back that nobody named.
    assert not set(flows["reason"][flows["amount"] < 0.0])
