"""What one firm, one ticket or one loan may draw: caps hold, and who is not eligible gets nothing."""

from __future__ import annotations

import numpy as np
import pytest
from factories import LIVELY, RICH, after, district, strong

from sim.mechanisms import pilot_lines, programmes, public_equity
from sim.mechanisms.programmes import Programme
from sim.phases import granting, lending
from sim.phases.granting import Refund


def test_a_ticket_draws_no_more_than_the_cap_and_half_of_it():
    eco = district((strong("transfer_fund", share=0.5, cap=2.0),), world=RICH)
    eco.treasury.turn(0)
    eco.levers[0].hooks()["investing"](eco)
    eligible = eco.terms.investing.co_investments[0].eligible
    rows = np.flatnonzero(eligible)[:4]
    wanted, ticket = np.arange(rows.size), np.array([1.0, 3.0, 20.0, 200.0])[: rows.size]
    (part,), _ = public_equity.parts(eco, rows, wanted, ticket)
    assert part.tolist() == pytest.approx([0.5, 1.5, 2.0, 2.0][: rows.size])
    eco.terms.investing.contribute("transfer_fund", co_investments=public_equity.CoInvestment(
        "transfer_fund", 0.5, 50.0, eligible))  # fmt: skip
    both, own = public_equity.parts(eco, rows, wanted, ticket)
    assert (both.sum(axis=0) <= 0.5 * ticket * (1 + 1e-9)).all()
    assert own.tolist() == pytest.approx(ticket - both.sum(axis=0))


def test_the_pool_covers_small_loans_only():
    eco = district((strong("credit_risk_compensation", largest_loan=5.0),), world=RICH)
    eco.treasury.turn(0)
    eco.levers[0].hooks()["lending"](eco)
    small = np.flatnonzero(eco.firms.revenue_year < 100.0)[:2]
    promised, _ = lending._terms_for(eco, small, np.array([4.9, 5.5]))
    assert promised.tolist() == pytest.approx([0.9, 0.0])


def test_interest_is_paid_for_the_small_that_are_a_year_in_business():
    eco = district((strong("loan_interest_subsidy"),), world=RICH)
    eco.treasury.turn(0)
    firms = eco.firms
    firms.revenue_year[:3] = 99.0, 101.0, 99.0
    firms.birth_quarter[:3] = -4, -4, -3
    eco.levers[0].hooks()["lending"](eco)
    assert eco.terms.lending.interest_share[:3].tolist() == pytest.approx([0.9, 0.0, 0.0])


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_refund_stops_at_its_cap(share):
    eco = after(2)
    eco.firms.rnd_year_2[:] = 0.0
    eco.firms.rnd_year_1[:] = np.linspace(0.1, 100.0, len(eco.firms))
    rows = np.arange(len(eco.firms))
    due = granting.refund_due(eco, Refund("rnd_subsidy", share, 3.0, rows >= 0), rows)
    assert due.max() == pytest.approx(3.0)
    assert due[0] == pytest.approx(share * 0.1)


@pytest.mark.parametrize("kind", ["launch", "mission"])
def test_an_applicant_asks_for_no_more_than_the_cap(kind):
    eco = after(2, world=LIVELY)
    eco.firms.revenue_year[:] = 1_000.0
    eco.firms.rnd_target[:] = 50.0
    eco.firms.cash[:] = 1_000.0
    scheme = Programme("industrialisation_grants", kind, 0.9, 1.0, np.ones(len(eco.firms), bool))
    rules = programmes.Rules.of(eco)._replace(price=0.01)
    _, cost, amount = programmes._applicants(eco, scheme, rules, 100.0, pilot_lines.NO_ROOM)
    assert cost.size
    assert cost.min() > 5.0
    assert amount.max() == pytest.approx(eco.conditions.nominal)
