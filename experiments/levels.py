"""The run's own levels against published targets, measured over quarters 20–40 of the reference.

Never on initial rows. Numbers of the targets are those of the evidence's table 5a, read with its
consistent reading of mid-2014; NEAR is outside the band by at most a quarter of its nearer end.
Columns: id, target, value, low, high, band, grade, verdict, note; `low` and `high` end the 95 %
interval of the mean over seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.effects import with_cohorts
from experiments.statistics import paired
from experiments.store import Store

if TYPE_CHECKING:
    import pandas as pd

FIRST = 20  # the first quarter measured
LEAST = 4  # fewer quarters measured say nothing
NEAR = 0.25


@dataclass(frozen=True)
class Target:
    """A published level: `measure` makes it from one run's late quarters, as a number or NaN."""

    id: str
    target: str
    low: float
    high: float
    grade: str
    measure: Callable[[pd.DataFrame], float]
    unit: str = "share"
    note: str = ""


def _ratio(above: str, below: str, factor: float = 1.0) -> Callable[[pd.DataFrame], float]:
    """A ratio of two sums over the quarters measured."""

    def measure(late: pd.DataFrame) -> float:
        total = float(late[below].sum())
        return factor * float(late[above].sum()) / total if total > 0 else np.nan

    return measure


def _patents_per_rnd(late: pd.DataFrame) -> float:
    real = float((late["rnd"] / late["nominal_index"]).sum())
    return float(late["patents"].sum()) / real if real > 0 else np.nan


def _growth(late: pd.DataFrame) -> float:
    """Yearly growth of revenue between the first and the last four quarters measured."""
    revenue = late["revenue"].to_numpy(float)
    years = (len(revenue) - 4) / 4
    if years <= 0 or revenue[:4].sum() <= 0:
        return np.nan
    return float((revenue[-4:].sum() / revenue[:4].sum()) ** (1 / years) - 1)


REAL = "threshold in 2014 money"
NATIONAL = "all firms of the country, 2013"
TARGETS = (
    Target(
        "3", "firms with revenue of 100 m or more", 0.04, 0.08, "B",
        _ratio("firms_100m_2014", "firms"), note="2–5 % of firms in 2008, read as 4–8 % in 2014",
    ),
    Target(
        "7", "survival over five years", 0.60, 0.75, "B", _ratio("survivors_5y", "births_5y_ago"),
        note="the dead of each cohort count as zero",
    ),
    Target("9", "exits a year ÷ firms", 0.05, 0.10, "B", _ratio("exits", "firms", 4.0)),
    Target(
        "10a", "firms younger than five years", 0.42, 0.58, "B", _ratio("firms_young", "firms"),
        note=NATIONAL,
    ),
    Target(
        "10b", "firms younger than five years among exits", 0.52, 0.67, "B",
        _ratio("exits_young", "exits"), note=NATIONAL,
    ),
    Target(
        "14", "R&D ÷ revenue", 0.032, 0.046, "B", _ratio("rnd", "revenue"),
        note="all firms; Haidian's certified firms 0.055–0.07",
    ),
    Target("15", "S&T staff ÷ staff", 0.25, 0.27, "B", _ratio("st_staff", "employment")),
    Target("16a", "profit ÷ revenue", 0.06, 0.085, "B", _ratio("profit", "revenue")),
    Target("16b", "tax ÷ revenue", 0.055, 0.065, "B", _ratio("tax", "revenue")),
    Target(
        "17a", "patent applications per m of R&D", 0.28, 0.43, "B", _patents_per_rnd, "1/m yuan",
        "0.33–0.43 for reporting firms, 0.28 for all; R&D in 2014 money",
    ),
    Target(
        "17b", "invention applications ÷ patents", 0.53, 0.62, "B", _ratio("inventions", "patents"),
    ),
    Target(
        "18", "growth of revenue", 0.13, 0.20, "B", _growth, "1/year",
        "band of 2010–16; later demand decelerates towards 0.10 (U)",
    ),
    Target(
        "20a", "venture stakes that end below cost", 0.45, 0.65, "A",
        _ratio("stakes_lost", "stakes_ended"), note="financings in the US, 2013–23",
    ),
    Target(
        "20b", "venture stakes that return tenfold or more", 0.03, 0.05, "B",
        _ratio("stakes_tenfold", "stakes_ended"), note="financings in the US, 2004–13",
    ),
    Target(
        "21a", "firms below 20 m that have a loan", 0.02, 0.05, "B",
        _ratio("borrowers_below_20m", "firms_below_20m"), note=REAL,
    ),
    Target(
        "21b", "firms below 100 m that have a loan", 0.05, 0.09, "B",
        _ratio("borrowers_below_100m", "firms_below_100m"), note=REAL,
    ),
)  # fmt: skip
COLUMNS = (
    "design", "id", "target", "unit", "value", "low", "high", "band", "grade", "verdict", "note"
)  # fmt: skip


def levels(store: Store) -> pd.DataFrame:
    """One row a target and reference; empty where the runs are too short to be measured."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    designs = store.manifest["designs"]
    references = {d["reference"] for d in designs if d["reference"]}
    data = {d["design"]: d["data"] for d in designs if d["design"] in references}
    if data and "series" in store:
        series = with_cohorts(store.series(data.values()))
        late = series[series["quarter"] >= FIRST]
        for name in data:
            mine = late[late["design"] == data[name]]
            if len(mine) and mine["quarter"].nunique() >= LEAST:
                rows += [_row(name, target, mine) for target in TARGETS]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(design: str, target: Target, late: pd.DataFrame) -> dict[str, Any]:
    try:
        values = np.array([target.measure(run) for _, run in late.groupby("seed")])
    except KeyError:
        values = np.array([np.nan])
    note = target.note
    if target.id == "3" and "firms_100m" in late.columns:
        nominal = float(late["firms_100m"].sum()) / float(late["firms"].sum())
        note = f"{note}; {REAL}, {nominal:.3f} in money of the day"
    values = values[np.isfinite(values)]
    interval = paired(values) if len(values) else None
    value = interval.mean if interval else np.nan
    return {
        "design": design,
        "id": target.id,
        "target": target.target,
        "unit": target.unit,
        "value": value,
        "low": interval.low if interval else np.nan,
        "high": interval.high if interval else np.nan,
        "band": [target.low, target.high],
        "grade": target.grade,
        "verdict": verdict(value, target.low, target.high),
        "note": note,
    }


def verdict(value: float, low: float, high: float) -> str:
    """PASS in the band, NEAR within a quarter of its nearer end, else FAIL."""
    if low <= value <= high:
        return "PASS"
    if low * (1 - NEAR) <= value <= high * (1 + NEAR):
        return "NEAR"
    return "FAIL"
