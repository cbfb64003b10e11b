"""Runs that exist are not run again: whole chunks, parts of chunks, under another name."""

from __future__ import annotations

from pathlib import Path

import pytest

import experiments.runs
import experiments.study
from experiments.store import Store
from tests.experiments.conftest import Wotu, data_files

STUDY = ("scenario=environment,safeguards",)


def run_ids(store: Store) -> set[str]:
    return set(store.query("SELECT run_id FROM runs")["run_id"])


def test_more_seeds_run_only_those_that_are_new(small: Wotu, results: Path, finished: Path) -> None:
    small("compare", *STUDY, "seeds=1", "name=one")
    said = small("compare", *STUDY, "seeds=2", "name=two")
    assert "3 of 6 runs, the rest is there" in said.err
    assert data_files(results / "two") == data_files(finished / "mine")


def test_a_design_of_another_name_gives_its_runs(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small("compare", "scenario=safeguards", "seeds=2", "name=first")
    monkeypatch.setattr(experiments.study, "simulate", None)  # nothing is left to simulate
    said = small("compare", "scenario=[safeguards]", "world.scale=0.1", "seeds=2", "name=second")
    assert said.code == 0
    assert "0 of 4 runs" in said.err
    first, second = Store(results / "first"), Store(results / "second")
    assert run_ids(first) == run_ids(second)
    assert second.series().equals(first.series())


def test_only_the_run_that_failed_is_tried_again(
    small: Wotu, results: Path, finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = experiments.runs._run
    tried: list[tuple[str, int]] = []
    again: list[bool] = []

    def fail_once(task):
        tried.append((task.design, task.seed))
        if not again and tried[-1] == ("environment", 1):
            raise ArithmeticError("the ledger does not reconcile")
        return real(task)

    # One chunk for all, as in a study of many short runs.
    monkeypatch.setattr(experiments.manifest, "LEAST_CHUNKS", 1)
    monkeypatch.setattr(experiments.manifest, "CHUNK_SECONDS", 1e9)
    monkeypatch.setattr(experiments.runs, "_run", fail_once)
    assert small("compare", *STUDY, "seeds=2", "name=mine").code == 1
    assert Store(results / "mine").state["failed"] == 1
    tried.clear()
    again.append(True)
    assert small("compare", *STUDY, "seeds=2", "name=mine").code == 0
    assert [run for run in tried if run[0] != "warm"] == [("environment", 1)]
    store, whole = Store(results / "mine"), Store(finished / "mine")
    assert store.series().equals(whole.series())
    assert store.state["failed"] == 0


def test_other_code_gives_nothing(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small("compare", "scenario=safeguards", "seeds=1", "name=first")
    path = results / "first" / "manifest.json"
    code = Store(results / "first").manifest["code_hash"]
    path.write_text(path.read_text().replace(code, "0123456789abcdef"))
    assert "2 runs;" in small("compare", "scenario=safeguards", "seeds=1", "name=second").err
