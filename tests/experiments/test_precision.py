"""Sequential stopping: when it stops, when it cannot, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import experiments.sweeps.precision
from experiments.effects import effects
from experiments.store import Store
from experiments.sweeps.precision import loose, rounds
from tests.experiments.conftest import Wotu, only_folder


def frame(mean: float, half: float, baseline: float) -> pd.DataFrame:
    """One headline effect."""
    return pd.DataFrame(
        [{"headline": True, "metric": "firms", "design": "mine", "mean": mean,
          "low": mean - half, "high": mean + half, "baseline": baseline}]
    )  # fmt: skip


def test_an_effect_is_tight_when_half_its_interval_is_a_small_part_of_it() -> None:
    assert loose(frame(100.0, 5.0, 1000.0), 0.06).empty
    assert loose(frame(100.0, 5.0, 1000.0), 0.04)["width"].iloc[0] == pytest.approx(1.25)


def test_an_effect_next_to_nothing_is_measured_by_the_level() -> None:
    assert loose(frame(0.1, 0.4, 1000.0), 0.05).empty  # 0.4 of 1000 is less than 5 % of 1 %
    assert not loose(frame(0.1, 0.6, 1000.0), 0.05).empty


def test_rounds_grow_by_half_up_to_the_limit() -> None:
    assert rounds({"seeds": 20, "precision": 0.05, "most_seeds": 70}) == [20, 30, 45, 68, 70]
    assert rounds({"seeds": 20, "precision": 0.0, "most_seeds": 70}) == [20]


def test_seeds_are_added_up_to_the_limit_and_it_says_so(small: Wotu, results: Path) -> None:
    words = ("scenario=safeguards", "seeds=3", "most_seeds=5", "precision=0.01", "quarters=2")
    said = small("compare", *words)
    assert said.code == 0
    assert "3 seeds: " in said.err
    assert "times too wide" in said.err
    assert "precision=0.01 is NOT reached with most_seeds=5" in said.err
    store = Store(only_folder(results))
    assert store.state["status"] == "finished"
    assert store.state["seeds"] == 5
    assert set(effects(store)["n"]) == {5}
    assert "all 10 runs are in" in small("compare", *words).err


def test_it_stops_as_soon_as_the_effects_are_known(
    small: Wotu, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        experiments.sweeps.precision, "loose", lambda found, precision: found.iloc[:0]
    )
    words = ("scenario=safeguards", "seeds=3", "most_seeds=9", "precision=0.5", "quarters=2")
    assert "3 seeds reach precision=0.5" in small("compare", *words).err
    assert Store(only_folder(results)).state["seeds"] == 3
