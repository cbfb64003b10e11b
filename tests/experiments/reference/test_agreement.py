"""The columns do what the textbook says: from equal states both agree to 1e-9 in every column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from experiments.reference.compare import APART, deviations
from experiments.reference.model import PHASES
from experiments.reference.state import read
from sim.burnin import opening
from sim.model import Ecosystem
from sim.quarter import PHASES as QUARTER
from sim.world import World

CASES = ("baseline", "all levers", "lines run dry", "trouble")


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("case", CASES)
def test_every_column_agrees_after_each_phase(
    outcome: Callable, case: str, seed: int, phase: str
) -> None:
    gaps = outcome(case, seed).gaps[phase]
    assert {column: gap for column, gap in gaps.items() if not gap <= 1e-9} == {}


def test_the_cases_contain_what_the_rules_are_about(outcome: Callable) -> None:
    """Agreement about events that never happen would be worth nothing."""
    expected = {
        "baseline": "births exits grants loans_new patents innovations listings exits_departure",
        "all levers": "orders_count returned",
        "lines run dry": "orders_count grants_count",
        "trouble": "arrivals misuse_found refusals defaults pool_called bank_losses exits_sale "
        "exits_closure exits_insolvency stakes_ended relocations",
    }
    for case, names in expected.items():
        sums = {
            name: outcome(case, 0).sums[name] + outcome(case, 1).sums[name]
            for name in names.split()
        }
        assert all(value > 0.0 for value in sums.values()), (case, sums)


def test_phases_stand_in_the_order_of_the_quarter() -> None:
    order = [phase.name for phase in QUARTER]
    assert list(PHASES) == [name for name in order if name in PHASES]


@pytest.fixture
def eco() -> Ecosystem:
    world = replace(World(), scale=0.02)
    return Ecosystem(world, seed=3, snapshot=opening(world, disk=False), sample=0)


def test_agents_start_from_exactly_the_columns_state(eco: Ecosystem) -> None:
    assert set(deviations(read(eco, "founding"), eco).values()) == {0.0}


def test_a_difference_is_named_by_its_column(eco: Ecosystem) -> None:
    reference = read(eco, "granting")
    eco.firms.cash[7] += 1e-3
    eco.conditions.grant_chance += 0.1
    found = {name for name, gap in deviations(reference, eco).items() if gap > 1e-9}
    assert found == {"firms.cash", "conditions.grant_chance"}


def test_a_missing_agent_and_a_missing_link_are_infinitely_far_apart(eco: Ecosystem) -> None:
    reference = read(eco, "leaving")
    next(iter(reference.firms)).remove()
    reference.loans.pop()
    found = deviations(reference, eco)
    assert found["firms.cash"] == found["loans.principal"] == APART
    assert found["stakes.cost"] == 0.0
