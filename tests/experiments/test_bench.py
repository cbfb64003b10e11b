"""`wotu bench` measures the simulation and the reference; the numbers fit together."""

from __future__ import annotations

import json

import pytest

from experiments.bench import main, run_bench
from experiments.errors import BadInput
from experiments.reference.model import PHASES
from sim.quarter import PHASES as QUARTER

MICRO = ("scenario=opinion_2014", "world.scale=0.02", "quarters=2", "seeds=1")


@pytest.fixture(scope="module")
def found() -> dict:
    return run_bench(MICRO, quick=True)


def test_speed_is_firm_quarters_of_one_core(found: dict) -> None:
    assert found["firm_quarters_per_second_per_core"] > 0.0
    assert (
        found["slowest_run"] <= found["firm_quarters_per_second_per_core"] <= found["fastest_run"]
    )
    assert found["scale"] == 0.02
    assert 150 < found["firms"] < 350


def test_every_phase_is_timed_and_shares_sum_to_one(found: dict) -> None:
    names = [row["phase"] for row in found["phases"]]
    assert names == [*(phase.name for phase in QUARTER), "between phases"]
    assert sum(row["share"] for row in found["phases"]) == pytest.approx(1.0)


def test_the_ratio_is_that_of_the_seven_phases_on_both_sides(found: dict) -> None:
    reference = found["reference"]
    assert [row["phase"] for row in reference["phases"]] == list(PHASES)
    ratio = reference["ms_per_quarter"] / reference["columns_ms_per_quarter"]
    assert found["speedup_vs_plain_mesa"] == pytest.approx(ratio)
    assert sum(row["ms_per_quarter"] for row in reference["phases"]) == pytest.approx(
        reference["ms_per_quarter"]
    )


def test_what_a_study_adds_is_measured_in_one_process_and_on_all_cores(found: dict) -> None:
    assert found["overhead"]["share"] > 0.0
    assert found["overhead"]["runs"] == 1
    assert found["workers"]["workers"] >= 1
    assert 0.0 < found["workers"]["busy"] <= 1.0


def test_stdout_carries_only_json(
    found: dict, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.bench.run_bench", lambda overrides, quick: found)
    assert main([*MICRO, "--quick", "--format", "json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert {"firm_quarters_per_second_per_core", "speedup_vs_plain_mesa", "phases"} <= set(written)


def test_the_table_says_what_was_measured(
    found: dict, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.bench.run_bench", lambda overrides, quick: found)
    assert main([*MICRO, "--format", "md"]) == 0
    out = capsys.readouterr().out
    assert "M firm-quarters per second and core" in out
    assert "haidian_2014, scale 0.02, opinion_2014" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "xml"], "--format xml is not known"),
        (["scenario=baseline,opinion_2014"], "bench measures one configuration"),
        (["world=smal"], "did you mean 'small'"),
    ],
)
def test_input_that_cannot_be_used_is_refused(words: list[str], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        main(words)
