"""How far agents and columns are apart: the largest deviation of each column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.reference.state import KINDS, LOAN_VALUES, PLACES, PURSES, STAKE_VALUES

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel
    from sim.model import Ecosystem

Deviations = dict[str, float]
APART = float("inf")


def deviations(model: ReferenceModel, eco: Ecosystem) -> Deviations:
    """Largest |agent - column| / max(1, |column|) of each column, condition, purse and line.

    Infinite where the two do not hold the same agents or links.
    """
    found: Deviations = {}
    for name in KINDS:
        found |= _population(model, eco, name)
    loans = [(loan.firm, loan.bank, loan) for loan in model.loans]
    stakes = [(stake.firm, stake.fund, stake) for stake in model.stakes]
    members = [(firm, firm.alliance, None) for firm in model.firms if firm.alliance is not None]
    found |= _links(eco, "loans", "banks", LOAN_VALUES, loans)
    found |= _links(eco, "stakes", "funds", STAKE_VALUES, stakes)
    found |= _links(eco, "memberships", "alliances", (), members)
    for name, value in asdict(eco.conditions).items():
        found[f"conditions.{name}"] = deviation([getattr(model.conditions, name)], [value])
    return found | _money(model, eco)


def deviation(mine: Iterable[float], theirs: Iterable[float]) -> float:
    """Largest |mine - theirs| / max(1, |theirs|); infinite if their numbers differ."""
    a, b = np.array(list(mine), float), np.array(list(theirs), float)
    if a.shape != b.shape:
        return APART
    gap = np.abs(a - b) / np.maximum(1.0, np.abs(b))
    return float(np.where(np.isnan(gap), APART, gap).max(initial=0.0))


def _population(model: ReferenceModel, eco: Ecosystem, name: str) -> Deviations:
    """Agents and rows, both in the order of their identity."""
    agents, table, places = list(model.kind(KINDS[name])), eco.tables[name], PLACES.get(name, {})
    order = np.arange(len(table))
    if "uid" in table.columns:
        agents.sort(key=lambda agent: agent.uid)
        order = np.argsort(table.uid, kind="stable")
    found = {}
    for column in table.columns:
        values = [getattr(agent, column) for agent in agents]
        if column in places:
            values = [-1 if value is None else value.code for value in values]
        found[f"{name}.{column}"] = deviation(values, getattr(table, column)[order].tolist())
    return found


def _links(
    eco: Ecosystem, name: str, others: str, values: tuple[str, ...], mine: list[tuple[Any, Any, Any]]
) -> Deviations:  # fmt: skip
    """Links have no identity: both sides are put in the order of their ends, then of their values."""
    table = eco.tables[name]
    columns = [
        eco.firms.uid[table.firm], eco.tables[others].uid[table.other],
        *(getattr(table, value) for value in values),
    ]  # fmt: skip
    theirs = sorted(zip(*(column.tolist() for column in columns), strict=True), key=_rounded)
    rows = [(firm.uid, other.uid, *(getattr(x, v) for v in values)) for firm, other, x in mine]
    rows.sort(key=_rounded)
    names = ("firm", "other", *values)
    if len(rows) != len(theirs):
        return {f"{name}.{column}": APART for column in names}
    return {
        f"{name}.{column}": deviation([row[i] for row in rows], [row[i] for row in theirs])
        for i, column in enumerate(names)
    }


def _rounded(row: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(value, 6) for value in row)


def _money(model: ReferenceModel, eco: Ecosystem) -> Deviations:
    found = {
        f"purse.{name}": deviation([getattr(model, name).cash], [eco.ledger.balance[name]])
        for name in PURSES
    }
    found["government.cash"] = deviation([model.district.cash], eco.government.cash.tolist())
    found["treasury.returned"] = deviation([model.purser.returned], [eco.treasury.returned_quarter])
    for name, line in eco.treasury.lines.items():
        book = model.purser.lines[name]
        found[f"line.{name}.available"] = deviation([book.available], [line.available])
        found[f"line.{name}.spent"] = deviation([book.spent], [line.spent])
    return found
