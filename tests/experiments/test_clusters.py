"""Engines: the same bytes from each, and a clear sentence where one cannot be used.

What starts clusters is slow and has its own target: `make test-engines`.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from agents.sources import ROOT
from experiments import engines
from experiments.errors import BAD_INPUT
from experiments.runs import Task, simulate
from tests.experiments.conftest import SMALL, Wotu, data_files

STUDY = ("scenario=environment,safeguards", "seeds=2")
BIN = Path(sys.executable).parent
PATIENCE = 120.0  # seconds for a daemon to start


@pytest.mark.parametrize("name", engines.EXTRAS)
def test_an_engine_that_is_not_installed_says_how_to_get_it(
    name: str, wotu: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_installed", lambda package: False)
    said = wotu("compare", f"engine={name}", f"results={results}")
    assert said.code == BAD_INPUT
    assert "`make extras`" in said.err
    assert len(said.err.splitlines()) == 1
    assert not results.exists()


def test_a_cluster_is_not_for_engines_that_run_here(wotu: Wotu, results: Path) -> None:
    said = wotu("compare", "cluster=tcp://nowhere:8786", f"results={results}")
    assert said.code == BAD_INPUT
    assert "engine=processes runs here" in said.err


def test_a_worker_with_other_code_runs_nothing_and_says_so() -> None:
    task = Task("id", "mine", 0, {}, {}, 0.0, 4, 64)
    outcome = simulate([task], code="0123456789abcdef")
    assert outcome.tables == {}
    assert outcome.rows[0]["status"] == "failed"
    assert "has other code" in outcome.rows[0]["error"]


def carried(
    results: Path, *how: str, environment: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """The data of the study as an engine computes it, by a command of its own."""
    words = [*(word for word in SMALL if not word.startswith("engine")), *STUDY, *how]
    command = [
        sys.executable,
        "-m",
        "experiments",
        "compare",
        *words,
        f"results={results}",
        "name=it",
    ]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return data_files(results / "it")


@contextmanager
def started(*commands: list[str], environment: Mapping[str, str], until: str) -> Iterator[None]:
    """Processes of a cluster, each up when it has printed `until`, ended afterwards."""
    running: list[subprocess.Popen[str]] = []
    try:
        for command in commands:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **environment}, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            running.append(process)
            assert process.stdout is not None
            late = threading.Timer(PATIENCE, process.kill)  # its output then ends
            late.start()
            assert any(until in line for line in process.stdout), f"{command[0]} did not start"
            late.cancel()
        yield
    finally:
        for process in reversed(running):
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)
            if process.stdout is not None:
                process.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["engine=dask", "engine=ray", "engine=slurm cluster=local"])
def test_the_same_bytes_from_every_engine(how: str, results: Path, finished: Path) -> None:
    pytest.importorskip(engines.EXTRAS[how.split()[0].removeprefix("engine=")])
    assert carried(results, *how.split(), "workers=2") == data_files(finished / "mine")


@pytest.mark.slow
def test_the_same_bytes_from_a_ray_cluster_of_two_nodes(
    results: Path, finished: Path, tmp_path: Path
) -> None:
    pytest.importorskip("ray")
    environment = {
        "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_USAGE_STATS_ENABLED": "0",
    }  # fmt: skip
    usual = [
        "--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats", "--block",
    ]  # fmt: skip
    head = [
        str(BIN / "ray"), "start", "--head", "--node-ip-address=127.0.0.2", "--port=6411",
        "--include-dashboard=false", "--min-worker-port=21000", "--max-worker-port=21099", *usual,
    ]  # fmt: skip
    other = [
        str(BIN / "ray"), "start", "--address=127.0.0.2:6411", "--node-ip-address=127.0.0.3",
        "--min-worker-port=21100", "--max-worker-port=21199", *usual,
    ]  # fmt: skip
    with started(head, other, environment=environment, until="Ray runtime started"):
        found = carried(results, "engine=ray", "cluster=127.0.0.2:6411", environment=environment)
    assert found == data_files(finished / "mine")


@pytest.mark.slow
def test_the_same_bytes_from_a_dask_scheduler_and_its_workers(
    results: Path, finished: Path
) -> None:
    pytest.importorskip("distributed")
    scheduler = [
        str(BIN / "dask"),
        "scheduler",
        "--host=127.0.0.1",
        "--port=8799",
        "--no-dashboard",
    ]
    worker = [
        str(BIN / "dask"), "worker", "tcp://127.0.0.1:8799", "--nworkers=2", "--nthreads=1",
        "--no-dashboard",
    ]  # fmt: skip
    with (
        started(scheduler, environment={}, until="Scheduler at"),
        started(worker, environment={}, until="Registered to"),
    ):
        found = carried(results, "engine=dask", "cluster=tcp://127.0.0.1:8799")
    assert found == data_files(finished / "mine")


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_one_sentence(results: Path, wotu: Wotu) -> None:
    pytest.importorskip("distributed")
    said = wotu("compare", "engine=dask", "cluster=tcp://127.0.0.1:8798", f"results={results}")
    assert said.code == BAD_INPUT
    assert "no Dask scheduler answers" in said.err.splitlines()[-1]
    assert not results.exists()
