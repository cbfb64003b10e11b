"""A study: check everything, make its folder, carry the runs that are missing, say what failed."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from pathlib import Path

from experiments.design import Plan, expand
from experiments.engines import Engine, engine
from experiments.errors import BadInput, Interrupted, Unfinished
from experiments.grammar import parse
from experiments.identity import code_hash, digest
from experiments.manifest import chunks, command, configs, design_hash, manifest, tasks
from experiments.progress import Progress, say
from experiments.runs import Outcome, Task, failed, get_ready, simulate, warm
from experiments.store import MANIFEST, Store, stores

ATTEMPTS = 3
MOST_WARMED = 8  # worlds; where each run has its own, the first alone compiles the kernels


@dataclass(frozen=True)
class Study:
    """A checked study and the folder it continues or will make."""

    verb: str
    overrides: tuple[str, ...]
    plan: Plan
    store: Store
    notices: tuple[str, ...]

    @property
    def command(self) -> str:
        """What a user types to continue it."""
        return command(self.verb, self.overrides)


def prepare(verb: str, overrides: Sequence[str]) -> Study:
    """Check all input and choose the folder; nothing is written. Raises BadInput."""
    return study_of(verb, overrides, expand(parse(overrides), sweep=verb == "sweep"))


def study_of(verb: str, overrides: Sequence[str], plan: Plan) -> Study:
    """The study of a plan that has been checked; its folder is chosen, nothing is written."""
    folder, notices = _folder(verb, plan)
    return Study(verb, tuple(overrides), plan, Store(folder), (*plan.notices, *notices))


def _folder(verb: str, plan: Plan) -> tuple[Path, list[str]]:
    results, name = Path(plan.settings["results"]).expanduser(), plan.settings["name"]
    _check_writable(results)
    design, code = design_hash(plan), code_hash()
    if not name:
        folder = results / f"{verb}-{digest([design, code])[:12]}"
        if not folder.exists() and any(_same_design(store, design) for store in stores(results)):
            return folder, [f"the code has changed since this was last run: new folder {folder}"]
        return folder, []
    _check_folder_name(name)
    folder = results / name
    if not folder.exists():
        return folder, []
    if not (folder / MANIFEST).exists():
        if folder.is_dir() and {path.name for path in folder.iterdir()} <= {"config"}:
            return folder, []
        raise BadInput(f"{folder} exists and is not a study's folder; give another name=…")
    found = Store(folder).manifest
    if found["design_hash"] != design:
        raise BadInput(
            f"{folder} holds another study ({found['command']}); give another name=… or remove it"
        )
    if found["code_hash"] == code:
        return folder, []
    folder = results / f"{name}-{code[:6]}"
    return folder, [f"the code has changed since {name} was run: new folder {folder}"]


def _same_design(store: Store, design: str) -> bool:
    try:
        return store.manifest["design_hash"] == design
    except BadInput:
        return False


def _check_folder_name(name: str) -> None:
    if name.startswith(".") or any(mark in name for mark in "/\\\0\n") or len(name) > 100:
        raise BadInput(
            f"name={name} is not a folder name: up to 100 letters, no slash, no dot in front"
        )


def _check_writable(results: Path) -> None:
    place = results
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise BadInput(f"results={results} cannot be used: {place} is a file, not a folder")
    if not os.access(place, os.W_OK | os.X_OK):
        raise BadInput(f"results={results} cannot be used: {place} is not writable")


def execute(study: Study) -> None:
    """Carry every run that is missing; what fails becomes a row.

    Raises BadInput where a cluster does not answer, Interrupted on Ctrl-C and Unfinished where
    results cannot be written.
    """
    runs = tasks(study.plan)
    by_id = {task.run_id: task for task in runs}
    missing = {
        name: [by_id[run] for run in part]
        for name, part in _planned(study, runs).items()
        if not study.store.complete(name)
    }
    if not missing:
        say(f"all {len(by_id)} runs are in {study.store.folder}")
        return
    settings = study.plan.settings
    carrier = engine(
        settings["engine"], settings["workers"], settings["cluster"], study.store.folder / "jobs"
    )
    try:
        _create(study)
        study.store.sweep_up()
        _fill(study, carrier, missing, len(by_id))
    except KeyboardInterrupt as error:
        carrier.close(now=True)
        raise Interrupted(
            f"interrupted; finished runs are kept, continue with: {study.command}"
        ) from error
    except OSError as error:
        carrier.close(now=True)
        problem = f"{study.store.folder} cannot be written ({error.strerror})"
        raise Unfinished(f"{problem}; continue with: {study.command}") from error
    except BadInput:
        carrier.close(now=True)
        raise
    carrier.close()


def _planned(study: Study, runs: Sequence[Task]) -> dict[str, list[str]]:
    """Run ids by chunk: as the manifest has them, or as it will."""
    if (study.store.folder / MANIFEST).exists():
        planned = study.store.manifest["chunks"]
        return {name: [run for run, _, _ in part] for name, part in planned.items()}
    return {name: [task.run_id for task in part] for name, part in chunks(runs).items()}


def _fill(study: Study, carrier: Engine, missing: Mapping[str, Sequence[Task]], total: int) -> None:
    left = sum(len(part) for part in missing.values())
    word = f"{left} runs" if left == total else f"{left} of {total} runs, the rest is there"
    say(f"{word}; {carrier.workers} worker{'s'[: carrier.workers > 1]}; into {study.store.folder}")
    with Progress(total, study.verb, total - left) as progress:
        _warm(carrier, study.plan)
        for name, outcome in _carry(carrier, missing):
            study.store.commit(name, outcome)
            progress.advance(len(outcome.rows))


def _create(study: Study) -> None:
    store = study.store
    if (store.folder / MANIFEST).exists():
        return
    try:
        store.create(manifest(study.verb, study.plan, study.overrides), configs(study.plan))
    except OSError as error:
        raise BadInput(f"results cannot be written to {store.folder}: {error.strerror}") from error


def _warm(carrier: Engine, plan: Plan) -> None:
    """Burn in each world and compile kernels once, before workers would each do it."""
    if not carrier.warms:
        return
    worlds = {digest(design.world): design.world for design in plan.computed()}
    if len(worlds) > MOST_WARMED:
        worlds = dict(list(worlds.items())[:1])
    for _ in range(min(carrier.workers, len(plan.computed())) - 1):
        carrier.submit(get_ready)
    for world in worlds.values():
        try:
            carrier.submit(warm, world).result()
        except carrier.lost:
            carrier.renew()
        except Exception:
            return  # the runs themselves will say what is wrong with this world


def _carry(carrier: Engine, parts: Mapping[str, Sequence[Task]]) -> Iterator[tuple[str, Outcome]]:
    """Yield each chunk's outcome as it is done; a chunk whose worker dies is tried again."""
    waiting, attempts = deque(parts), Counter[str]()
    flying: dict = {}
    while waiting or flying:
        while waiting and len(flying) < carrier.flying:
            name = waiting.popleft()
            flying[carrier.submit(simulate, parts[name], code_hash())] = name
        finished, _ = wait(flying, return_when=FIRST_COMPLETED)
        lost = []
        for future in finished:
            name = flying.pop(future)
            try:
                yield name, future.result()
            except carrier.lost:
                lost.append(name)
        if not lost:
            continue
        if carrier.all_lost_together:
            lost += flying.values()
            flying.clear()
        carrier.renew()
        for name in lost:
            attempts[name] += 1
            if attempts[name] < ATTEMPTS:
                waiting.append(name)
            else:
                yield name, failed(parts[name], "the worker process died (out of memory?)")
