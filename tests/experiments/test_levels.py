"""The run's own levels: measured late, judged against their band."""

from __future__ import annotations

import pandas as pd
import pytest

from experiments.levels import FIRST, TARGETS, verdict


def late(**columns: float) -> pd.DataFrame:
    return pd.DataFrame({name: [value] * 20 for name, value in columns.items()})


def measured(target: str, frame: pd.DataFrame) -> float:
    return next(item for item in TARGETS if item.id == target).measure(frame)


def test_verdicts() -> None:
    assert verdict(0.65, 0.60, 0.75) == "PASS"
    assert verdict(0.60, 0.60, 0.75) == "PASS"
    assert verdict(0.50, 0.60, 0.75) == "NEAR"
    assert verdict(0.90, 0.60, 0.75) == "NEAR"
    assert verdict(0.40, 0.60, 0.75) == "FAIL"
    assert verdict(float("nan"), 0.60, 0.75) == "FAIL"


def test_eleven_targets_are_there() -> None:
    numbers = {target.id.rstrip("ab") for target in TARGETS}
    assert numbers == {"3", "7", "9", "10", "14", "15", "16", "17", "18", "20", "21"}


def test_exits_are_yearly() -> None:
    assert measured("9", late(exits=2.0, firms=100.0)) == pytest.approx(0.08)


def test_patents_are_per_money_of_2014() -> None:
    frame = late(patents=30.0, rnd=200.0, nominal_index=2.0)
    assert measured("17a", frame) == pytest.approx(0.30)


def test_growth_is_between_the_first_and_the_last_year_measured() -> None:
    revenue = [1.1 ** (quarter // 4) for quarter in range(20)]
    assert measured("18", pd.DataFrame({"revenue": revenue})) == pytest.approx(0.10)


def test_levels_are_printed_for_long_runs_only(small, results) -> None:
    assert "quarters=24" in small("run", "seeds=1", "quarters=2").err
    said = small("run", "seeds=1", f"quarters={FIRST + 4}", "sample=4096")
    assert said.code == 0
    assert "survival over five years" in said.out
    assert any(word in said.out for word in ("PASS", "NEAR", "FAIL"))
