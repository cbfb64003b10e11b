"""What every lever inherits: four tests and a declaration. A new lever is tested by being listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from expectations import CAUSES
from factories import (
    LIVELY,
    MICRO,
    RICH,
    beside,
    changed,
    differing,
    district,
    lived,
    package,
    series,
    state,
    strong,
    total,
    zeroed,
)
from scipy import stats

from agents.declare import GRADES, declarations, parts_of
from scenarios.lever import Lever
from scenarios.levers import LEVERS, SECTIONS
from sim.model import Ecosystem
from sim.quarter import PHASES
from sim.terms import Terms

QUARTERS = 8
every = pytest.mark.parametrize("kind", LEVERS.values(), ids=LEVERS)


def recorded_differences(one: Ecosystem, two: Ecosystem) -> set[str]:
    """Tables and columns of the record that differ, the levers' own marks apart."""
    first, second = one.record.tables(), two.record.tables()
    return {
        f"{table}.{name}"
        for table in (first.keys() & second.keys()) - {"terms"}
        for name in first[table]
        if not np.array_equal(first[table][name], second[table][name])
    }


# 1. Off is the baseline --------------------------------------------------------------------------


@every
def test_zero_strength_is_the_baseline_bit_for_bit(kind):
    baseline = lived((), QUARTERS, world=LIVELY)
    idle = lived((zeroed(kind),), QUARTERS, world=LIVELY)
    assert not differing(state(idle), state(baseline))


@every
def test_zero_strength_reports_the_baseline(kind):
    """A reader of the results cannot tell a lever of zero strength from none."""
    baseline = lived((), QUARTERS, world=LIVELY)
    idle = lived((zeroed(kind),), QUARTERS, world=LIVELY)
    assert not recorded_differences(idle, baseline)


def test_the_order_in_which_a_scenario_lists_its_levers_can_be_restored():
    """LEVERS is the document's order; ids are what users type."""
    order = [SECTIONS.index(kind.section) for kind in LEVERS.values()]
    assert order == sorted(order)
    assert [kind.id for kind in LEVERS.values()] == list(LEVERS)


# 2. It acts only in its phases, through terms and its line ---------------------------------------


@every
def test_hooks_are_those_of_the_declared_phases(kind):
    assert set(kind().hooks()) == set(kind.phases)
    assert set(kind.phases) <= {phase.name for phase in PHASES}


def with_watched_hooks(kind: type[Lever], watch: Callable[[Ecosystem, str, Callable], None]):
    """A district in which `watch(eco, phase, hook)` calls each hook of a strong lever."""
    eco = district((strong(kind.id),), world=LIVELY)
    for phase, pairs in eco._hooks.items():
        eco._hooks[phase] = [
            (lever, lambda model, p=phase, h=hook: watch(model, p, h)) for lever, hook in pairs
        ]
    return eco


@every
def test_a_hook_changes_no_agent_and_no_other_phases_terms(kind):
    """It contributes to the terms of its phase and spends from its line; it touches nothing else."""
    called: set[str] = set()

    def watch(eco: Ecosystem, phase: str, hook: Callable) -> None:
        before, terms = state(eco), {p.name: dict(_parts(eco, p.name)) for p in PHASES}
        others = {n: line.available for n, line in eco.treasury.lines.items() if n != kind.id}
        hook(eco)
        called.add(phase)
        assert differing(before, state(eco)) <= {"government.cash"}
        assert all(_parts(eco, p.name) == terms[p.name] for p in PHASES if p.name != phase)
        assert others == {n: s.available for n, s in eco.treasury.lines.items() if n != kind.id}

    with_watched_hooks(kind, watch).run(QUARTERS)
    assert called == set(kind.phases)


def _parts(eco: Ecosystem, phase: str) -> dict[str, int]:
    terms: Terms = getattr(eco.terms, phase)
    return {name: len(parts) for name, parts in terms.parts.items()}


@every
def test_a_lever_whose_terms_nobody_reads_changes_nobody(kind):
    """Levers are not bonuses: what does not pass through an agent's response does not happen."""

    def unheard(eco: Ecosystem, phase: str, hook: Callable) -> None:
        hook(eco)
        getattr(eco.terms, phase).reset()

    eco = with_watched_hooks(kind, unheard)
    eco.run(QUARTERS)
    differs = differing(state(eco), state(lived((), QUARTERS, world=LIVELY)))
    assert differs <= {"government.cash"}


# 3. It never overspends its line -----------------------------------------------------------------


@every
@pytest.mark.parametrize(
    "envelope", [0.0, 0.01, None, 3_000.0], ids=["none", "tiny", "usual", "large"]
)
def test_no_envelope_is_overspent(kind, envelope):
    lever = strong(kind.id, **({} if envelope is None else {"envelope": envelope}))
    eco = district((lever,), world=LIVELY)
    yearly = lever.envelope * eco.world.scale
    spent_year = 0.0
    line = eco.treasury.lines[lever.id]
    for quarter in range(12):
        eco.step()
        spent_year = line.spent_quarter + (spent_year if quarter % 4 else 0.0)
        flows = sum(amount for key, amount in eco.ledger.flows.items() if key[3] == lever.id
                    and key[0] == "government")  # fmt: skip
        assert flows == pytest.approx(line.spent_quarter, rel=1e-9, abs=1e-12)
        assert line.available >= 0.0
        assert line.spent <= yearly * (quarter + 1) / 4.0 * (1 + 1e-9)
        if not line.carries:
            assert spent_year <= yearly * (1 + 1e-9)
    assert envelope != 0.0 or line.spent == 0.0


@every
def test_at_its_declared_values_a_lever_plans_within_its_line(kind):
    """What the default promises a year can be paid from the default line, or is cut, never owed."""
    eco = lived((kind(),), QUARTERS)
    outlay = series(eco, "outlay")
    assert outlay.sum() <= kind().envelope * QUARTERS / 4.0 * (1 + 1e-9)
    assert (outlay >= 0.0).all()


# 4. It moves its cause the right way -------------------------------------------------------------


@every
def test_a_lever_moves_its_cause_the_right_way(kind):
    """Over seven quarters, on each of three seeds."""
    assert kind.id in CAUSES, "say in tests/expectations what this lever should move"
    for seed in (1, 2, 3):
        others = beside(kind.id)
        baseline = lived(others, 7, seed, RICH)
        policy = lived((*others, strong(kind.id)), 7, seed, RICH)
        for cause, measured, sign in CAUSES[kind.id]:
            before, now = measured(baseline), measured(policy)
            assert sign * (now - before) > 0.0, f"{cause}: {before:g} became {now:g} (seed {seed})"


@every
def test_a_lever_costs_something_and_its_line_pays(kind):
    policy = lived((strong(kind.id),), QUARTERS, world=LIVELY)
    if kind.id == "credit_risk_compensation":
        # A pool costs its losses, not its size.
        assert total(policy, "outlay") == pytest.approx(total(policy, "pool_called"))
        return
    assert total(policy, "outlay") > 0.0


@every
def test_a_lever_finds_takers_in_the_small_world(kind):
    """What only works at full scale would be tried out, and reported, as having no effect."""
    eco = lived((kind(),), 12, world=changed(MICRO, {"scale": 0.1}))
    spent = "pool_balance" if kind.id == "credit_risk_compensation" else "outlay"
    assert total(eco, spent) > 0.0


# What it says of itself --------------------------------------------------------------------------


PARTS = {
    "environment": "三(一)",
    "vitality": "三(二)",
    "capability": "三(三)",
    "industries": "三(四)",
    "safeguards": "四",
    "beyond": "–",
}


@every
def test_a_lever_cites_its_clause_and_declares_every_number(kind):
    assert kind.__doc__
    assert kind.section in SECTIONS
    assert kind.section == kind.__module__.split(".")[2]
    assert kind.clause.startswith(PARTS[kind.section])
    assert len(kind.words) >= 4
    found = {item.name: item for item in declarations(kind())}
    assert set(kind.zero) <= {name.partition(".")[0] for name in found}
    for item in found.values():
        assert item.unit, item.name
        assert item.meaning, item.name
        assert item.grade in GRADES
        assert item.grade not in "AB" or item.source, f"{item.name} is graded without a source"
        values = parts_of(item.value)
        assert all(item.low is None or v >= item.low for v in values), item.name
        assert all(item.high is None or v <= item.high for v in values), item.name


@every
def test_a_lever_is_frozen(kind):
    lever = kind()
    with pytest.raises(AttributeError):
        lever.envelope = 1.0
    assert hash(lever) == hash(kind())
    assert replace(lever, start=4).active(3) is False
    assert replace(lever, start=4).active(4) is True
    assert replace(lever, end=4).active(4) is False


def test_the_package_does_not_cost_more_than_its_lines():
    eco = lived(package(), 12)
    planned = sum(lever.envelope for lever in package())
    assert total(eco, "outlay") <= planned * 3.0
    assert planned <= eco.world.purse.programme_budget


def test_noise_of_review_matters_because_it_ranks():
    """Evaluators' hours make the awarded better than chance: rank correlation of merit and award."""
    eco = district((strong("third_party_evaluation"),))
    eco.run(1)
    firms = eco.firms
    granted = firms.project_grant > 0.0
    sought = (firms.project_cost > 0.0) & firms.aware & ~firms.anchor
    assert granted.sum() > 0
    better = stats.rankdata(firms.project_seen[sought])[granted[sought]].mean()
    assert better > sought.sum() / 2.0
