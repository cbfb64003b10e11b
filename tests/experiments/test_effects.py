"""Effects from hand-made series: the numbers a reader can check."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.effects import effects, summaries, with_cohorts
from experiments.metrics import METRICS, available
from experiments.runs import encode_rows
from experiments.store import SCHEMA, Store
from experiments.summary import _column, effect_tables
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
          "low": 24e3, "high": 26e3, "said": "up"}]
    )  # fmt: skip
    heading, (cell,) = _column(frame, ["mine"], jobs, Text(lang))
    assert cell.text.splitlines()[0] == shown
    assert heading.splitlines()[-1] == {"en": "job-years", "zh": "万人年"}[lang]


def stored(folder: Path, spent: dict[str, list[float]], planned: float = 30.0) -> Store:
    """A study of eight quarters in which `mine` spends by seed and gains 2 firms a m yuan."""
    designs = [
        {"design": name, "scenario": name, "data": name, "planned_outlay": planned * (name == "mine"),
         "reference": "" if name == "baseline" else "baseline"}
        for name in spent
    ]  # fmt: skip
    rows = [
        {"run_id": f"{name}{seed}", "design": name, "seed": seed, "quarter": quarter,
         "outlay": money, "births": 10.0 + 2.0 * money, "employment": 1000.0, "net_cost": money}
        for name, column in spent.items()
        for seed, money in enumerate(column)
        for quarter in range(8)
    ]  # fmt: skip
    store = Store(folder)
    store.create({"schema": SCHEMA, "designs": designs, "quarters": 8, "chunks": {"0000": []}}, {})
    (folder / "series").mkdir()
    (folder / "runs").mkdir()
    runs = [{"run_id": row["run_id"], "status": "ok"} for row in rows if row["quarter"] == 0]
    store.part("runs", "0000").write_bytes(encode_rows(runs))
    pd.DataFrame(rows).to_parquet(store.part("series", "0000"), index=False)
    return store


def births(frame: pd.DataFrame) -> pd.Series:
    return frame[(frame["metric"] == "births") & (frame["design"] == "mine")].iloc[0]


def test_outlay_is_told_as_planned_and_as_realised(tmp_path: Path) -> None:
    row = births(effects(stored(tmp_path, {"baseline": [0.0, 0.0], "mine": [5.0, 7.0]})))
    assert row["planned_outlay"] == 30.0
    assert row["realised_outlay"] == pytest.approx(24.0)  # 6 m yuan a quarter


def test_an_effect_is_told_per_100_m_yuan_that_was_spent(tmp_path: Path) -> None:
    row = births(effects(stored(tmp_path, {"baseline": [0.0, 0.0], "mine": [5.0, 5.5]})))
    assert row["per_100m"] == pytest.approx(200.0)
    assert row["per_100m_low"] == pytest.approx(200.0)
    assert row["per_100m_high"] == pytest.approx(200.0)


def test_it_counts_what_is_spent_beyond_the_reference(tmp_path: Path) -> None:
    row = births(effects(stored(tmp_path, {"baseline": [3.0, 3.0], "mine": [5.0, 5.1]})))
    assert row["per_100m"] == pytest.approx(200.0)
    assert row["realised_outlay"] == pytest.approx(20.2)


@pytest.mark.parametrize("money", [[0.0, 0.0], [-1.0, 4.0]])
def test_nothing_is_told_where_no_more_is_clearly_spent(tmp_path: Path, money: list[float]) -> None:
    row = births(effects(stored(tmp_path, {"baseline": [0.0, 0.0], "mine": money})))
    assert np.isnan(row["per_100m"])


def test_a_single_pair_has_a_ratio_without_an_interval(tmp_path: Path) -> None:
    row = births(effects(stored(tmp_path, {"baseline": [0.0], "mine": [5.0]})))
    assert row["per_100m"] == pytest.approx(200.0)
    assert np.isnan(row["per_100m_low"])


@pytest.mark.parametrize(("lang", "title"), [("en", "per 100 m CNY"), ("zh", "每亿元实际支出")])
def test_the_tables_hold_outlays_and_effects_for_money(
    tmp_path: Path, lang: str, title: str
) -> None:
    store = stored(tmp_path, {"baseline": [0.0, 0.0], "mine": [5.0, 5.5], "idle": [0.0, 0.0]})
    main, money = effect_tables(store, effects(store), lang)
    assert [row[0] for row in main.rows] == ["mine", "idle"]
    assert [row[0] for row in money.rows] == ["mine"]
    assert title in money.title
    planned, realised = main.rows[0][1:3]
    assert (planned.text, realised.text) == {
        "en": ("30.0", "21.0"), "zh": ("3,000", "2,100"),
    }[lang]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "single", "equal"),
    [("en", "One pair only", "prove nothing"), ("zh", "仅有一对运行", "无法判断")],
)
def test_the_tables_say_what_one_pair_and_equal_pairs_cannot_tell(
    tmp_path: Path, lang: str, single: str, equal: str
) -> None:
    one = stored(tmp_path / "one", {"baseline": [0.0], "mine": [5.0]})
    (main, _) = effect_tables(one, effects(one), lang)
    assert main.caption.startswith(single)
    alike = stored(tmp_path / "alike", {"baseline": [0.0, 0.0], "mine": [5.0, 5.0]})
    tables = effect_tables(alike, effects(alike), lang)
    assert [equal in " ".join(table.notes) for table in tables] == [True, True]
    styles = {cell.style for table in tables for cell in table.rows[0][3:] if "[" in cell.text}
    assert styles == {"dim"}
    apart = stored(tmp_path / "apart", {"baseline": [0.0, 0.0], "mine": [5.0, 5.1]})
    assert not any(table.notes for table in effect_tables(apart, effects(apart), lang))
