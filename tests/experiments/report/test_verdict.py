"""The first page's judgement: worth its cost, not worth it or not clear, and who bears what."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from experiments.report import tables, verdict
from experiments.report.orders import across, of_all, told
from experiments.report.results import Results
from experiments.text import Text

EN = Text("en")
PAIR = {"baseline": 0.0, "opinion_2014": 1.0, "only/guidance_fund": 0.3}


def grown(folder: Path, column: str, amount: float, start: float = 0.0) -> Path:
    """A study whose whole Opinion adds `amount` a quarter to a column, a little more by seed."""
    part = folder / "series" / "part-0000.parquet"
    series = pd.read_parquet(part)
    on = series["design"] == "opinion_2014"
    series[column] = start + on * amount * (1 + 0.01 * series["seed"])
    series.to_parquet(part, index=False)
    return folder


@pytest.mark.parametrize(
    ("worth", "said"),
    [
        ((2.0, 1.0, 3.0), "the gain is worth clearly more than the net cost (+2.00 m CNY;"),
        ((-2.0, -3.0, -1.0), "the gain is worth clearly less than the net cost (−2.00 m CNY;"),
        ((0.5, -1.0, 2.0), "it is not clear whether the gain is worth the net cost (+0.50 m CNY;"),
    ],
)
def test_the_verdict_is_read_from_the_interval_of_gain_less_cost(
    study_folder: Path, monkeypatch: pytest.MonkeyPatch, worth: tuple[float, ...], said: str
) -> None:
    row = dict(zip(("worth", "worth_low", "worth_high"), worth, strict=True))
    row |= {"part": "mean", "design": "opinion_2014", "n": 8, "threshold": 1.0}
    monkeypatch.setattr(verdict, "plane_frame", lambda *_: pd.DataFrame([row]))
    lines = verdict.verdict(EN, Results(study_folder))
    assert lines[0].startswith(f"Judged by R&D alone, a yuan for a yuan, {said}")
    assert lines[-1].startswith("What a gain is worth is a judgement")


def test_one_pair_has_no_verdict_and_no_burdens(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    results = Results(study_maker(tmp_path / "one", PAIR, seeds=1))
    assert verdict.verdict(EN, results) == []
    assert verdict.burdens(EN, results) == []


def test_the_worst_is_named_and_counted_as_in_the_table_of_what_gets_worse(
    study_folder: Path,
) -> None:
    results = Results(study_folder)
    (line,) = verdict.burdens(EN, results)
    rows = tables.worse(EN, results)[0]["rows"]
    assert line.startswith(f"Clearly worse in {len(rows)} of ")
    assert ": rent (+0.82%), pay of S&T staff (+0.34%), " in line


def test_what_applicants_pay_is_said_to_stand_outside_the_net_cost(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    folder = grown(study_maker(tmp_path / "effort", PAIR, seeds=4), "applicant_effort", 10.0, 5.0)
    line = verdict.burdens(EN, Results(folder))[-1]
    assert line.startswith("Applicants spend 244 m CNY more on applying (95% interval ")
    assert line.endswith("that is not in the net cost.")


def test_orders_of_government_are_told_beside_a_cost_that_does_not_hold_them(
    tmp_path: Path, study_maker: Callable[..., Path]
) -> None:
    folder = grown(study_maker(tmp_path / "orders", PAIR, seeds=4), "orders", 200.0)
    results = Results(folder)
    (line,) = told(EN, results)
    assert line.startswith("Government orders rise by 4.87 bn CNY (95% interval ")
    assert "no part of the net cost nor of the cost of a job-year" in line
    # Of the scenarios compared, one alone places orders.
    assert of_all(EN, results).endswith(": Whole Opinion of 2014: 4.87 bn CNY.")
    assert told(EN, Results(folder, "only/guidance_fund")) == []
    # Of many points, from the least to the most.
    assert across(EN, results).endswith(": 0 m CNY to 4.87 bn CNY.")


def test_a_run_that_records_no_orders_says_nothing_of_them(study_folder: Path) -> None:
    assert told(EN, Results(study_folder)) == []
    assert of_all(EN, Results(study_folder)) == ""
    assert across(EN, Results(study_folder)) == ""
