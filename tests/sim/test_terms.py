"""Terms stand between levers and phases: neutral, contributed to, never assigned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.quarter import PHASES
from sim.terms import NEUTRAL, Combine, Terms, term


class WeatherTerms(Terms):
    """Terms of an imaginary phase."""

    share = term(Combine.COMPLEMENT, "firms", "share", "share of cost paid")
    hours = term(Combine.ADD, "district", "hours", "hours on offer")
    most = term(Combine.MAXIMUM, "district", "m yuan", "largest amount")
    factor = term(Combine.MULTIPLY, "district", "–", "factor")
    open = term(Combine.ANY, "firms", "flag", "admitted")
    offers = term(Combine.COLLECT, "district", "offers", "offers")


def test_nobody_contributing_leaves_every_term_neutral():
    terms = WeatherTerms()
    for name, declared in terms.declared.items():
        assert getattr(terms, name) == NEUTRAL[declared.combine]


def test_contributions_combine_as_declared():
    terms = WeatherTerms()
    terms.contribute("a", share=0.5, hours=3.0, most=2.0, factor=1.5, open=False, offers="first")
    terms.contribute("b", share=0.2, hours=1.0, most=5.0, factor=2.0, open=True, offers="second")
    assert terms.share == pytest.approx(1.0 - 0.5 * 0.8)
    assert terms.hours == 4.0
    assert terms.most == 5.0
    assert terms.factor == 3.0
    assert terms.open
    assert terms.offers == ("first", "second")


@given(st.lists(st.floats(0.0, 1.0), max_size=6))
def test_stacked_support_never_pays_more_than_the_whole_cost(shares):
    terms = WeatherTerms()
    for number, share in enumerate(shares):
        terms.contribute(str(number), share=share)
    assert -1e-12 <= float(terms.share) <= 1.0 + 1e-12
    assert float(terms.share) >= max(shares, default=0.0) - 1e-12


@given(st.lists(st.floats(0.01, 0.9), min_size=1, max_size=4), st.floats(0.0, 100.0))
def test_the_bill_is_split_among_those_who_promised_and_adds_up(shares, outlay):
    terms = WeatherTerms()
    for number, share in enumerate(shares):
        terms.contribute(str(number), share=share * np.array([1.0, 0.0]))
    bill = terms.split("share", outlay * np.array([1.0, 0.0]))
    assert [name for name, _ in bill] == [str(i) for i in range(len(shares))]
    assert sum(part for _, part in bill) == pytest.approx(np.array([outlay, 0.0]))


def test_a_quarter_starts_neutral_again():
    terms = WeatherTerms()
    terms.contribute("a", share=np.array([0.5]), offers="one")
    terms.reset()
    assert terms.share == 0.0
    assert terms.offers == ()
    assert not terms.parts


def test_a_term_nobody_declared_is_named():
    with pytest.raises(KeyError, match="WeatherTerms has no term 'sunshine'"):
        WeatherTerms().contribute("a", sunshine=1.0)


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
def test_no_phase_offers_levers_an_outcome(phase):
    """Levers move prices, capacities, signals, rules, orders, space and news; never a result."""
    outcomes = {"quality", "sales", "revenue", "survival", "employment", "staff", "patents",
                "innovations", "births", "exits", "productivity", "growth"}  # fmt: skip
    assert not outcomes & set(phase.terms.declared)
    for name, declared in phase.terms.declared.items():
        assert declared.unit, name
        assert declared.over in {
            "district",
            "firms",
            "zones",
            "incubators",
            "universities",
            "sectors",
        }, name
        assert len(declared.meaning) > 8, name
