"""A study: check everything, make its folder, carry the runs that are missing, say what failed."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from experiments.design import Plan, expand
from experiments.engines import Engine, engine
from experiments.errors import BadInput, Interrupted, Unfinished, one_line
from experiments.grammar import parse
from experiments.identity import code_hash, digest
from experiments.known import Known
from experiments.manifest import chunks, command, configs, design_hash, manifest, tasks
from experiments.parts import told_lost
from experiments.progress import Progress, say
from experiments.runs import Outcome, Task, failed, get_ready, simulate, warm
from experiments.speech import worded
from experiments.store import MANIFEST, Store, stores
from experiments.sweeps.precision import rounds
from experiments.typed_path import typed_path

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
    """The study of a plan that has been checked; its folder is chosen, nothing is written.

    A user's own levers are tried for a year first; raises BadInput where one fails.
    """
    folder, notices = _folder(verb, plan)
    if plan.own:
        from experiments.own_trial import try_out

        notices += try_out(plan.computed(), str(plan.settings["levers_from"]))
    return Study(verb, tuple(overrides), plan, Store(folder), (*plan.notices, *notices))


def _folder(verb: str, plan: Plan) -> tuple[Path, list[str]]:
    results, name = typed_path(plan.settings["results"]), plan.settings["name"]
    _check_writable(results)
    design, code = design_hash(plan), code_hash()
    if not name:
        folder = results / f"{verb}-{digest([design, code])[:12]}"
        if not folder.exists() and any(_same_design(store, design) for store in stores(results)):
            return folder, [worded("notices.new_code", folder=folder)]
        return folder, []
    _check_folder_name(name)
    folder = results / name
    if not folder.exists():
        return folder, []
    if not (folder / MANIFEST).exists():
        if folder.is_dir() and _holds_no_other(folder, plan):
            return folder, []
        raise BadInput(worded("files.no_study_folder", folder=folder))
    found = Store(folder).manifest
    if found["design_hash"] != design:
        raise BadInput(worded("files.other_study", folder=folder, command=found["command"]))
    if found["code_hash"] == code:
        return folder, []
    folder = results / f"{name}-{code[:6]}"
    return folder, [worded("notices.new_code_of", name=name, folder=folder)]


def _holds_no_other(folder: Path, plan: Plan) -> bool:
    """True if a folder that has no manifest is just begun, or its runs are those of this plan."""
    if {path.name for path in folder.iterdir()} <= {"config"}:
        return True
    stored = Store(folder).parts.run_ids()
    planned = chunks(tasks(plan), rounds(plan.settings))
    return bool(stored) and all(
        runs == {task.run_id for task in planned.get(chunk, ())} for chunk, runs in stored.items()
    )


def _same_design(store: Store, design: str) -> bool:
    try:
        return store.manifest["design_hash"] == design
    except BadInput:
        return False


def _check_folder_name(name: str) -> None:
    if name.startswith(".") or any(mark in name for mark in "/\\\0\n") or len(name) > 100:
        raise BadInput(worded("files.bad_name", name=name))


def _check_writable(results: Path) -> None:
    place = results
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise BadInput(worded("files.not_folder", results=results, place=place))
    if not os.access(place, os.W_OK | os.X_OK):
        raise BadInput(worded("files.not_writable", results=results, place=place))


def execute(study: Study) -> None:
    """Carry every run that is missing; what fails becomes a row.

    Where a precision is asked for, seeds are added until it is reached or the limit is met. Raises
    BadInput where a cluster does not answer, Interrupted on Ctrl-C and Unfinished where results
    cannot be written.
    """
    runs, settings = tasks(study.plan), study.plan.settings
    planned, upto = _planned(study, runs), rounds(settings)
    carrier: Engine | None = None
    try:
        for seeds in upto:
            last = runs[0].seed + seeds
            part = {name: ts for name, ts in planned.items() if max(t.seed for t in ts) < last}
            missing = {n: ts for n, ts in part.items() if not study.store.complete(n)}
            total = sum(len(ts) for ts in part.values())
            if missing:
                _tell_lost(study.store, missing)
                carrier = carrier or _start(study)
                _fill(study, carrier, missing, total)
            if settings["precision"] > 0 and _tight(study, seeds, limit=seeds == upto[-1]):
                break
        if carrier is None:
            _create(study)
            say(worded("notices.all_there", total=total, folder=study.store.folder))
        study.store.note("finished", seeds=seeds, failed=len(study.store.failures()))
    except KeyboardInterrupt as error:
        _stop(study, carrier)
        raise Interrupted(worded("notices.interrupted", command=study.command)) from error
    except OSError as error:
        _stop(study, carrier)
        problem = worded(
            "files.folder_not_written", folder=study.store.folder, reason=error.strerror
        )
        raise Unfinished(
            worded("files.continue", problem=problem, command=study.command)
        ) from error
    except Unfinished as error:
        _stop(study, carrier)
        raise Unfinished(worded("files.continue", problem=error, command=study.command)) from error
    if carrier is not None:
        carrier.close()


def _planned(study: Study, runs: Sequence[Task]) -> dict[str, list[Task]]:
    """Runs by chunk: as the manifest has them, or as it will."""
    if not (study.store.folder / MANIFEST).exists():
        return chunks(runs, rounds(study.plan.settings))
    by_id = {task.run_id: task for task in runs}
    planned = study.store.manifest["chunks"]
    return {name: [by_id[run] for run, _, _ in part] for name, part in planned.items()}


def _tell_lost(store: Store, missing: Mapping[str, Sequence[Task]]) -> None:
    if lost := list(store.parts.lost(missing)):
        say(worded("notices.run_again", problem=told_lost(lost)))


def _start(study: Study) -> Engine:
    """Open the engine, then make the folder."""
    settings, folder = study.plan.settings, study.store.folder / "jobs"
    carrier = engine(settings["engine"], settings["workers"], settings["cluster"], folder)
    try:
        _create(study)
    except BadInput:
        carrier.close(now=True)
        raise
    study.store.sweep_up()
    study.store.note("running")
    return carrier


def _stop(study: Study, carrier: Engine | None) -> None:
    if carrier is not None:
        carrier.close(now=True)
        with suppress(OSError):
            study.store.note("interrupted")


def _tight(study: Study, seeds: int, *, limit: bool) -> bool:
    """True if the headline effects are known as well as was asked; says how far they are.

    At the limit it says that the precision is not reached.
    """
    from experiments.effects import effects
    from experiments.sweeps.precision import loose

    precision = study.plan.settings["precision"]
    found = loose(effects(study.store), precision)
    if found.empty:
        say(worded("notices.precise", seeds=seeds, precision=precision))
        return True
    worst = found.iloc[0]
    say(
        worded(
            "notices.not_reached" if limit else "notices.too_wide",
            seeds=seeds,
            count=len(found),
            precision=precision,
            metric=worst["metric"],
            design=worst["design"],
            width=worst["width"],
        )
    )
    return False


def _fill(study: Study, carrier: Engine, missing: Mapping[str, Sequence[Task]], total: int) -> None:
    """Take what is known from other studies, and compute the rest of each chunk."""
    known = Known(study.store, [task for part in missing.values() for task in part])
    rest = {name: [t for t in part if t not in known] for name, part in missing.items()}
    left = sum(len(part) for part in rest.values())
    say(
        worded(
            "notices.starts",
            runs=worded(
                "notices.runs" if left == total else "notices.rest", left=left, total=total
            ),
            workers=worded(
                "notices.one_worker" if carrier.workers == 1 else "notices.workers",
                count=carrier.workers,
            ),
            folder=study.store.folder,
        )
    )
    with Progress(total, study.verb, total - left) as progress:
        for name in [name for name, part in rest.items() if not part]:
            study.store.commit(name, known.joined(missing[name], Outcome({}, [])))
            del rest[name]
        if rest:
            _warm(carrier, study.plan)
        start, spent = time.monotonic(), 0.0
        for name, outcome in _carry(carrier, rest, study.store):
            if outcome is not None:
                study.store.commit(name, known.joined(missing[name], outcome))
                spent += sum(row["seconds"] for row in outcome.rows)
            progress.advance(len(rest[name]))
    if rest:
        took = max(time.monotonic() - start, 1e-9)
        busy = min(spent / (carrier.workers * took), 1.0)
        say(worded("notices.took", left=left, took=took, busy=100 * busy))


def _create(study: Study) -> None:
    """Write the manifest and the configurations where they are not there."""
    store = study.store
    try:
        if not (store.folder / MANIFEST).exists():
            store.create(manifest(study.verb, study.plan, study.overrides), configs(study.plan))
        elif not all((store.folder / d["config"]).exists() for d in store.manifest["designs"]):
            store.configure(configs(study.plan))
    except OSError as error:
        raise BadInput(
            worded("files.results_not_written", folder=store.folder, reason=error.strerror)
        ) from error


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


def _carry(
    carrier: Engine, parts: Mapping[str, Sequence[Task]], store: Store
) -> Iterator[tuple[str, Outcome | None]]:
    """Yield each chunk's outcome as it is done; a chunk whose worker dies is tried again.

    None stands for a chunk that another writer of the same study has finished meanwhile.
    """
    waiting, attempts = deque(parts), Counter[str]()
    flying: dict = {}
    while waiting or flying:
        while waiting and len(flying) < carrier.flying:
            name = waiting.popleft()
            if store.complete(name):
                yield name, None
            else:
                flying[carrier.submit(simulate, parts[name], code_hash())] = name
        finished, _ = wait(flying, return_when=FIRST_COMPLETED)
        lost, why = [], ""
        for future in finished:
            name = flying.pop(future)
            try:
                yield name, future.result()
            except carrier.lost as error:
                lost.append(name)
                why = one_line(error)
        if lost:
            carrier.renew()
        if lost and carrier.all_lost_together:
            lost += flying.values()
            flying.clear()
        attempts.update(lost)
        for name in lost:
            if attempts[name] < ATTEMPTS:
                waiting.append(name)
            else:
                yield name, failed(parts[name], f"the worker process died (out of memory?): {why}")
