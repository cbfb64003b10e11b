"""A worker's memory does not grow with the number of runs (`make test-engines`)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from experiments.design import expand
from experiments.grammar import parse
from experiments.manifest import tasks
from experiments.runs import simulate

PAGE = 4096
RUNS, CHUNK = 600, 20


def resident() -> float:
    """Memory of this process now [MiB]."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


@pytest.mark.slow
def test_hundreds_of_small_runs_leave_no_memory_behind() -> None:
    words = ["world=small", "scenario=only/rnd_subsidy", "quarters=2", f"seeds={RUNS // 2}"]
    runs = tasks(expand(parse(words)))
    sizes = []
    for start in range(0, RUNS, CHUNK):
        simulate([replace(task, sample=256) for task in runs[start : start + CHUNK]])
        sizes.append(resident())
    half = len(sizes) // 2
    assert max(sizes[half:]) - max(sizes[:half]) < 10.0, sizes
