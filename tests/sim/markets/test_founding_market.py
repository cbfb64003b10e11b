"""The founder's reckoning: income against salary and the cost of entry."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.markets.founding import founds


def decides(
    income=0.3, salary=0.2, savings=1.0, outlook=1.0, entry=0.12, rent=0.05, home=-1, relief=0.0,
    years=3.0,
) -> bool:  # fmt: skip
    purse = np.array([income]), np.array([salary]), np.array([savings])
    return bool(founds(*purse, np.array([home]), relief, outlook, entry, rent, years)[0])


def test_a_good_idea_beats_a_salary_and_a_poor_one_does_not():
    assert decides(income=0.3)
    assert not decides(income=0.25)


def test_without_savings_the_best_idea_stays_in_the_drawer():
    assert not decides(income=9.0, savings=0.10)


def test_a_salary_made_good_tips_researchers_only():
    assert decides(income=0.25, home=0, relief=0.3)
    assert not decides(income=0.25, home=-1, relief=0.3)


def test_who_looks_further_ahead_minds_the_cost_of_entry_less():
    """0.06 a year beyond the salary, after rent, pays for an entry of 0.12 in two years."""
    assert not decides(income=0.31, entry=0.12, years=1.9)
    assert decides(income=0.31, entry=0.12, years=2.1)


money = st.floats(0.0, 2.0)


@given(money, money, money, st.floats(0.5, 1.5), money, money, st.floats(0.0, 1.0))
def test_whoever_founds_would_still_do_so_with_cheaper_entry(income, salary, savings, outlook,
                                                            entry, rent, share):  # fmt: skip
    """Levers lower what entry costs; they can only add to those who enter."""
    if decides(income, salary, savings, outlook, entry, rent):
        assert decides(income, salary, savings, outlook, entry * (1.0 - share), rent)
        assert decides(income, salary, savings, outlook, entry, rent * (1.0 - share))
        assert decides(income, salary * (1.0 - share), savings, outlook, entry, rent)
