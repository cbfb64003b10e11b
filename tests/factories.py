"""Small districts for the tests: a fiftieth of Haidian, opened once a session.

A test reads `district(levers, seed=…)`, steps it, and compares `state(...)` before and after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from expectations import STRONG
from expectations.measured import paid

import sim.model
from scenarios.lever import Lever
from scenarios.levers import LEVERS
from sim.burnin import opening
from sim.model import Ecosystem
from sim.quarter import PHASES, Phase
from sim.snapshot import Snapshot
from sim.world import World

SEED = 7
MICRO = replace(World(), scale=0.02)

# The same district with so many managers and top people at its door, and deals so cheap, that every
# lever finds takers.
LIVELY_VALUES = {
    "equity.raising": 800.0, "equity.offices": 3_000.0, "talent.yearly": 5_000,
    "founders.leaders": 3_000, "founders.contestants": 6_000, "founders.recruits": 2_000,
    "agencies.would_be": 3_000.0, "leaving.quotation_rate": 0.3, "leaving.issue_rate": 1.0,
    "leaving.sale_rate": 0.3, "leaving.deal_cost": 0.01, "leaving.rethink": 0.2,
}  # fmt: skip

State = dict[str, np.ndarray]


def changed(world: World, values: Mapping[str, Any]) -> World:
    """The world with some declared values replaced, named as in the catalogue ("grants.audit")."""
    for name, value in values.items():
        block, _, leaf = name.rpartition(".")
        if block:
            world = replace(world, **{block: replace(getattr(world, block), **{leaf: value})})
        else:
            world = replace(world, **{leaf: value})
    return world


# Rules for schemes do nothing where there is no scheme: they are tried beside one or two.
BESIDE = {
    "fund_coordination": ("joint_rnd", "civil_military"),
    "unified_application": ("joint_rnd",),
    "ip_pre_review": ("joint_rnd",),
    "project_appraisal": ("joint_rnd",),
    "performance_management": ("brands", "joint_rnd"),
}

LIVELY = changed(MICRO, LIVELY_VALUES)
# … and so much in the purse that no line is cut.
RICH = changed(LIVELY, {"purse.programme_budget": 20_000.0})


@cache
def opened(world: World = MICRO) -> Snapshot:
    """The burnt-in opening of a world, computed once and never read from the disk cache."""
    return opening(world, disk=False)


def district(
    levers: Sequence[Lever] = (),
    *,
    seed: int = SEED,
    world: World = MICRO,
    snapshot: Snapshot | None = None,
    sample: int = 1,
    strict: bool = False,
) -> Ecosystem:
    """A district at its opening; every firm is followed in micro-data.

    A world that differs from MICRO in behaviour only starts from MICRO's own opening, so that the
    two districts differ in nothing but that behaviour.
    """
    if snapshot is None:
        snapshot = opened(MICRO if world.scale == MICRO.scale else world)
    return Ecosystem(world, levers, seed, snapshot=snapshot, sample=sample, strict=strict)


def after(quarters: int, levers: Sequence[Lever] = (), **options: Any) -> Ecosystem:
    """A district that has lived some quarters."""
    eco = district(levers, **options)
    eco.run(quarters)
    return eco


@cache
def lived(
    levers: tuple[Lever, ...], quarters: int, seed: int = SEED, world: World = MICRO
) -> Ecosystem:
    """The same, shared by tests that only look at it."""
    return after(quarters, levers, seed=seed, world=world)


def beside(name: str) -> tuple[Lever, ...]:
    """The scheme that a lever which acts on other levers' schemes needs beside it."""
    return tuple(strong(other) for other in BESIDE.get(name, ()))


def package() -> tuple[Lever, ...]:
    """Every lever of the document at its declared values, in the document's order."""
    return tuple(kind() for kind in LEVERS.values() if kind.section != "beyond")


def strong(name: str, **values: Any) -> Lever:
    """A lever at a strength that a micro-district feels."""
    return LEVERS[name](**{**STRONG[name], **values})


def zeroed(kind: type[Lever], **values: Any) -> Lever:
    """A lever that is switched on with the zero strength it declares."""
    return kind(**{**values, **dict(kind.zero)})


def state(eco: Ecosystem) -> State:
    """A copy of every column ("firms.cash") and every condition ("conditions.nominal")."""
    columns = {
        f"{table}.{name}": values
        for table, rows in eco.tables.items()
        for name, values in rows.dump().items()
    }
    conditions = {f"conditions.{n}": np.array([v]) for n, v in eco.conditions.dump().items()}
    return {**columns, **conditions}


def differing(one: State, two: State) -> set[str]:
    """Names of columns and conditions that are not the same to the last bit."""
    return {name for name in one.keys() | two.keys() if one[name].tobytes() != two[name].tobytes()}


def fingerprint(eco: Ecosystem) -> str:
    """One hash of the whole state and of everything recorded."""
    digest = hashlib.blake2b(digest_size=16)
    for name, values in sorted(state(eco).items()):
        digest.update(name.encode() + values.tobytes())
    for table, columns in sorted(eco.record.tables().items()):
        for name, values in sorted(columns.items()):
            text = values.dtype == object
            digest.update(f"{table}.{name}".encode())
            digest.update("\n".join(values).encode() if text else values.tobytes())
    return digest.hexdigest()


def series(eco: Ecosystem, metric: str) -> np.ndarray:
    """One column of the recorded series."""
    return eco.record.tables()["series"][metric]


def flows_now(eco: Ecosystem, reason: str) -> float:
    """What was paid for a reason so far this quarter (m yuan)."""
    return sum(amount for key, amount in eco.ledger.flows.items() if key[2] == reason)


def total(eco: Ecosystem, metric: str) -> float:
    """The sum of a metric over the run."""
    return float(series(eco, metric).sum())


@contextmanager
def phases_wrapped(wrap: Callable[[Phase], Callable[[Ecosystem], None]]) -> Iterator[None]:
    """Run the quarter with each phase's rule replaced by `wrap(phase)`."""
    before = sim.model.PHASES
    sim.model.PHASES = tuple(replace(phase, run=wrap(phase)) for phase in PHASES)
    try:
        yield
    finally:
        sim.model.PHASES = before


def flows(eco: Ecosystem, reason: str) -> float:
    """What was paid for a reason over the run (m yuan)."""
    return paid(reason)(eco)
