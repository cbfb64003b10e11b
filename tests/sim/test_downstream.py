"""Two scenarios with one seed differ only where the policy made a difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from factories import LIVELY, beside, district, package, phases_wrapped, series, state, strong

from scenarios.lever import Lever
from scenarios.levers import LEVERS
from sim.model import Ecosystem
from sim.quarter import PHASES, Phase

ORDER = [phase.name for phase in PHASES]
START = 2
LABORATORY = ("researcher_founders", "ownership_clearance", "transfer_offices")  # drain or fill it


def door(levers: Sequence[Lever], quarters: int) -> list[dict[str, list]]:
    """Everybody who comes to the door for the first time, with all they bring, by quarter."""
    eco = district(levers)
    seen: list[dict[str, list]] = []
    append = eco.founders.append

    def noted(count, **values):
        rows = append(count, **values)
        for name in eco.founders.columns:
            seen[-1].setdefault(name, []).extend(getattr(eco.founders, name)[rows].tolist())
        return rows

    eco.founders.__dict__["append"] = noted
    for _ in range(quarters):
        seen.append({})
        eco.step()
    return seen


def test_the_same_people_stand_at_the_door_whatever_the_policy():
    """Founders have a fixed identity, talent, idea and savings before anybody decides anything."""
    baseline = door((), 8)
    # Contests bring further people, of fixed identity too, to the same door.
    usual = [lever for lever in package() if lever.id not in ("innovation_events", *LABORATORY)]
    assert door(usual, 8) == baseline
    assert all(len(quarter["uid"]) > 10 for quarter in baseline)
    everyone = [uid for quarter in baseline for uid in quarter["uid"]]
    assert len(set(everyone)) == len(everyone)


def test_the_policy_changes_who_founds_among_them():
    """Otherwise the test above would say nothing: births differ though the door does not."""
    strongest = tuple(strong(kind.id) for kind in LEVERS.values())
    one, two = district(), district(strongest)
    one.run(12)
    two.run(12)
    assert not np.array_equal(series(one, "births"), series(two, "births"))


def history(levers: Sequence[Lever], quarters: int) -> list[list[dict[str, bytes]]]:
    """The state before each phase of each quarter."""
    eco = district(levers, world=LIVELY)
    seen: list[list[dict[str, bytes]]] = []

    def wrap(phase: Phase) -> Callable[[Ecosystem], None]:
        def run(model: Ecosystem) -> None:
            seen[-1].append({name: v.tobytes() for name, v in state(model).items()})
            phase.run(model)

        return run

    with phases_wrapped(wrap):
        for _ in range(quarters):
            seen.append([])
            eco.step()
    return seen


@pytest.fixture(scope="module")
def baseline():
    return history((), 8)


@pytest.mark.parametrize("kind", LEVERS.values(), ids=LEVERS)
def test_nothing_differs_before_the_lever_acts_and_something_after(kind, baseline):
    """Bit for bit the same until its start quarter and its phase; the treasury may pay in the hook."""
    others = beside(kind.id)
    if others:
        baseline = history(others, 8)
    lived = history((*others, strong(kind.id, start=START)), 8)
    first = min(ORDER.index(phase) for phase in kind.phases)
    for quarter in range(START + 1):
        before_its_phase = first + 1 if quarter == START else len(ORDER)
        for position in range(before_its_phase):
            one, two = baseline[quarter][position], lived[quarter][position]
            differs = {name for name in one if one[name] != two[name]} - {"government.cash"}
            assert not differs, (quarter, ORDER[position], sorted(differs)[:5])
    end = {name for name in baseline[-1][-1] if baseline[-1][-1][name] != lived[-1][-1][name]}
    assert end - {"government.cash"}, "the lever did nothing at all in six quarters"


def test_a_lever_that_never_starts_changes_nothing(baseline):
    levers = tuple(kind(start=100) for kind in LEVERS.values())
    assert history(levers, 8) == baseline


def test_a_lever_that_has_ended_stops_writing_terms():
    eco = district(tuple(strong(kind.id, end=2) for kind in LEVERS.values()))
    eco.run(4)
    assert set(eco.record.tables()["terms"]["quarter"].tolist()) == {0, 1}
    outlay = series(eco, "outlay")
    assert outlay[0] > 0.0
    assert outlay[2:].tolist() == [0.0, 0.0]


def called_when_covered_borrowers_fail(end: int) -> float:
    """Calls on the pool (m yuan) when every firm with a covered loan goes bankrupt after a year."""
    eco = district((strong("credit_risk_compensation", end=end),))
    eco.run(4)
    debtors = np.unique(eco.loans.firm[eco.loans.cover > 0.0])
    assert debtors.size
    ruin = np.full(debtors.size, 1_000.0)
    eco.ledger.pay("firms", "outside", "a fire", ruin, payer_rows=debtors)
    eco.run(1)
    return float(series(eco, "pool_called")[-1])


def test_a_promise_to_banks_outlives_the_lever_that_gave_it():
    """A loan made under cover stays covered: its loss is called on the pool when it comes."""
    assert called_when_covered_borrowers_fail(end=400) > 0.0
    assert called_when_covered_borrowers_fail(end=4) > 0.0
