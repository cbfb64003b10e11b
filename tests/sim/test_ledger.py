"""Every yuan has a payer, a payee and a reason, and the books agree with the cash."""

from __future__ import annotations

import numpy as np
import pytest
from factories import district, package
from hypothesis import given
from hypothesis import strategies as st

from agents.schema import Floats, column
from agents.table import Table
from sim.ledger import ConservationError, Ledger


class Purses(Table):
    cash: Floats = column("m yuan", "cash")


def books(firms: int = 4) -> Ledger:
    """Firms with 10 m each and two banks with 100 m each."""
    sectors = {"firms": Purses(), "banks": Purses()}
    sectors["firms"].append(firms, cash=10.0)
    sectors["banks"].append(2, cash=100.0)
    ledger = Ledger(sectors)
    ledger.open()
    return ledger


def cash(ledger: Ledger, sector: str) -> list[float]:
    return ledger.sectors[sector].cash.tolist()


def test_paying_moves_cash_and_writes_it_down_in_one_act():
    ledger = books()
    paid = ledger.pay("banks", "firms", "loans", np.array([3.0, 4.0]), payer_rows=np.array([0, 0]),
                      payee_rows=np.array([1, 3]), line="pool")  # fmt: skip
    assert paid == 7.0
    assert cash(ledger, "banks") == [93.0, 100.0]
    assert cash(ledger, "firms") == [10.0, 13.0, 10.0, 14.0]
    assert dict(ledger.flows) == {("banks", "firms", "loans", "pool"): 7.0}
    ledger.check()


def test_households_have_no_rows_but_a_balance():
    ledger = books()
    ledger.pay("firms", "households", "wages", np.full(4, 2.0))
    assert ledger.balance["households"] == 8.0
    assert cash(ledger, "firms") == [8.0] * 4
    ledger.check()


def test_a_row_that_stands_twice_pays_twice():
    ledger = books()
    ledger.pay("firms", "outside", "fees", np.array([1.0, 2.0]), payer_rows=np.array([2, 2]))
    assert cash(ledger, "firms") == [10.0, 10.0, 7.0, 10.0]
    ledger.check()


def test_nothing_paid_leaves_no_trace():
    ledger = books()
    ledger.pay("firms", "outside", "fees", np.zeros(4))
    assert not ledger.flows


def test_a_lump_sum_without_rows_is_refused():
    with pytest.raises(ValueError, match="firms: say which rows pay or receive"):
        books().pay("firms", "outside", "fees", 5.0)


def test_a_lump_sum_for_several_rows_is_refused():
    """Each row would lose the whole amount, the payee would gain it once."""
    with pytest.raises(ValueError, match="firms"):
        books().pay("firms", "outside", "fees", 5.0, payer_rows=np.array([0, 1, 2]))


def test_amounts_and_rows_of_different_length_are_refused():
    """A compiled loop over the rows would read beyond the amounts."""
    with pytest.raises((ValueError, IndexError)):
        books().pay("firms", "outside", "fees", np.array([1.0]), payer_rows=np.array([0, 1, 2]))


def test_a_row_that_is_not_there_cannot_pay():
    """A compiled loop would write beyond the live rows, into cash that nobody counts."""
    with pytest.raises((ValueError, IndexError)):
        books().pay("firms", "outside", "fees", np.array([1.0]), payer_rows=np.array([10]))


payments = st.lists(
    st.tuples(
        st.sampled_from([("firms", "banks"), ("banks", "firms"), ("firms", "households"),
                         ("state", "firms"), ("outside", "banks")]),
        st.integers(0, 3),
        st.integers(0, 1),
        st.floats(-50.0, 50.0),
    ),
    max_size=40,
)  # fmt: skip


@given(payments)
def test_every_payment_reconciles(steps):
    """Whatever is paid in whatever order, cash and books agree and no money is made."""
    ledger = books()
    rows = {"firms": 0, "banks": 1}
    for (payer, payee), firm, bank, amount in steps:
        place = {"firms": np.array([firm]), "banks": np.array([bank])}
        ledger.pay(payer, payee, "any", np.array([amount]),
                   payer_rows=place.get(payer), payee_rows=place.get(payee))  # fmt: skip
    ledger.check()
    assert sum(ledger.balance.values()) == pytest.approx(240.0)
    for sector in rows:
        assert sum(cash(ledger, sector)) == pytest.approx(ledger.balance[sector])


@pytest.mark.parametrize(("sector", "row", "amount"), [("firms", 2, 0.01), ("banks", 0, -0.01)])
def test_money_from_nowhere_stops_the_run_and_names_the_sector(sector, row, amount):
    ledger = books()
    ledger.pay("banks", "firms", "loans", np.array([3.0]), payer_rows=np.array([0]),
               payee_rows=np.array([1]))  # fmt: skip
    ledger.sectors[sector].cash[row] += amount
    with pytest.raises(ConservationError, match=rf"^{sector} hold .*'loans'"):
        ledger.check()


def test_a_lost_number_stops_the_run_too():
    ledger = books()
    ledger.sectors["firms"].cash[0] = np.nan
    with pytest.raises(ConservationError, match="firms hold nan"):
        ledger.check()


@pytest.mark.parametrize("sector", ["firms", "funds", "banks", "universities", "incubators",
                                    "agencies", "alliances", "government"])  # fmt: skip
def test_a_district_in_which_somebody_prints_money_does_not_run_on(sector):
    eco = district(package())
    eco.step()
    eco.populations[sector].cash[0] += 1.0
    with pytest.raises(ConservationError, match=sector):
        eco.step()


def test_all_cash_of_a_district_is_in_its_books():
    """Every population with a cash column is a sector; the sum of all balances never moves."""
    eco = district(package())
    opening = sum(eco.ledger.balance.values())
    for _ in range(4):
        eco.step()
        assert sum(eco.ledger.balance.values()) == pytest.approx(opening, rel=1e-9)
    with_cash = {name for name, table in eco.tables.items() if "cash" in table.columns}
    assert with_cash == set(eco.ledger.sectors)
