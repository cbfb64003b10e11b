"""Studies: the same bytes however they are computed, interrupted, killed or continued."""

from __future__ import annotations

import os
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


def test_the_same_bytes_serially_and_with_one_or_two_workers(small: Wotu, results: Path) -> None:
    for name, how in {
        "serial": ("engine=serial",),
        "one": ("engine=processes", "workers=1"),
        "two": ("engine=processes", "workers=2"),
    }.items():
        assert small("compare", *STUDY, *how, f"name={name}").code == 0
    serial = data_files(results / "serial")
    assert {name.split("/")[0] for name in serial} >= {"series", "groups", "flows", "sizes"}
    assert data_files(results / "one") == serial
    assert data_files(results / "two") == serial


def test_a_killed_study_continues_to_the_same_bytes(
    small: Wotu, tmp_path: Path, results: Path
) -> None:
    words = [*SMALL, *STUDY, "seeds=4", "name=killed", f"results={results}"]
    words.remove("seeds=2")
    command = [sys.executable, "-m", "experiments", "compare", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        runs = results / "killed" / "runs"
        while process.poll() is None and not any(runs.glob("*.parquet")):
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    # What a kill in the middle of a write leaves behind is neither read nor kept.
    leftover = results / "killed" / "series" / ".part-9999.parquet.1.tmp"
    leftover.parent.mkdir(parents=True, exist_ok=True)
    leftover.write_bytes(b"half")
    last = sorted(path.name for path in (results / "killed" / "runs").glob("*.parquet"))[-1]
    (results / "killed" / "runs" / last).unlink()
    again = small("compare", *STUDY[:1], "seeds=4", "name=killed")
    straight = small("compare", *STUDY[:1], "seeds=4", "name=straight")
    assert again.code == straight.code == 0
    assert data_files(results / "killed") == data_files(results / "straight")
    assert not leftover.exists()


def test_a_finished_study_is_not_run_again(small: Wotu, results: Path) -> None:
    small("compare", *STUDY)
    before = {path: path.stat().st_mtime_ns for path in results.rglob("*.parquet")}
    again = small("compare", *STUDY)
    assert "all 6 runs are in" in again.err
    assert {path: path.stat().st_mtime_ns for path in results.rglob("*.parquet")} == before


def test_folder_and_runs_do_not_depend_on_how_they_are_computed(small: Wotu, results: Path) -> None:
    small("compare", *STUDY)
    again = small("compare", *STUDY, "engine=processes", "workers=2", "lang=zh")
    assert "all 6 runs are in" in again.err
    assert len(list(results.iterdir())) == 1


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


def test_a_worker_that_dies_costs_its_chunk_only_a_second_try(
    small: Wotu, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(experiments.study, "simulate", _die_once)
    monkeypatch.setenv("WOTU_TEST_MARK", str(tmp_path / "died"))
    said = small("compare", *STUDY, "engine=processes", "workers=2")
    assert said.code == 0
    assert (tmp_path / "died").exists()
    assert Store(only_folder(results)).failures().empty


def _die_once(tasks):
    mark = Path(os.environ["WOTU_TEST_MARK"])
    if not mark.exists():
        mark.write_text("gone")
        os._exit(1)
    return experiments.runs.simulate(tasks)


def test_another_study_in_the_same_folder_is_refused(small: Wotu, results: Path) -> None:
    small("compare", *STUDY, "name=mine")
    said = small("compare", "scenario=capability", "seeds=2", "name=mine")
    assert said.code == 2
    assert "holds another study" in said.err


def test_changed_code_gets_a_new_folder_and_says_so(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small("compare", *STUDY)
    small("compare", *STUDY, "name=mine")
    for module in (experiments.study, experiments.manifest, experiments.identity):
        monkeypatch.setattr(module, "code_hash", lambda: "0123456789abcdef")
    assert "the code has changed" in small("compare", *STUDY).err
    named = small("compare", *STUDY, "name=mine")
    assert f"new folder {results / 'mine-012345'}" in named.err
    assert len(list(results.iterdir())) == 4


def test_equal_designs_cost_no_runs(small: Wotu, results: Path) -> None:
    said = small(
        "compare", "scenario=baseline", "seeds=2", "levers.guidance_fund.envelope=100,200,300"
    )
    assert said.code == 0
    store = Store(only_folder(results))
    assert len(store.query("SELECT * FROM runs")) == 2
    assert said.err.count("run once") == 3
    assert len(store.manifest["designs"]) == 4


def test_the_store_holds_what_it_promises(small: Wotu, results: Path) -> None:
    small("compare", *STUDY)
    store = Store(only_folder(results))
    series = store.series()
    assert list(series.columns[:4]) == ["run_id", "design", "seed", "quarter"]
    assert len(series) == 3 * 2 * 2
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


def test_paired_runs_share_their_luck(small: Wotu, results: Path) -> None:
    small("compare", "scenario=safeguards", "seeds=3")
    series = Store(only_folder(results)).series()
    first = series[series["quarter"] == 0].pivot(index="seed", columns="design", values="firms")
    assert isinstance(first, pd.DataFrame)
    assert first["baseline"].nunique() > 1
