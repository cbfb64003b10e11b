"""A sweep killed three times and continued has the bytes of one that ran straight through.

`make test-engines`: slow, and by far the most convincing test of the store.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agents.sources import ROOT
from experiments.effects import effects
from experiments.store import Store
from tests.experiments.conftest import data_files

SWEEP = (
    "sweep", "world=small", "quarters=8", "sample=256", "n=60", "scenario=only/rnd_subsidy",
    "seeds=1", "levers.rnd_subsidy.share=bounds", "levers.rnd_subsidy.envelope=interval(10,90)",
    "workers=2", "name=it",
)  # fmt: skip


def begin(results: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "experiments", *SWEEP, f"results={results}"]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


@pytest.mark.slow
def test_a_sweep_killed_three_times_equals_one_run_straight_through(tmp_path: Path) -> None:
    assert begin(tmp_path / "straight").wait(300) == 0
    killed = tmp_path / "killed"
    for parts in (4, 8, 12):
        process = begin(killed)
        runs = killed / "it" / "runs"
        while process.poll() is None and len(list(runs.glob("part-*.parquet"))) < parts:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
        assert Store(killed / "it").state["status"] == "running"
    assert begin(killed).wait(300) == 0
    assert data_files(killed / "it") == data_files(tmp_path / "straight" / "it")
    found, expected = (effects(Store(tmp_path / name / "it")) for name in ("killed", "straight"))
    assert found.equals(expected)
