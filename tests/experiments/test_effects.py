"""Effects from hand-made series: the numbers a reader can check."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.effects import summaries, with_cohorts
from experiments.metrics import METRICS, available
from experiments.summary import _column
from experiments.text import Text


def series(quarters: int = 24, seeds: int = 2) -> pd.DataFrame:
    rows = [
        {
            "run_id": f"{design}{seed}", "design": design, "seed": seed, "quarter": quarter,
            "firms": 100.0 + quarter, "births": 10.0, "employment": 1000.0 + 8.0 * bonus,
            "revenue": 5.0, "survivors_5y": 6.0 if quarter >= 20 else 0.0, "net_cost": float(bonus),
        }
        for bonus, design in enumerate(("baseline", "mine"))
        for seed in range(seeds)
        for quarter in range(quarters)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_a_stock_is_read_at_the_end_and_a_flow_is_summed() -> None:
    values = summaries(series()).loc[("baseline", 0)]
    assert values["firms", "level"] == 123.0
    assert values["births", "cumulative"] == 240.0
    assert values["revenue", "last_year"] == 20.0
    assert values["revenue", "cumulative"] == 120.0


def test_job_years_are_mean_employment_times_years() -> None:
    values = summaries(series())
    assert values.loc[("baseline", 0), ("employment", "job_years")] == 6000.0
    assert values.loc[("mine", 0), ("employment", "job_years")] == pytest.approx(6048.0)


def test_survival_counts_the_dead_of_each_cohort_as_zero() -> None:
    assert with_cohorts(series())["births_5y_ago"].sum() == 4 * 4 * 10.0
    assert summaries(series()).loc[("mine", 1), ("survival", "ratio")] == pytest.approx(0.6)


def test_survival_is_unknown_in_a_short_run() -> None:
    assert np.isnan(summaries(series(quarters=8)).loc[("mine", 1), ("survival", "ratio")])


def test_metrics_have_distinct_keys_and_say_what_they_are() -> None:
    keys = [(metric.name, metric.kind) for metric in METRICS]
    assert len(set(keys)) == len(keys)
    assert all(metric.unit and metric.definition and metric.direction for metric in METRICS)


def test_only_what_was_recorded_is_measured() -> None:
    names = {metric.name for metric in available(["firms", "births"])}
    assert names == {"firms", "births"}


@pytest.mark.parametrize(("lang", "shown"), [("en", "+25,000"), ("zh", "+2.50")])
def test_a_table_writes_a_number_in_the_unit_above_it(lang: str, shown: str) -> None:
    """25,000 job-years are 2.5 万人年 in Chinese."""
    jobs = next(metric for metric in METRICS if metric.kind == "job_years")
    frame = pd.DataFrame(
        [{"design": "mine", "metric": "employment", "kind": "job_years", "mean": 25e3,
          "low": 24e3, "high": 26e3}]
    )  # fmt: skip
    heading, (cell,) = _column(frame, ["mine"], jobs, Text(lang))
    assert cell.text.splitlines()[0] == shown
    assert heading.splitlines()[-1] == {"en": "job-years", "zh": "万人年"}[lang]
