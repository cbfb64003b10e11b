"""A scenario spends from one purse."""

from __future__ import annotations

import pytest
from factories import package

from scenarios.levers import LEVERS
from scenarios.scenario import Scenario, ScenarioError, check_purse, planned_outlay
from sim.world import World

WORLD = World()
BUDGET = WORLD.purse.programme_budget


def scenario(*levers, **options) -> Scenario:
    return Scenario("trial", tuple(levers), **options)


def outreach(**values):
    return LEVERS["policy_outreach"](**values)


def test_the_package_fits_the_programme_budget():
    check_purse(scenario(*package()), WORLD)


def test_a_plan_beyond_the_budget_is_refused_with_both_sums():
    plan = scenario(LEVERS["functional_zones"](envelope=BUDGET), outreach(envelope=1.0))
    with pytest.raises(
        ScenarioError, match=rf"trial plans 1401 .* the programme budget is {BUDGET:g}"
    ):
        check_purse(plan, WORLD)


def test_a_plan_that_spends_the_budget_to_the_last_yuan_is_allowed():
    check_purse(scenario(outreach(envelope=BUDGET)), WORLD)


def test_extra_money_needs_a_source():
    plan = {"extra_budget": 500.0}
    big = outreach(envelope=BUDGET + 500.0)
    with pytest.raises(ScenarioError, match="needs a source"):
        check_purse(scenario(big, **plan), WORLD)
    check_purse(scenario(big, **plan, budget_source="the city"), WORLD)


def test_levers_that_follow_each_other_share_the_same_money():
    first = LEVERS["functional_zones"](envelope=1_000.0, start=0, end=8)
    second = LEVERS["guidance_fund"](envelope=1_000.0, start=8, end=16)
    check_purse(scenario(first, second), WORLD)
    overlapping = LEVERS["guidance_fund"](envelope=1_000.0, start=7, end=16)
    with pytest.raises(ScenarioError, match="from quarter 7"):
        check_purse(scenario(first, overlapping), WORLD)
    assert planned_outlay(scenario(first, overlapping), 7) == 2_000.0
    assert planned_outlay(scenario(first, overlapping), 8) == 1_000.0


@pytest.mark.parametrize(("start", "end"), [(4, 4), (5, 2)])
def test_a_lever_that_ends_before_it_starts_is_refused(start, end):
    with pytest.raises(ScenarioError, match=f"start={start} is not before end={end}"):
        check_purse(scenario(outreach(start=start, end=end)), WORLD)


def test_a_refusal_is_one_sentence():
    with pytest.raises(ScenarioError) as refused:
        check_purse(scenario(outreach(envelope=9_999.0)), WORLD)
    assert "\n" not in str(refused.value)
