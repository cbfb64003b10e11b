"""Public money beside private funds: what they count on is what is paid."""

from __future__ import annotations

import numpy as np
import pytest
from factories import LIVELY, after, flows, lived, series, strong, total

from sim.markets import equity
from sim.mechanisms import public_equity

SUPPORT = strong("vc_risk_subsidy", firm_cap=1.0, fund_cap=3.0)


def asked(eco, ticket: float = 5.0):
    """What funds make of ten firms that all look good: firms, tickets, signals, shares back."""
    eco.treasury.turn(eco.quarter)
    eco.terms.investing.reset()
    for lever in eco.levers:
        lever.hooks()["investing"](eco)
    rows = np.flatnonzero(eco.ages() < 5.0)[:10]
    tickets = np.full(rows.size, ticket)
    meetings = np.zeros((rows.size, 1), np.int64)
    signal = np.full((rows.size, 1), 0.2)
    seen, back = public_equity.cheaper_tickets(eco, rows, meetings, tickets, signal)
    return rows, tickets, seen - signal, back


def test_funds_count_on_no_more_than_the_line_can_pay():
    """A line of 0.03 m a quarter made every ticket in the district cheaper by a tenth."""
    eco = after(4, (strong("vc_risk_subsidy", share=0.1, envelope=6.0),), world=LIVELY)
    _, tickets, cheaper, back = asked(eco)
    available = eco.treasury.available("vc_risk_subsidy")
    assert 0.0 < (back[0] * tickets).sum() <= available * (1 + 1e-9)
    assert 0.0 < cheaper.max() < 0.05
    small, none = (lived(levers, 6, world=LIVELY) for levers in
                   ((strong("vc_risk_subsidy", share=0.5, envelope=0.01),), ()))  # fmt: skip
    assert total(small, "vc_deals") == pytest.approx(total(none, "vc_deals"), rel=0.02)


def test_a_firm_is_supported_up_to_its_cap_and_not_ticket_by_ticket():
    eco = after(4, (SUPPORT,), world=LIVELY)
    rows, _, _, back = asked(eco)
    assert (back[0] > 0.0).all()
    eco.stakes.append(1, firm=rows[0], other=0, share=0.1, cost=100.0, quarter=eco.quarter)
    # The investor has drawn its own cap with it: another one asks.
    eco.stakes.other[-1] = 1
    _, _, cheaper, back = asked(eco)
    assert back[0][0] == 0.0
    assert (back[0][1:] > 0.0).all()
    assert cheaper[0, 0] == 0.0


def test_an_investor_draws_no_more_a_year_than_its_cap():
    eco = after(4, (strong("vc_risk_subsidy", firm_cap=1.0, fund_cap=1.0),), world=LIVELY)
    eco.stakes.append(1, firm=0, other=0, share=0.1, cost=1_000.0, quarter=eco.quarter)
    _, _, cheaper, _ = asked(eco)
    assert (cheaper == 0.0).all()


def test_public_money_in_a_fund_is_not_paid_for_again():
    """The rule leaves out the guidance fund's share (CD13)."""
    eco = after(4, (SUPPORT,), world=LIVELY)
    own = asked(eco)[2]
    eco.funds.public_share[0] = 0.5
    shared = asked(eco)[2]
    assert (shared > 0.0).all()
    assert (shared < own).all()


def test_tickets_are_paid_back_within_the_line():
    eco = lived((strong("vc_risk_subsidy", envelope=30.0),), 8, world=LIVELY)
    assert 0.0 < flows(eco, "tickets paid back") <= 30.0 * 2.0


def test_a_quota_binds_the_part_of_a_fund_that_it_names():
    """A fund three fifths bound was closed to other sectors, and one bound by half to none."""
    eco = after(4, (), world=LIVELY)
    named = np.zeros(len(eco.sectors), bool)
    elsewhere = int(np.flatnonzero(~named[eco.firms.sector])[0])
    eco.funds.local_quota[:3] = 0.0, 0.6, 1.0
    eco.funds.committed[:3] = 100.0
    eco.stakes.cost[:] = 0.0

    def may() -> list[bool]:
        funds, stakes = eco.funds, eco.stakes
        return equity.unbound(
            funds.local_quota, funds.committed, stakes.other, stakes.firm, stakes.cost,
            eco.firms.sector, named,
        )[:3].tolist()  # fmt: skip

    assert may() == [True, True, False]
    eco.stakes.append(3, firm=elsewhere, other=np.arange(3), share=0.1, cost=39.0, quarter=0)
    assert may() == [True, True, False]
    eco.stakes.append(3, firm=elsewhere, other=np.arange(3), share=0.1, cost=2.0, quarter=0)
    assert may() == [True, False, False]


def test_public_assets_include_what_was_bought_beside_private_funds():
    """Two funds had shown none after 450 m yuan of stakes."""
    eco = lived((strong("seed_equity_fund"),), 4, world=LIVELY)
    assert flows(eco, "public co-investment") > 0.0
    assert series(eco, "assets")[-1] > 0.0
