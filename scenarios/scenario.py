"""The chosen: which levers are on, with what values, and who pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenarios.lever import Lever
from sim.world import World


class ScenarioError(ValueError):
    """A scenario that cannot be run; the message is one sentence for the user.

    `reason` and the `values` are for those who say it in another language.
    """

    def __init__(self, message: str, reason: str = "", **values: Any) -> None:
        super().__init__(message)
        self.reason, self.values = reason, values


@dataclass(frozen=True)
class Scenario:
    """Levers that are on, in the document's order.

    `extra_budget` (m yuan a year) is money beyond the district's programme budget; it needs a
    named `budget_source`, since sixty envelopes do not add up to free money.
    """

    id: str
    levers: tuple[Lever, ...] = ()
    extra_budget: float = 0.0
    budget_source: str = ""


def planned_outlay(scenario: Scenario, quarter: int) -> float:
    """Sum of the envelopes in force in a quarter (m yuan a year)."""
    return sum(lever.envelope for lever in scenario.levers if lever.active(quarter))


def check_claims(scenario: Scenario) -> None:
    """Refuse two levers that claim the same thing: one of them declares that it excludes the other.

    Raises ScenarioError naming both.
    """
    on = {lever.id for lever in scenario.levers}
    for lever in scenario.levers:
        for other in lever.excludes:
            if other in on and other != lever.id:
                raise ScenarioError(
                    f"scenario {scenario.id}: levers {lever.id} and {other} claim the same thing, "
                    "so that only one of them can be on",
                    "claims",
                    scenario=scenario.id,
                    lever=lever.id,
                    other=other,
                )


def check_purse(scenario: Scenario, world: World) -> None:
    """Refuse a scenario that plans to spend more than there is.

    Raises ScenarioError naming the excess, or a source that is missing.
    """
    if scenario.extra_budget > 0.0 and not scenario.budget_source:
        raise ScenarioError(
            f"scenario {scenario.id}: extra_budget={scenario.extra_budget:g} m yuan a year needs a "
            "source: set budget_source to who pays",
            "source",
            scenario=scenario.id,
            budget=scenario.extra_budget,
        )
    for lever in scenario.levers:
        if lever.end <= lever.start:
            raise ScenarioError(
                f"levers.{lever.id}: start={lever.start} is not before end={lever.end}; "
                "quarters count from 0 = 2014Q3",
                "dates",
                lever=lever.id,
                start=lever.start,
                end=lever.end,
            )
    purse = world.purse.programme_budget + scenario.extra_budget
    for quarter in sorted({lever.start for lever in scenario.levers}):
        if planned_outlay(scenario, quarter) > purse + 1e-9:
            raise _overrun(scenario, quarter, purse)


def _overrun(scenario: Scenario, quarter: int, purse: float) -> ScenarioError:
    """The plan of a quarter goes beyond the purse (m yuan a year)."""
    planned, extra, who = planned_outlay(scenario, quarter), scenario.extra_budget, scenario.id
    plan = (
        f"scenario {who} plans {planned:g} m yuan a year from quarter {quarter} but the "
        f"programme budget is {purse:g}"
    )
    if extra:
        told = f"{plan} with extra_budget={extra:g}: lower envelopes, or raise extra_budget"
        return ScenarioError(
            told, "purse_and_more", scenario=who, quarter=quarter, planned=planned, purse=purse,
            extra=extra,
        )  # fmt: skip
    told = f"{plan}: lower envelopes, or set extra_budget and budget_source"
    return ScenarioError(
        told, "purse", scenario=who, quarter=quarter, planned=planned, purse=purse
    )  # fmt: skip
