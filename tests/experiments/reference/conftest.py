"""Micro-worlds in which the agents and the columns run the same phases from the same states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from experiments.reference.compare import Deviations
from experiments.reference.watch import compare
from scenarios.levers import LEVERS
from sim.burnin import opening
from sim.model import Ecosystem
from sim.world import World

SCALE, QUARTERS = 0.02, 6
# The reference restates the core rules and the terms of these levers; the others add to them.
CORE = (
    "incubator_support", "credit_risk_compensation", "transfer_offices", "talent_awards",
    "guidance_fund", "first_purchase", "rnd_subsidy", "functional_zones",
    "third_party_evaluation", "policy_outreach",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What a case came to: deviations by phase and column, and the sum of each metric."""

    gaps: dict[str, Deviations]
    sums: dict[str, float]


@dataclass(frozen=True)
class Unlevered:
    """A lever that shares a term with another."""

    id: str = "unlevered"
    start: int = 0
    end: int = 400
    envelope: float = 10.0

    def active(self, quarter: int) -> bool:
        return True

    def hooks(self) -> dict[str, Callable[[Ecosystem], None]]:
        def write(phase: str, **values: float) -> Callable[[Ecosystem], None]:
            return lambda eco: getattr(eco.terms, phase).contribute(self.id, **values)

        return {
            "settling": write("settling", tenant_rent=0.2),
        }


def levers(part: float = 1.0) -> tuple[Any, ...]:
    """The levers restated, with `part` of their envelopes; one year's growth earns a refund."""
    stated: dict[str, dict[str, Any]] = {name: {} for name in CORE} | {"rnd_subsidy": {"years": 1}}
    made = [kind(**stated[name]) for name, kind in LEVERS.items() if name in CORE]
    return tuple(replace(lever, envelope=part * lever.envelope) for lever in made)


def usual_world() -> World:
    return replace(World(), scale=SCALE)


def troubled_world() -> World:
    """Much that is rare happens often here: arrivals, misuse, defaults, moves, exits, ends of funds."""
    world = usual_world()
    return replace(
        world,
        founders=replace(world.founders, recruit_barrier=-0.5, recruits=400),
        grants=replace(world.grants, temptation=1.0, audit=0.4),
        zones=replace(world.zones, relocation_cost=0.05),
        credit=replace(
            world.credit, need=6.0, size=0.6, discouraged=1, hurdle=-0.02, squeeze=0.2, term=2,
            guarantee_fee=0.2, guarantee_capital=5.0,
        ),
        costs=replace(world.costs, overhead_share=0.06),
        equity=replace(world.equity, life=3.0, invest_years=1.0, window=8.0),
        leaving=replace(world.leaving, rethink=0.3, sale_rate=0.1),
    )  # fmt: skip


CASES: dict[str, tuple[Callable[[], World], tuple[Any, ...]]] = {
    "baseline": (usual_world, ()),
    "all levers": (usual_world, levers()),
    "lines run dry": (usual_world, (*levers(0.03), Unlevered())),
    "trouble": (troubled_world, levers()),
}


@cache
def ran(case: str, seed: int) -> Outcome:
    world, given = CASES[case]
    eco = Ecosystem(
        world(), given, seed=seed, snapshot=opening(world(), disk=False), sample=0, strict=True
    )
    if case == "trouble":
        # Firms have run out of cash and owe what they cannot pay; a pool stands behind it.
        eco.firms.cash[::5] = 0.0
        eco.firms.cash[eco.loans.firm[::2]] *= 0.1
        eco.loans.principal[::2] *= 10.0
        eco.loans.cover[:] = 0.4
        eco.ledger.open()
    # Make some funds the Opinion's own, so that what they return goes to the purse.
    eco.funds.guidance[::2] = 2
    eco.funds.public_share[::2], eco.funds.concession[::2] = 0.3, 0.3
    gaps = compare(eco, QUARTERS)
    series = eco.record.tables()["series"]
    return Outcome(gaps, {name: float(values.sum()) for name, values in series.items()})


@pytest.fixture(scope="session")
def outcome() -> Callable[[str, int], Outcome]:
    """`outcome("trouble", seed)`: the deviations and sums of a case, run once a session."""
    return ran
