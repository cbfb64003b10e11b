"""Studies: the same bytes however they are computed, interrupted, killed or continued."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import experiments.runs
import experiments.study
from agents.sources import ROOT
from experiments.errors import INTERRUPTED, SOME_FAILED
from experiments.store import Store
from tests.experiments.conftest import SMALL, Wotu, data_files, only_folder

STUDY = ("scenario=environment,safeguards", "seeds=2")


def test_the_same_bytes_with_two_workers_one_of_which_dies(
    small: Wotu, results: Path, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experiments.study, "simulate", _die_once)
    monkeypatch.setenv("WOTU_TEST_MARK", str(tmp_path / "died"))
    assert small("compare", *STUDY, "engine=processes", "workers=2", "name=two").code == 0
    assert (tmp_path / "died").exists()
    serial = data_files(finished / "mine")
    assert {name.split("/")[0] for name in serial} >= {"series", "groups", "flows", "sizes"}
    assert data_files(results / "two") == serial


def _die_once(tasks, code):
    """What a worker does that is killed at its first chunk."""
    mark = Path(os.environ["WOTU_TEST_MARK"])
    if not mark.exists():
        mark.write_text("gone")
        os._exit(1)
    return experiments.runs.simulate(tasks)


def test_a_killed_study_continues_to_the_same_bytes(
    small: Wotu, results: Path, finished: Path
) -> None:
    words = [*SMALL, *STUDY, "name=killed", f"results={results}"]
    command = [sys.executable, "-m", "experiments", "compare", *words]
    killed = results / "killed"
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not any((killed / "runs").glob("*.parquet")):
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    # However far it came: the last chunk is not committed, and a write was cut short.
    sorted((killed / "runs").glob("*.parquet"))[-1].unlink()
    leftover = killed / "series" / f".part-9999.parquet.{platform.node()}.{process.pid}.tmp"
    leftover.write_bytes(b"half")
    assert small("compare", *STUDY, "name=killed").code == 0
    assert data_files(killed) == data_files(finished / "mine")
    assert not leftover.exists()


def test_a_finished_study_is_not_run_again_however_it_is_asked_for(
    small: Wotu, finished: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in finished.rglob("*.parquet")}
    where = (f"results={finished}", "name=mine", "engine=processes", "workers=2", "lang=zh")
    again = small("compare", *STUDY, *where)
    assert again.code == 0
    assert "全部6次运行均已在" in again.err
    assert {path: path.stat().st_mtime_ns for path in finished.rglob("*.parquet")} == before


def test_interrupted_studies_name_the_command_that_continues(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry = experiments.study._carry

    def stop_after_two(*arguments):
        for done, item in enumerate(carry(*arguments)):
            if done == 2:
                raise KeyboardInterrupt
            yield item

    monkeypatch.setattr(experiments.study, "_carry", stop_after_two)
    said = small("compare", *STUDY)
    assert said.code == INTERRUPTED
    assert said.out == ""
    assert "continue with: wotu compare world=small" in said.err
    monkeypatch.undo()
    again = small("compare", *STUDY)
    assert again.code == 0
    assert "4 of 6 runs" in again.err


def test_failures_are_rows_and_are_tried_again(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = experiments.runs._run

    def fail_for_seed_one(task):
        if task.seed == 1 and task.levers:
            raise ArithmeticError("the ledger does not reconcile")
        return real(task)

    monkeypatch.setattr(experiments.runs, "_run", fail_for_seed_one)
    said = small("compare", "scenario=environment", "seeds=3")
    assert said.code == SOME_FAILED
    assert "environment, seed 1" in said.err
    assert "the ledger does not reconcile" in said.err
    store = Store(only_folder(results))
    assert list(store.failures()["seed"]) == [1]
    assert sorted(store.series()["seed"].unique()) == [0, 1, 2]
    assert "Mean of 2 pairs" in said.out
    monkeypatch.undo()
    assert small("compare", "scenario=environment", "seeds=3").code == 0
    assert store.failures().empty


def test_another_study_in_the_same_folder_is_refused(small: Wotu, finished: Path) -> None:
    said = small("compare", "scenario=capability", "seeds=2", "name=mine", f"results={finished}")
    assert said.code == 2
    assert "holds another study" in said.err


def test_changed_code_gets_a_new_folder_and_says_so(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ("scenario=safeguards", "seeds=1", "quarters=1")
    small("compare", *one)
    small("compare", *one, "name=mine")
    for module in (experiments.study, experiments.manifest, experiments.identity):
        monkeypatch.setattr(module, "code_hash", lambda: "0123456789abcdef")
    assert "the code has changed" in small("compare", *one).err
    named = small("compare", *one, "name=mine")
    assert f"new folder {results / 'mine-012345'}" in named.err
    assert len(list(results.iterdir())) == 4


def test_equal_designs_cost_no_runs(small: Wotu, results: Path) -> None:
    said = small("compare", "scenario=only/rnd_subsidy,[baseline,only/rnd_subsidy]", "seeds=2")
    assert said.code == 0
    store = Store(only_folder(results))
    assert len(store.query("SELECT * FROM runs")) == 4
    assert said.err.count("run once") == 1
    assert len(store.manifest["designs"]) == 3


def test_the_store_holds_what_it_promises(finished: Path) -> None:
    store = Store(finished / "mine")
    series = store.series()
    assert list(series.columns[:4]) == ["run_id", "design", "seed", "quarter"]
    assert len(series) == 3 * 2 * 4
    assert series.equals(series.sort_values(["run_id", "quarter"], ignore_index=True))
    assert series.groupby("run_id")["seed"].nunique().eq(1).all()
    runs = store.query("SELECT * FROM runs")
    assert set(runs["status"]) == {"ok"}
    assert (runs["seconds"] > 0).all()
    assert {"error", "host", "code"} <= set(runs.columns)
    manifest = store.manifest
    for key in ("design_hash", "code_hash", "git", "lock_hash", "python", "packages", "chunks"):
        assert manifest[key]
    for design in manifest["designs"]:
        assert (store.folder / design["config"]).exists()


def test_paired_runs_share_their_luck(finished: Path) -> None:
    series = Store(finished / "mine").series()
    first = series[series["quarter"] == 0].pivot(index="seed", columns="design", values="firms")
    assert isinstance(first, pd.DataFrame)
    assert first["baseline"].nunique() > 1


@pytest.mark.parametrize("against", ["baseline", "opinion_2014"])
def test_a_reference_among_the_scenarios_has_its_row_and_its_report(
    wotu: Wotu, results: Path, against: str
) -> None:
    words = ("scenario=baseline,opinion_2014", "world=small", "seeds=2", "quarters=4")
    said = wotu("compare", *words, f"against={against}", f"results={results}")
    assert said.code == 0, said.err
    rows = [line.split("|")[0].strip() for line in said.out.splitlines()]
    assert {"baseline", "opinion_2014"} <= set(rows)
    (report,) = results.glob("*/report.html")
    assert report.stat().st_size > 100_000
