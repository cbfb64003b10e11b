"""Reads the Reads / Writes / Dice clauses of a phase's docstring, and watches what a phase does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

import numpy as np
from factories import State, phases_wrapped, state

from sim.dice import Dice
from sim.model import Ecosystem
from sim.quarter import Phase

# Groups of columns that docstrings call by one name.
GROUPS = {
    "calendar-year R&D columns": ("rnd_year", "rnd_year_1", "rnd_year_2", "rnd_year_3",
                                  "rnd_year_4"),
    "R&D columns": ("rnd", "rnd_reported", "rnd_year", "rnd_target", "rnd_relabelled"),
    "project columns": ("project_cost", "project_seen", "project_required", "project_grant"),
    "stocks": ("inventions", "cleared"),
    "wages": ("wage_st", "wage_other"),
    "space": ("floor_space", "coming", "used"),
    "rents": ("rent",),
    "yearly revenue": ("revenue_year", "revenue_year_before"),
}  # fmt: skip


def clause(phase: Phase, name: str) -> str:
    """The text after "Writes:" (or "Reads:", "Dice:") up to the next clause."""
    text = " ".join((phase.run.__doc__ or "").split())
    found = re.search(rf"{name}:(.*?)(?:Reads:|Writes:|Dice:|$)", text)
    return found.group(1).strip(" .") if found else ""


def declared_writes(phase: Phase, eco: Ecosystem) -> set[str]:
    """Names ("firms.cash", "firms.rows", "funds.*") that a phase says it may change.

    A bare table means all of it; a table with "(…rows…)" only that rows come or go. Raises
    ValueError at a word that names nothing.
    """
    names = {**{n: set(t.columns) for n, t in eco.tables.items()},
             "conditions": set(eco.conditions.dump())}  # fmt: skip
    out: set[str] = set()
    table = ""
    for words in re.split(
        r",|;| and ", re.sub(r"\(([^)]*),([^)]*)\)", r"(\1\2)", clause(phase, "Writes"))
    ):
        token = words.strip().removeprefix("the ")
        if token.endswith(" of new firms"):
            token = "firms (new rows)"
        rows = "rows" in token
        token = re.sub(r"\s*\(.*?\)", "", token)
        owned = re.fullmatch(r"(\w+)(?:\.|'s |' )(.+)", token)
        if token in names:
            table = token
            out.add(f"{table}.rows" if rows else f"{table}.*")
            continue
        if owned and owned[1] in names:
            table, token = owned[1], owned[2]
        if not token:
            continue
        columns = set(GROUPS.get(token, (token,)))
        if token == "cash" and not table:
            out |= {f"{name}.cash" for name, has in names.items() if "cash" in has}
        elif table and columns <= names[table]:
            out |= {f"{table}.{column}" for column in columns}
        else:
            raise ValueError(f"{phase.name}: 'Writes: …{token}…' names no column of {table or '?'}")
    return out


def allows(declared: set[str], name: str) -> bool:
    """Is a change of `name` declared?"""
    return name in declared or f"{name.partition('.')[0]}.*" in declared


def changes(eco: Ecosystem, before: State, now: State) -> set[str]:
    """What a phase changed: "table.column" for agents that are there before and after,
    "table.rows" where some came or went.
    """
    out = {name for name in now if name.startswith("conditions.")
           and before[name].tobytes() != now[name].tobytes()}  # fmt: skip
    moved = len(before["firms.uid"]) != len(now["firms.uid"]) or (
        len(before["funds.uid"]) != len(now["funds.uid"])
    )
    for table, rows in eco.tables.items():
        old, new = (_identities(table, s) for s in (before, now))
        came_or_went = not np.array_equal(np.sort(old), np.sort(new))
        if came_or_went:
            out.add(f"{table}.rows")
            if f"{table}.uid" not in now:
                continue
        _, here, there = np.intersect1d(old, new, return_indices=True)
        for column in rows.columns:
            # Links follow rows that move; that is no change of who owes whom.
            if moved and column in ("firm", "other"):
                continue
            name = f"{table}.{column}"
            if before[name][here].tobytes() != now[name][there].tobytes():
                out.add(name)
    return out


def _identities(table: str, values: State) -> np.ndarray:
    if f"{table}.uid" in values:
        return values[f"{table}.uid"]
    column = next(name for name in values if name.startswith(f"{table}."))
    return np.arange(len(values[column]))


def watch(
    eco: Ecosystem, quarters: int, monkeypatch
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Run some quarters; return by phase the names changed and the decisions rolled."""
    written: dict[str, set[str]] = defaultdict(set)
    rolled: dict[str, set[str]] = defaultdict(set)
    current: list[str] = [""]
    roll, choose = Dice.roll, Dice.choose

    def noting(method: Callable) -> Callable:
        def noted(self, decision, *arguments, **options):
            rolled[current[0]].add(decision)
            return method(self, decision, *arguments, **options)

        return noted

    def wrap(phase: Phase) -> Callable[[Ecosystem], None]:
        def run(model: Ecosystem) -> None:
            before = state(model)
            current[0] = phase.name
            phase.run(model)
            written[phase.name] |= changes(model, before, state(model))

        return run

    monkeypatch.setattr(Dice, "roll", noting(roll))
    monkeypatch.setattr(Dice, "choose", noting(choose))
    with phases_wrapped(wrap):
        eco.run(quarters)
    return written, rolled
