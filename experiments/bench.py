"""The speed of the simulation on this machine, and how much faster columns are than plain Mesa.

One process, in seconds of its core's time, so that what else the machine does counts little; what a
study adds to its runs is timed in experiments/overhead.py. Whole quarters are timed after a warm-up;
the ratio times only the seven phases that experiments/reference restates, both sides from the same
states.
"""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput
from experiments.garbage import set_aside
from experiments.overhead import busy, overhead
from experiments.progress import say
from experiments.speech import worded
from experiments.tables import FORMATS, Table, show

if TYPE_CHECKING:
    from experiments.runs import Task
    from sim.model import Ecosystem
    from sim.world import World

WARM_QUARTERS = 5
QUARTERS, RUNS = 40, 5
QUICK_QUARTERS, QUICK_RUNS, QUICK_SCALE = 8, 3, 0.1
# The reference's quarters: late enough for funds, loans and pools to be in use.
REFERENCE_FROM, REFERENCE_QUARTERS, REFERENCE_RUNS = 4, 2, 3


@dataclass(frozen=True)
class Subject:
    """What is measured: a world, the levers that are on, quarters a run, and runs."""

    scenario: str
    world: World
    levers: tuple[Any, ...]
    task: Task
    quarters: int
    runs: int

    def ecosystem(self, seed: int) -> Ecosystem:
        """A district at its opening."""
        from sim.burnin import opening
        from sim.model import Ecosystem

        return Ecosystem(self.world, self.levers, seed=seed, snapshot=opening(self.world))


def main(argv: Sequence[str]) -> int:
    """Measure and print: overrides, --quick, --format table|md|json. Raises BadInput."""
    words, quick, form = list(argv), "--quick" in argv, "table"
    if "--format" in words:
        place = words.index("--format")
        form = words[place + 1] if place + 1 < len(words) else ""
        del words[place : place + 2]
    if form not in FORMATS:
        raise BadInput(worded("bench.format", form=form, formats=", ".join(FORMATS)))
    found = run_bench([word for word in words if word != "--quick"], quick=quick)
    show(_tables(found), found, form)
    return 0


def run_bench(overrides: Sequence[str] = (), *, quick: bool = False) -> dict[str, Any]:
    """Measure one configuration (overrides as in `wotu run`; the baseline if none is given).

    `quick` takes the district at one tenth, fewer quarters and runs. Raises BadInput.
    """
    subject = _subject(overrides, quick=quick)
    say(
        worded(
            "bench.warming",
            name=subject.world.name,
            scale=subject.world.scale,
            scenario=subject.scenario,
        )
    )
    subject.ecosystem(seed=0).run(WARM_QUARTERS)
    with set_aside():
        say(worded("bench.runs", runs=subject.runs, quarters=subject.quarters))
        speeds, firms = _speeds(subject)
        say(worded("bench.phases"))
        phases = _phases(subject)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say(worded("bench.study"))
    added = overhead(subject.task, subject.runs)
    kept = busy(subject.task)
    say(worded("bench.mesa"))
    return {
        "firm_quarters_per_second_per_core": statistics.median(speeds),
        "slowest_run": min(speeds),
        "fastest_run": max(speeds),
        "world": subject.world.name,
        "scale": subject.world.scale,
        "scenario": subject.scenario,
        "firms": firms,
        "quarters": subject.quarters,
        "runs": subject.runs,
        "phases": phases,
        "peak_memory_mb": memory / (2**20 if sys.platform == "darwin" else 2**10),
        "overhead": added,
        "workers": kept,
        **_against_reference(subject),
    }


def _subject(overrides: Sequence[str], *, quick: bool) -> Subject:
    """Compose and check the one configuration; seeds= is the number of runs."""
    from experiments.design import expand
    from experiments.grammar import parse
    from experiments.own import known_levers
    from experiments.runs import Task
    from experiments.schema import build
    from sim.world import World

    settings = parse(overrides)
    plan = expand(settings)
    if len(plan.compared()) != 1:
        raise BadInput(worded("bench.one"))
    design, given = plan.compared()[0], {setting.key for setting in settings}
    world = build(World, design.world, "world")
    if quick and not given & {"world", "world.scale"}:
        world = replace(world, scale=QUICK_SCALE)
    levers = tuple(
        build(known_levers(design.own)[name], values, f"levers.{name}")
        for name, values in design.levers.items()
    )
    plain = {**design.world, "scale": world.scale}
    quarters, runs = (QUICK_QUARTERS, QUICK_RUNS) if quick else (QUARTERS, RUNS)
    quarters = plan.settings["quarters"] if "quarters" in given else quarters
    task = Task(
        "", design.id, 0, plain, design.levers, design.extra_budget, quarters,
        plan.settings["sample"], design.own,
    )  # fmt: skip
    runs = plan.settings["seeds"] if "seeds" in given else runs
    return Subject(design.scenario, world, levers, task, quarters, runs)


def _speeds(subject: Subject) -> tuple[list[float], float]:
    """Firm-quarters a second of each run, and the mean number of firms."""
    speeds, counts = [], []
    for seed in range(subject.runs):
        eco = subject.ecosystem(seed)
        gc.collect()
        start = time.process_time()
        eco.run(subject.quarters)
        passed = time.process_time() - start
        firms = eco.record.tables()["series"]["firms"] * subject.world.scale
        speeds.append(float(firms.sum()) / passed)
        counts.append(float(firms.mean()))
    return speeds, statistics.mean(counts)


def _phases(subject: Subject) -> list[dict[str, Any]]:
    """Milliseconds a quarter and share of the quarter by phase, in order; levers' hooks last."""
    from experiments.reference.watch import Run, around

    seconds: dict[str, float] = defaultdict(float)

    def wrapper(name: str, run: Run) -> Run:
        def timed(eco: Ecosystem) -> None:
            start = time.process_time()
            run(eco)
            seconds[name] += time.process_time() - start

        return timed

    eco = subject.ecosystem(seed=0)
    gc.collect()
    start = time.process_time()
    with around(wrapper):
        eco.run(subject.quarters)
    total = time.process_time() - start
    seconds["between phases"] = total - sum(seconds.values())
    return [
        {"phase": name, "ms_per_quarter": 1e3 * passed / subject.quarters, "share": passed / total}
        for name, passed in seconds.items()
    ]


def _against_reference(subject: Subject) -> dict[str, Any]:
    """Time the seven phases on both sides, each from the state just before it (median of runs)."""
    runs = [_both(subject, seed) for seed in range(min(subject.runs, REFERENCE_RUNS))]
    mine = {name: statistics.median(run[name][0] for run in runs) for name in runs[0]}
    theirs = {name: statistics.median(run[name][1] for run in runs) for name in runs[0]}
    return {
        "speedup_vs_plain_mesa": sum(theirs.values()) / sum(mine.values()),
        "reference": {
            "scale": subject.world.scale,
            "quarters": REFERENCE_QUARTERS,
            "ms_per_quarter": sum(theirs.values()),
            "columns_ms_per_quarter": sum(mine.values()),
            "phases": [
                {"phase": name, "ms_per_quarter": theirs[name], "speedup": theirs[name] / mine[name]}
                for name in mine
            ],
        },
    }  # fmt: skip


def _both(subject: Subject, seed: int) -> dict[str, tuple[float, float]]:
    """Milliseconds a quarter of each of the seven phases: columns, plain Mesa."""
    from experiments.reference.model import PHASES
    from experiments.reference.state import read
    from experiments.reference.watch import Run, around

    spent: dict[str, list[float]] = {name: [0.0, 0.0] for name in PHASES}

    def wrapper(name: str, run: Run) -> Run:
        if name not in PHASES:
            return run

        def both(eco: Ecosystem) -> None:
            reference = read(eco, name)
            gc.collect()
            start = time.process_time()
            run(eco)
            middle = time.process_time()
            PHASES[name](reference)
            spent[name][0] += middle - start
            spent[name][1] += time.process_time() - middle

        return both

    eco = subject.ecosystem(seed)
    eco.run(REFERENCE_FROM)
    with around(wrapper):
        eco.run(REFERENCE_QUARTERS)
    scale = 1e3 / REFERENCE_QUARTERS
    return {name: (scale * mine, scale * theirs) for name, (mine, theirs) in spent.items()}


def _tables(found: dict[str, Any]) -> list[Table]:
    reference = found["reference"]
    ratio = {row["phase"]: row for row in reference["phases"]}
    rows = [
        [
            row["phase"], f"{row['ms_per_quarter']:.2f}", f"{100.0 * row['share']:.1f} %",
            f"{ratio[row['phase']]['ms_per_quarter']:,.0f}" if row["phase"] in ratio else "",
            f"{ratio[row['phase']]['speedup']:.0f} ×" if row["phase"] in ratio else "",
        ]
        for row in found["phases"]
    ]  # fmt: skip
    speed = found["firm_quarters_per_second_per_core"]
    return [
        Table(
            ["phase", "ms a quarter", "share", "plain Mesa, ms", "ratio"], rows,
            title=f"{speed / 1e6:.2f} M firm-quarters per second and core, "
            f"{found['speedup_vs_plain_mesa']:.0f} times plain Mesa",
            caption=f"{found['world']}, scale {found['scale']:g}, {found['scenario']}: "
            f"{found['firms']:,.0f} firms, {found['quarters']} quarters, median of "
            f"{found['runs']} runs in one process; peak memory {found['peak_memory_mb']:,.0f} MB",
            notes=[
                "The ratio times only the seven phases that plain Mesa agents restate, at scale "
                f"{reference['scale']:g}, both sides from the same states: "
                f"{reference['ms_per_quarter']:,.0f} ms against "
                f"{reference['columns_ms_per_quarter']:,.1f} ms a quarter.",
                f"A study adds {100.0 * found['overhead']['share']:.1f} % to the simulation of a run "
                f"({found['overhead']['ms_per_run']:.0f} ms to record and store it); in one on all "
                f"cores, {found['workers']['workers']} workers spent "
                f"{100.0 * found['workers']['busy']:.0f} % of their time in runs.",
            ],
        )
    ]  # fmt: skip
