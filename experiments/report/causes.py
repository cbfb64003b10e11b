"""What stands between the levers and the headline: paired effects of what each phase brings about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from agents.schema import Floats
from experiments.report.results import Results, once
from experiments.statistics import gaps, paired
from experiments.text import STOCKS

# Phase → the recorded series that come of it, in the order in which they follow from each other.
CAUSES: Mapping[str, tuple[str, ...]] = {
    "opening": ("aware_firms", "envelopes_moved"),
    "founding": ("births", "spin_offs", "arrivals", "arrivals_refused", "contestants", "leaders",
                 "agencies_opened"),
    "hosting": ("places", "places_used", "admitted", "graduates", "floor_space", "occupancy",
                "rent", "relocations"),
    "hiring": ("top_arrivals", "awards", "poached", "talent_hours", "top_talent", "st_staff",
               "wage_st"),
    "transferring": ("licences", "licence_fees", "inventions_cleared", "patents_operated"),
    "granting": ("applications", "grant_refusals", "grants_count", "grants", "projects_granted",
                 "projects", "joint_projects", "applicant_effort", "misuse"),
    "investing": ("public_commitments", "private_commitments", "funds_raised", "vc_deals",
                  "vc_public", "vc_amount", "fund_backed"),
    "lending": ("loan_applications", "refusals", "loans_small_count", "loans_small",
                "defaults_small", "pool_called", "bank_losses"),
    "researching": ("rnd", "rnd_without_anchors", "innovations", "patents", "launches",
                    "platforms_built"),
    "selling": ("orders", "orders_count", "new_product_revenue", "orders_declined",
                "standards_led", "revenue"),
    "settling": ("profit", "tax", "royalties"),
    "leaving": ("exits_insolvency", "exits_closure", "exits_departure", "exits_sale", "listings",
                "quotations", "issued", "sales_value"),
}  # fmt: skip
COLUMNS = ("phase", "metric", "kind", "n", "baseline", "mean", "low", "high", "per_cent")


@once
def causes(results: Results) -> pd.DataFrame:
    """Paired effects of the focus on every series of CAUSES that was recorded.

    Columns: phase, metric, kind (level: at the end of the run; cumulative: its sum), n, baseline,
    mean, low, high (95% t interval, in the store's unit) and per_cent; what is nought in every run of
    both sides is left out.
    """
    series, rows, keys = results.focus_series, [], ["design", "seed"]
    last = series[series["quarter"] == series["quarter"].max()].groupby(keys)
    whole = series.groupby(keys)
    for phase, names in CAUSES.items():
        for name in (name for name in names if name in series):
            stock = name in STOCKS
            runs = (last if stock else whole)[name].sum()
            mine, other = sides(runs, str(results.focus["design"]), results.reference)
            if mine.any() or other.any():
                kind = "level" if stock else "cumulative"
                rows.append({"phase": phase, "metric": name, "kind": kind, **effect(mine, other)})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def sides(runs: pd.Series, design: str, reference: str) -> tuple[Floats, Floats]:
    """A number a run (index: design, seed) of a design and of its reference, on the seeds of both."""
    both = runs.unstack("design").reindex(columns=[design, reference]).dropna()
    return both.iloc[:, 0].to_numpy(float), both.iloc[:, 1].to_numpy(float)


def effect(mine: np.ndarray, other: np.ndarray) -> dict[str, Any]:
    """The paired effect of one run's number on another's: n, baseline, mean, low, high, per_cent."""
    found, baseline = paired(gaps(mine, other)), float(other.mean())
    return {
        "n": len(mine), "baseline": baseline, "mean": found.mean, "low": found.low,
        "high": found.high, "per_cent": 100 * found.mean / baseline if baseline else np.nan,
    }  # fmt: skip
