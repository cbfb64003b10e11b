"""The manifest: a study in full, its chunk plan, and what it was computed with."""

from __future__ import annotations

import hashlib
import itertools
import platform
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from agents.sources import ROOT
from experiments.design import Design, Plan
from experiments.identity import code_hash, digest, run_id
from experiments.runs import Task
from experiments.store import SCHEMA
from experiments.sweeps.precision import rounds
from experiments.told import own_facts

PACKAGES = ("mesa", "hydra-core", "numpy", "numba", "scipy", "pandas", "pyarrow", "duckdb")
CHUNK_SECONDS = 3.0
# Seconds of a run of 40 quarters, before and by scale; only the length of chunks depends on it.
RUN_SECONDS, RUN_SECONDS_BY_SCALE = 0.35, 0.65
LEAST_CHUNKS = 32  # so that the last one does not keep other workers waiting for long


def tasks(plan: Plan) -> list[Task]:
    """Every run a study may need: seed by seed, so that pairs are complete as early as can be."""
    settings = plan.settings
    return [
        Task(
            run_id=run_id(design.identity, seed, settings["quarters"], settings["sample"]),
            design=design.id,
            seed=seed,
            world=design.world,
            levers=design.levers,
            extra_budget=design.extra_budget,
            quarters=settings["quarters"],
            sample=settings["sample"],
            own=design.own,
        )
        for seed in seeds(settings)
        for design in plan.computed()
    ]


def seeds(settings: Mapping[str, Any]) -> range:
    """The seeds a study may come to: 0 … n−1, or as many fresh ones from `first_seed` on."""
    first = int(settings.get("first_seed", 0))
    return range(first, first + rounds(settings)[-1])


def chunks(runs: Sequence[Task], upto: Sequence[int]) -> dict[str, list[Task]]:
    """Runs in chunks of some seconds, by a rule that knows neither workers nor the machine.

    `upto` are the numbers of seeds after which a study may stop: no chunk reaches across one.
    """
    first = runs[0]
    most = usual_chunk(first)
    found: list[list[Task]] = []
    for low, high in itertools.pairwise([0, *upto]):
        part = [task for task in runs if low <= task.seed - first.seed < high]
        several = min(most, max(1, len(part) // LEAST_CHUNKS))
        found += [part[place : place + several] for place in range(0, len(part), several)]
    digits = max(len(str(len(found) - 1)), 4)
    return {f"{place:0{digits}d}": part for place, part in enumerate(found)}


def usual_chunk(run: Task) -> int:
    """Runs like this one that last some seconds together."""
    seconds = RUN_SECONDS + RUN_SECONDS_BY_SCALE * float(run.world["scale"])
    return max(1, round(CHUNK_SECONDS / (seconds * run.quarters / 40)))


def design_hash(plan: Plan) -> str:
    """The identity of a study, its code apart."""
    rows = sorted((d.id, d.identity, d.reference, d.data) for d in plan.designs)
    keys = ["seeds", "quarters", "sample"]
    keys += ["precision", "most_seeds"] if plan.settings["precision"] > 0 else []
    fresh = [first] if (first := plan.settings.get("first_seed")) else []
    return digest([rows, *(plan.settings[key] for key in keys), *fresh])


def manifest(verb: str, plan: Plan, overrides: Sequence[str]) -> dict[str, Any]:
    """Everything needed to continue, read and repeat a study."""
    runs = tasks(plan)
    return {
        "schema": SCHEMA,
        "verb": verb,
        "command": command(verb, overrides),
        "overrides": list(overrides),
        "design_hash": design_hash(plan),
        "code_hash": code_hash(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "seeds": plan.settings["seeds"],
        "rounds": rounds(plan.settings),
        "precision": plan.settings["precision"],
        "quarters": plan.settings["quarters"],
        "sample": plan.settings["sample"],
        "against": plan.settings["against"],
        "own_levers": plan.own,
        "own_facts": own_facts(plan.own),
        "ranges": {key: asdict(span) for key, span in plan.ranges.items()},
        "designs": described(plan.designs),
        "chunks": {
            name: [[task.run_id, task.design, task.seed] for task in part]
            for name, part in chunks(runs, rounds(plan.settings)).items()
        },
        "git": git_state(),
        "lock_hash": lock_hash(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": versions(),
    }


def command(verb: str, overrides: Sequence[str]) -> str:
    """The command line that a user types for this study."""
    return shlex.join(["wotu", verb, *overrides])


def config_name(design: Design) -> str:
    """The file of a design's configuration, a safe name of its own."""
    safe = "".join(c if c.isalnum() or c in "._=-" else "-" for c in design.id)[:80]
    return f"{safe}-{digest(design.id)[:4]}.yaml"


def configs(plan: Plan) -> dict[str, str]:
    """Composed configurations as YAML, by file name: one a design, one for all points of a group."""
    return {config_name(design): config_text(design) for design in _heads(plan.designs).values()}


def config_text(design: Design) -> str:
    """A design's composed configuration as YAML: the world, and the levers that are on."""
    import yaml

    values = {
        "title": dict(design.title),
        "world": design.world,
        "levers": {name: {"enabled": True, **given} for name, given in design.levers.items()},
        "extra_budget": design.extra_budget,
        "budget_source": design.budget_source,
    }
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)


def _kind(design: Design) -> tuple[Any, ...]:
    """What designs that share a configuration file have in common."""
    return (design.group or design.id, tuple(design.levers))


def _heads(designs: Sequence[Design]) -> dict[tuple[Any, ...], Design]:
    """The first design of each kind, whose configuration is kept in full."""
    heads: dict[tuple[Any, ...], Design] = {}
    for design in designs:
        heads.setdefault(_kind(design), design)
    return heads


def described(designs: Sequence[Design]) -> list[dict[str, Any]]:
    """The designs as the manifest keeps them: in full, or as what differs from the first point."""
    heads, found = _heads(designs), []
    for design in designs:
        head = heads[_kind(design)]
        facts = _described(design) | {"config": f"config/{config_name(head)}"}
        if head is not design:
            del facts["levers"]
            facts["values"] = _differences(head, design)
        found.append(facts)
    return found


def _differences(head: Design, design: Design) -> dict[str, Any]:
    """Values of a design that the head of its kind has differently, by dotted key."""
    found: dict[str, Any] = {}
    before = {"world": head.world, "levers": head.levers, "extra_budget": head.extra_budget}
    after = {"world": design.world, "levers": design.levers, "extra_budget": design.extra_budget}

    def look(old: Any, new: Any, key: str) -> None:
        if old is new:
            return
        if isinstance(new, Mapping):
            for name, value in new.items():
                look(old[name], value, f"{key}.{name}" if key else name)
        elif old != new:
            found[key] = new

    look(before, after, "")
    return found


def _described(design: Design) -> dict[str, Any]:
    return {
        "design": design.id,
        "scenario": design.scenario,
        "title": dict(design.title),
        "world": design.world_name,
        "levers": design.levers,
        "extra_budget": design.extra_budget,
        "budget_source": design.budget_source,
        "envelope_total": design.envelope_total,
        "planned_outlay": design.outlay,
        "identity": design.identity,
        "overrides": list(design.overrides),
        "reference": design.reference,
        "data": design.data,
        "group": design.group,
        "point": dict(design.point),
    }


@cache
def git_state() -> dict[str, Any]:
    """Revision and whether files differ from it; empty outside a repository."""
    try:
        revision = _git("rev-parse", "HEAD")
        return {"revision": revision, "dirty": bool(_git("status", "--porcelain"))}
    except (OSError, subprocess.SubprocessError):
        return {"revision": "", "dirty": True}


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "--no-optional-locks", "-C", str(ROOT), *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    return done.stdout.strip()


def lock_hash() -> str:
    """Hash of requirements.lock, empty where the application is installed without it."""
    path = ROOT / "requirements.lock"
    if not path.exists():
        return ""
    return hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()


def versions() -> dict[str, str]:
    """Versions of the packages that matter to results."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
