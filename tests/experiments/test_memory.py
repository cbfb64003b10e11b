"""Ten thousand runs leave no memory behind, in the workers or in the process that writes.

`make test-engines`: some minutes. Runs are as small as can be, since it is their number that counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest

from agents.sources import ROOT

RUNS, EACH = 10_000, 1_000
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
STUDY = (
    "run", "world=small", "scenario=only/rnd_subsidy", "quarters=1", "sample=256",
    f"seeds={RUNS // 2}", "workers=2", "name=it",
)  # fmt: skip
GROWTH = 8.0  # MiB, where a leak of a kilobyte a run would be ten


def resident(process: int) -> float:
    """Memory of a process now [MiB]."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 2**20


def computing(parent: int) -> list[int]:
    """The processes of its pool, from the kernel's own list."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [child for child in map(int, children) if "spawn_main" in _command(child)]


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().decode()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_ten_thousand_runs_leave_no_memory_behind(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments", *STUDY, f"results={tmp_path}"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    peaks = watched(process, tmp_path / "it")
    said = process.communicate()[1].decode()
    assert process.returncode == 0, said
    assert {len(by_thousand) for by_thousand in peaks.values()} == {RUNS // EACH}, peaks
    for who, by_thousand in peaks.items():
        # The first thousand still fills caches; the second has seen everything once.
        assert by_thousand[-1] - by_thousand[1] < GROWTH, (who, by_thousand)


def watched(process: subprocess.Popen[bytes], study: Path) -> dict[str, list[float]]:
    """Peak memory [MiB] of the main process and of each worker, thousand by thousand of runs."""
    from experiments.store import Store

    found: dict[str, dict[int, float]] = defaultdict(dict)
    chunk = 0
    while process.poll() is None:
        time.sleep(0.05)
        done = len(list((study / "runs").glob("part-*.parquet")))
        if not done:
            continue
        chunk = chunk or max(map(len, Store(study).manifest["chunks"].values()))
        if done * chunk >= RUNS:
            break  # what follows reads and reports
        thousand = done * chunk // EACH
        try:
            sizes = {"main": resident(process.pid)} | {
                f"worker {worker}": resident(worker) for worker in computing(process.pid)
            }
        except (OSError, IndexError):
            continue
        for who, size in sizes.items():
            found[who][thousand] = max(size, found[who].get(thousand, 0.0))
    return {who: [by[key] for key in sorted(by)] for who, by in found.items()}
