"""Hiring: top people come where a firm has a use for them."""

from __future__ import annotations

import numpy as np
import pytest
from factories import LIVELY, after, district, flows, strong

from sim.mechanisms import top_people
from sim.phases import hiring


def hired(eco):
    """Top people that each firm takes on in a round of hiring; weights of those there before."""
    there = eco.firms.top_talent * (1.0 - eco.world.talent.attrition)
    hiring.run(eco)
    return eco.firms.top_talent - there


def test_top_people_go_to_firms_for_which_they_are_worth_their_pay():
    eco = district(world=LIVELY)
    wants = np.isin(np.arange(len(eco.firms)), top_people.wanted_by(eco))
    came = hired(eco)
    assert came.sum() > 1.0
    assert np.all(came[~wants] < 1e-12)


def test_where_no_firm_has_a_use_for_them_nobody_comes():
    """A million a year of R&D pays a person and leaves little to work with."""
    eco = district(world=LIVELY)
    eco.firms.rnd_target[:] = 0.25
    eco.firms.top_talent[:] = 0.0
    assert np.all(hired(eco) == 0.0)
    assert eco.record.counts["top_arrivals"] == 0


def test_a_firm_offers_more_for_coming_only_where_that_is_worth_it_too():
    eco = district((strong("global_recruitment"),), world=LIVELY)
    eco.firms.rnd_target[:] = 0.0
    eco.firms.rnd_target[:5] = 0.8
    eco.firms.staff[:5] = 50.0
    eco.step()
    assert flows(eco, "offers abroad") == 0.0


def test_a_top_person_is_one_person_on_average():
    """Jobs count them: what they can add differs, and is a person's worth in the mean."""
    people = np.arange(100_000)
    assert hiring._brilliance(district(), people).mean() == pytest.approx(1.0, abs=0.01)


def test_pay_of_top_people_is_part_of_rnd_and_paid_once():
    """All that is spent on R&D is S&T staff, top people and materials; the first two are wages."""
    eco = after(4, world=LIVELY)
    firms, science = eco.firms, eco.conditions.wage_st / 4.0
    stayed = firms.birth_quarter < 0
    people = firms.st_staff * science + top_people.pay(eco)
    assert top_people.pay(eco).sum() > 0.5
    assert np.all((firms.rnd >= people * (1.0 - 1e-9))[stayed])
    table = eco.record.tables()["flows"]
    bought = table["amount"][(table["quarter"] == 3) & (table["reason"] == "R&D materials")].sum()
    assert bought == pytest.approx((firms.rnd - people).sum() / eco.world.scale, rel=0.01)
