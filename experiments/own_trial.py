"""A trial of a user's own levers: one year of a small district, before a study runs anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from experiments.design import Design
from experiments.errors import BadInput, one_line
from experiments.identity import digest
from experiments.own import known_levers, own_ids
from experiments.speech import worded

QUARTERS = 4
SCALE = 0.1  # a tenth of the district, as in world=small
MOST = 8  # combinations of values tried; later ones are watched in their own runs

_tried: set[str] = set()


def try_out(designs: Iterable[Design], file: str) -> list[str]:
    """Run each own lever that is on for a year; raises BadInput with the file and the line.

    Returns what to tell of levers that contribute nothing: their effects may be zeros throughout.
    """
    idle: list[str] = []
    tried = 0
    for design in designs:
        mine = {name: design.levers[name] for name in own_ids(design.own) if design.own}
        name = digest([design.own, mine])
        if not mine or name in _tried or tried == MOST:
            continue
        idle += _try(design, mine, file)
        _tried.add(name)
        tried += 1
    return list(dict.fromkeys(idle))


def _try(design: Design, mine: Mapping[str, Mapping[str, Any]], file: str) -> list[str]:
    from experiments.schema import build
    from sim.burnin import opening
    from sim.model import Ecosystem
    from sim.world import World

    kinds, names = known_levers(design.own), ", ".join(mine)
    world = build(World, {**design.world, "scale": SCALE}, "world")
    levers = [
        replace(build(kinds[name], values, f"levers.{name}"), start=0, end=QUARTERS)
        for name, values in mine.items()
    ]
    try:
        record = Ecosystem(world, levers, snapshot=opening(world)).run(QUARTERS)
    except BadInput as error:
        raise BadInput(worded("lever_files.in_file", path=file, error=error)) from error
    except Exception as error:  # in a phase, which cannot use what a hook contributed
        told = f"{type(error).__name__}: {one_line(error)}"
        unusable = worded("lever_files.phase_fails", names=names, error=told)
        raise BadInput(worded("lever_files.in_file", path=file, error=unusable)) from error
    contributing = set(record.tables().get("terms", {}).get("lever", ()))
    return [
        worded("lever_files.idle", name=name, design=design.id)
        for name in mine
        if name not in contributing
    ]
