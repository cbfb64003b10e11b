"""How firms end: creditors first, stakes realised, nobody forgotten."""

from __future__ import annotations

import numpy as np
import pytest
from factories import LIVELY, after, changed, district

from agents.schema import Ints
from sim.model import Ecosystem
from sim.phases import leaving


def debtors(eco: Ecosystem) -> Ints:
    """Ordinary firms that owe a bank, none of them listed."""
    firms = eco.firms
    return np.flatnonzero((firms.debt > 0.1) & ~firms.anchor & ~firms.listed & (firms.cash > 0.0))


def quarter_end(**values: float) -> Ecosystem:
    """A district in its fifth quarter, just before leaving, where nobody ends unless `values` say so."""
    calm = {"leaving.sale_rate": 0.0, "leaving.rethink": 0.0, "leaving.listing_rate": 0.0}
    eco = after(4, world=changed(LIVELY, calm))
    eco.world = changed(eco.world, values)
    eco.dice.turn(eco.quarter)
    eco.ledger.turn()
    eco.record.turn()
    eco.firms.quarters_below[:] = -100
    return eco


def drain(eco: Ecosystem, rows: Ints, left: float) -> None:
    """Leave these firms with `left` m yuan each."""
    eco.ledger.pay("firms", "outside", "a fire", eco.firms.cash[rows] - left, payer_rows=rows)


def test_nobody_leaves_without_a_cause():
    eco = quarter_end()
    firms = len(eco.firms)
    insolvent = int((eco.firms.cash < -eco.world.leaving.arrears * eco.firms.cost).sum())
    leaving.run(eco)
    assert len(eco.firms) == firms - insolvent


def test_creditors_of_a_closing_firm_come_before_its_owner():
    eco = quarter_end()
    row = debtors(eco)[:1]
    owed = float(eco.firms.debt[row][0])
    drain(eco, row, owed + 1.0)
    eco.firms.quarters_below[row] = 10_000
    eco.firms.profit_year[row] = -1_000.0
    lent = float(eco.loans.principal.sum())
    leaving.run(eco)
    flows = {key[2]: amount for key, amount in eco.ledger.flows.items() if key[0] == "firms"}
    assert lent - float(eco.loans.principal.sum()) == pytest.approx(owed)
    assert flows["owners' remainder"] >= 1.0 - 1e-9
    assert eco.record.counts["defaults"] == pytest.approx(0.0, abs=1e-6)
    eco.ledger.check()


def test_what_a_dead_firm_owed_is_written_off_by_who_promised_to_bear_it():
    eco = quarter_end()
    row = debtors(eco)[:1]
    owed = float(eco.firms.debt[row][0])
    drain(eco, row, -1_000.0)
    leaving.run(eco)
    assert eco.record.counts["defaults"] == pytest.approx(owed)
    losses = float(eco.banks.losses.sum())
    outside = {key[2]: amount for key, amount in eco.ledger.flows.items() if key[0] == "outside"}
    borne = outside.get("collateral sold", 0.0) + outside.get("guarantees called", 0.0)
    assert losses + borne == pytest.approx(owed)
    eco.ledger.check()


def test_a_firm_that_is_sold_takes_its_debt_to_a_solvent_owner():
    """The buyer pays for the firm and owes its loans: no bank, guarantor or pool loses by a sale."""
    eco = quarter_end(**{"leaving.sale_rate": 1.0})
    row = debtors(eco)[:1]
    firms = eco.firms
    firms.quality[:] = 0.5
    firms.quality[row], firms.patents[row], firms.birth_quarter[row] = 2.0, 5.0, -40
    drain(eco, row, 1e-3)
    leaving.run(eco)
    assert eco.record.counts["exits_sale"] == 1.0
    assert eco.record.counts["defaults"] == 0.0


def test_a_firm_that_moves_away_takes_its_debt_along():
    eco = quarter_end(**{"leaving.rethink": 1.0, "leaving.moving_cost": -10.0})
    row = debtors(eco)[:1]
    firms = eco.firms
    firms.birth_quarter[:] = eco.quarter
    firms.birth_quarter[row], firms.incubator[row], firms.profit_year[row] = -40, -1, -1.0
    drain(eco, row, 1e-3)
    leaving.run(eco)
    assert eco.record.counts["exits_departure"] >= 1.0
    assert eco.record.counts["defaults"] == 0.0


@pytest.mark.parametrize("shelter", ["anchor", "listed", "fund-backed"])
def test_some_firms_are_not_closed_by_an_owners_whim(shelter):
    """Anchors, the listed, and firms with outside shareholders."""
    eco = quarter_end()
    firms = eco.firms
    if shelter == "fund-backed":
        row = np.flatnonzero((firms.fund_share > 0.0) & ~firms.anchor & ~firms.listed)[:1]
    else:
        row = np.flatnonzero(~firms.anchor & ~firms.listed)[:1]
        getattr(firms, shelter)[row] = True
    assert row.size
    uid = int(firms.uid[row][0])
    firms.quarters_below[row] = 10_000
    firms.profit_year[row] = -1_000.0
    leaving.run(eco)
    assert uid in eco.firms.uid


def test_an_ordinary_owner_of_the_same_income_does_close():
    eco = quarter_end()
    firms = eco.firms
    row = np.flatnonzero(~firms.anchor & ~firms.listed & (firms.fund_share == 0.0))[:1]
    uid = int(firms.uid[row][0])
    firms.quarters_below[row] = 10_000
    firms.profit_year[row] = -1_000.0
    leaving.run(eco)
    assert uid not in eco.firms.uid


def test_listing_is_not_an_exit():
    eco = quarter_end(**{"leaving.listing_rate": 1.0, "leaving.listing_revenue": 0.0,
                         "leaving.listing_profit": 0.0})  # fmt: skip
    firms, listed = len(eco.firms), int(eco.firms.listed.sum())
    leaving.run(eco)
    assert eco.record.counts["listings"] > 0
    assert int(eco.firms.listed.sum()) > listed
    assert len(eco.firms) == firms - eco.record.counts["exits"]


def test_partners_get_the_proceeds_and_the_purse_its_share():
    """Public money in a sold firm comes back to the purse, less the concession; nothing stays behind."""
    eco = quarter_end(**{"leaving.sale_rate": 1.0})
    row = np.flatnonzero(eco.firms.fund_share > 0.0)[:1]
    funds = np.unique(eco.stakes.other[eco.stakes.firm == row[0]])
    eco.funds.guidance[funds], eco.funds.public_share[funds] = 2, 0.3
    eco.funds.concession[funds] = 0.0
    firms = eco.firms
    firms.quality[:] = 0.5
    firms.quality[row], firms.patents[row], firms.birth_quarter[row] = 2.0, 5.0, -40
    firms.listed[row] = False
    held = float(eco.funds.cash.sum())
    closed = eco.world.equity.life * 4.0
    eco.funds.vintage[:] = np.maximum(eco.funds.vintage, eco.quarter - int(closed) + 1)
    leaving.run(eco)
    assert eco.record.counts["exits_sale"] == 1.0
    proceeds = eco.record.counts["stakes_proceeds"]
    assert proceeds > 0.0
    assert eco.treasury.returned_quarter == pytest.approx(0.3 * proceeds)
    assert float(eco.funds.cash.sum()) == pytest.approx(held)


def test_a_fund_at_the_end_of_its_life_is_wound_up():
    eco = quarter_end()
    old = eco.funds.uid[:3].tolist()
    eco.funds.vintage[:3] = eco.quarter - int(eco.world.equity.life * 4.0)
    leaving.run(eco)
    assert not set(old) & set(eco.funds.uid.tolist())
    assert np.allclose(
        eco.firms.fund_share, np.bincount(eco.stakes.firm, eco.stakes.share, len(eco.firms))
    )
    eco.ledger.check()


def test_a_place_that_falls_free_is_free():
    eco = district()
    eco.run(4)
    homes = eco.firms.incubator[eco.firms.incubator >= 0]
    assert (
        eco.incubators.tenants.tolist()
        == np.bincount(homes, minlength=len(eco.incubators)).tolist()
    )
