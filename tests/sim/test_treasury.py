"""One purse: lines cannot be overdrawn, what is left lapses, pools carry over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from agents.schema import Floats, column
from agents.table import Table
from sim.ledger import Ledger
from sim.terms import Combine, Terms, term
from sim.treasury import Treasury

OVERHEAD = 0.05


class Purses(Table):
    cash: Floats = column("m yuan", "cash")


class VoucherTerms(Terms):
    voucher_share = term(Combine.COMPLEMENT, "firms", "share", "share of a service paid")


def purse(scale: float = 1.0) -> Treasury:
    """A treasury of 400 m a year with three firms to pay."""
    sectors = {"firms": Purses(), "government": Purses()}
    sectors["firms"].append(3)
    sectors["government"].append(1)
    ledger = Ledger(sectors)
    ledger.open()
    return Treasury(ledger, 400.0, OVERHEAD, scale)


def held(treasury: Treasury) -> float:
    return float(treasury.ledger.sectors["government"].cash[0])


def test_a_year_is_released_by_quarters():
    treasury = purse()
    treasury.open_line("grants", 84.0, 0, 400)
    treasury.turn(0)
    assert treasury.available("grants") == pytest.approx(21.0 / 1.05)
    treasury.turn(1)
    assert treasury.available("grants") == pytest.approx(42.0 / 1.05)


def test_what_a_line_pays_a_year_leaves_out_its_administration():
    """Firms that counted on the whole envelope counted on a twentieth more than was paid."""
    treasury = purse()
    treasury.open_line("grants", 84.0, 0, 400)
    assert treasury.yearly("grants") == 0.0
    treasury.turn(0)
    assert treasury.yearly("grants") == pytest.approx(80.0)
    assert treasury.yearly("none") == 0.0


def test_claims_beyond_the_line_are_cut_alike_and_administration_comes_from_it():
    treasury = purse()
    treasury.open_line("grants", 84.0, 0, 400)
    treasury.turn(0)
    paid = treasury.spend("grants", "firms", "grants", np.array([30.0, 10.0]),
                          payee_rows=np.array([0, 2]))  # fmt: skip
    assert paid.tolist() == pytest.approx([15.0, 5.0])
    assert treasury.available("grants") == pytest.approx(0.0, abs=1e-12)
    assert held(treasury) == pytest.approx(100.0 - 21.0)
    assert treasury.ledger.flows["government", "households", "administration", "grants"] == (
        pytest.approx(1.0)
    )


def test_an_empty_line_pays_nobody():
    treasury = purse()
    treasury.open_line("grants", 0.0, 0, 400)
    treasury.turn(0)
    assert treasury.spend("grants", "households", "grants", 5.0).tolist() == [0.0]
    assert treasury.available("no such line") == 0.0


def test_what_a_year_leaves_lapses_and_stays_in_the_treasury():
    treasury = purse()
    treasury.open_line("grants", 84.0, 0, 400)
    for quarter in range(4):
        treasury.turn(quarter)
    assert treasury.lines["grants"].available == pytest.approx(84.0)
    treasury.turn(4)
    assert treasury.lines["grants"].available == pytest.approx(21.0)
    assert held(treasury) == pytest.approx(500.0)


def test_a_pool_carries_over_and_is_filled_no_further_than_its_size():
    treasury = purse()
    treasury.open_line("pool", 40.0, 0, 400)
    for quarter in range(8):
        treasury.turn(quarter)
        treasury.keep_pool("pool", 55.0)
    assert treasury.lines["pool"].available == pytest.approx(55.0)


def test_a_line_is_fed_only_while_it_is_in_force():
    treasury = purse()
    treasury.open_line("grants", 40.0, 2, 4)
    given = []
    for quarter in range(6):
        treasury.turn(quarter)
        given.append(treasury.lines["grants"].available)
    assert given == pytest.approx([0.0, 0.0, 10.0, 20.0, 0.0, 0.0])


def test_lines_are_as_large_as_the_district_that_is_simulated():
    treasury = purse(scale=0.1)
    treasury.open_line("grants", 40.0, 0, 400)
    treasury.turn(0)
    assert treasury.lines["grants"].available == pytest.approx(1.0)
    assert held(treasury) == pytest.approx(10.0)


def test_lines_that_share_a_cost_pay_each_firm_its_own_parts():
    """Two levers promise shares by firm, and only some firms are served."""
    treasury, terms = purse(), VoucherTerms()
    for name, share in (("one", [0.2, 0.0, 0.1]), ("other", [0.2, 0.5, 0.3])):
        treasury.open_line(name, 84.0, 0, 400)
        terms.contribute(name, voucher_share=np.array(share))
    treasury.turn(0)
    total = treasury.share_out(
        terms, "voucher_share", np.array([4.0, 8.0]), "vouchers", np.array([0, 2])
    )
    assert total == pytest.approx(12.0)
    paid = {name: treasury.ledger.flows["government", "firms", "vouchers", name]
            for name in ("one", "other")}  # fmt: skip
    assert paid == pytest.approx({"one": 2.0 + 2.0, "other": 2.0 + 6.0})
    assert treasury.ledger.sectors["firms"].cash.tolist() == pytest.approx([4.0, 0.0, 8.0])


def test_money_that_comes_back_is_counted_apart():
    treasury = purse()
    treasury.open_line("fund", 40.0, 0, 400)
    treasury.turn(0)
    back = treasury.restore("fund", "firms", "clawback", np.array([2.0]), payer_rows=np.array([1]))
    assert back == treasury.returned_quarter == 2.0
    assert treasury.lines["fund"].available == pytest.approx(10.0)
    treasury.turn(1)
    assert treasury.returned_quarter == 0.0


class AnyTreasury(RuleBasedStateMachine):
    """Whatever is claimed, in whatever order: no line is overdrawn and every yuan is booked."""

    @initialize(yearly=st.lists(st.floats(0.0, 200.0), min_size=2, max_size=2))
    def open(self, yearly):
        self.treasury = purse()
        self.yearly = dict(zip(("grants", "pool"), yearly, strict=True))
        for name, envelope in self.yearly.items():
            self.treasury.open_line(name, envelope, 0, 400)
        self.quarter = -1
        self.spent_year = dict.fromkeys(self.yearly, 0.0)
        self.released = dict.fromkeys(self.yearly, 0.0)
        self.next_quarter()

    @rule()
    def next_quarter(self):
        self.quarter += 1
        self.treasury.ledger.turn()
        self.treasury.turn(self.quarter)
        self.treasury.keep_pool("pool", 60.0)
        for name, envelope in self.yearly.items():
            self.released[name] += envelope / 4.0
            if self.quarter % 4 == 0:
                self.spent_year[name] = 0.0

    @rule(name=st.sampled_from(["grants", "pool"]), administered=st.booleans(),
          claims=st.lists(st.floats(0.0, 150.0), min_size=3, max_size=3))  # fmt: skip
    def claim(self, name, claims, administered):
        before = self.treasury.lines[name].available
        paid = self.treasury.spend(name, "firms", "claims", np.array(claims),
                                   payee_rows=np.arange(3), administered=administered)  # fmt: skip
        assert (paid <= np.array(claims) * (1 + 1e-12)).all()
        gross = float(paid.sum()) * (1.0 + OVERHEAD * administered)
        assert gross <= before * (1.0 + 1e-12) + 1e-12
        self.spent_year[name] += gross

    @invariant()
    def no_line_is_overdrawn(self):
        for name, line in self.treasury.lines.items():
            assert line.available >= 0.0
            assert line.spent <= self.released[name] * (1 + 1e-9) + 1e-9
        assert self.spent_year["grants"] <= self.yearly["grants"] * (1 + 1e-9) + 1e-9
        assert self.treasury.lines["pool"].available <= 60.0

    @invariant()
    def the_purse_agrees_with_its_lines_and_its_books(self):
        spent = sum(line.spent for line in self.treasury.lines.values())
        assert held(self.treasury) == pytest.approx(100.0 * (self.quarter + 1) - spent)
        self.treasury.ledger.check()

    @invariant()
    def flows_of_a_line_are_what_it_spent(self):
        for name, line in self.treasury.lines.items():
            flows = sum(v for key, v in self.treasury.ledger.flows.items() if key[3] == name)
            assert flows == pytest.approx(line.spent_quarter, abs=1e-9)


TestAnyTreasury = AnyTreasury.TestCase
