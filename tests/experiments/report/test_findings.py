"""What may be said of an effect: direction, size and interval, and nothing where zero is inside."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.report.findings import answer, is_better, is_worse, named, sentence
from experiments.report.results import Results
from experiments.statistics import reading_of
from experiments.text import Text

NAN = math.nan


def effect(mean: float, low: float, high: float, metric: str = "rnd") -> dict[str, object]:
    kind = "level" if metric in ("rent", "wage_st") else "cumulative"
    numbers = {"mean": mean, "low": low, "high": high, "baseline": 1_000.0, "per_cent": mean / 10}
    return {"metric": metric, "kind": kind, "n": 2, **numbers}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (effect(5, 1, 9), "up"),
        (effect(-5, -9, -1), "down"),
        (effect(5, -1, 11), "unclear"),
        (effect(5, 0, 10), "unclear"),
        (effect(0, 0, 0), "same"),
        (effect(-10, -10, -10), "equal"),
        (effect(5, NAN, NAN), "single"),
        (effect(NAN, NAN, NAN), "undefined"),
    ],
)
def test_an_effect_is_read_from_its_interval(row: dict[str, object], said: str) -> None:
    assert reading_of(row) == said
    claims = sentence(Text("en"), row)
    assert bool(claims) == (said in ("up", "down"))


def test_a_sentence_has_direction_size_per_cent_and_interval() -> None:
    row = effect(-50.0, -90.0, -10.0)
    assert sentence(Text("en"), row) == (
        "R&D outlay: down by 50.0 m CNY (−5.0%; 95% interval −90.0 to −10.0)."
    )
    assert sentence(Text("zh"), row) == "研发投入减少5,000万元（−5.0%；95%区间−9,000至−1,000）。"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_equal_differences_of_few_pairs_are_said_to_tell_nothing(lang: str) -> None:
    text, row = Text(lang), effect(-10, -10, -10, "patents")
    assert not is_worse(row)
    lines = [named(text, said, [row]) for said in ("up", "down", "unclear", "equal")]
    assert lines[:3] == ["", "", ""]
    assert lines[3] == text("report.finding_all_equal", metrics=text.inline("patents"))


def test_worse_depends_on_what_is_wished() -> None:
    assert is_worse(effect(-5, -9, -1, "patents"))
    assert not is_worse(effect(5, 1, 9, "patents"))
    assert is_worse(effect(5, 1, 9, "rent"))
    assert is_worse(effect(5, 1, 9, "wage_st"))
    assert not is_worse(effect(5, -1, 11, "rent"))
    # The net cost is the price of the policy and has its own line.
    assert not is_worse(effect(5, 1, 9, "net_cost"))


def test_one_pair_makes_no_finding(tmp_path: Path, study_maker: Callable[..., Path]) -> None:
    strengths = {"baseline": 0.0, "only/guidance_fund": 1.0}
    lines = answer(Text("en"), Results(study_maker(tmp_path / "one", strengths, seeds=1)))
    assert lines[0].startswith("One pair only")
    assert not any("Clear" in line for line in lines)


def test_a_scenario_that_does_nothing_has_no_clear_effect(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    strengths = {"baseline": 0.0, "only/guidance_fund": 0.0}
    lines = answer(Text("en"), Results(study_maker(tmp_path / "none", strengths, seeds=4)))
    assert lines[0] == "No headline metric shows a clear effect."
    assert "undefined" in lines[-1]


def test_where_jobs_clearly_fall_there_is_no_cost_of_a_further_job(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    strengths = {"baseline": 0.0, "only/guidance_fund": -1.0}
    results = Results(study_maker(tmp_path / "fewer", strengths, seeds=4))
    assert answer(Text("en"), results)[-1] == (
        "There is no cost per additional job-year, because jobs clearly fall."
    )
    assert "就业明确减少" in answer(Text("zh"), results)[-1]


def test_a_fall_of_pay_is_neither_good_nor_bad() -> None:
    assert not is_better(effect(-5, -9, -1, "wage_st"))
    assert is_better(effect(-5, -9, -1, "rent"))
    assert is_better(effect(5, 1, 9, "patents"))
    assert not is_better(effect(5, -1, 11, "patents"))
