"""Government's orders of new products: planned purchases, so no part of what a policy costs."""

from __future__ import annotations

from typing import Any

from experiments.report.causes import effect, sides
from experiments.report.findings import sizes
from experiments.report.names import title
from experiments.report.results import Described, Results, once
from experiments.statistics import reading_of
from experiments.text import Text

COLUMN = "orders"


def told(text: Text, results: Results) -> list[str]:
    """That the focus's orders are not in its net cost, with their amount; nothing where it has none."""
    row = ordered(results, str(results.focus["design"]))
    if row is None or reading_of(row) != "up":
        return []
    value, ends = sizes(text, row)
    interval = text("report.interval_words", interval=ends)
    return [text("report.finding_orders", value=value, interval=interval)]


def of_all(text: Text, results: Results) -> str:
    """The same of every scenario compared, in one sentence; empty where none of them orders."""
    found = [
        text("report.named_value", name=title(text, design), value=text.money(row["mean"]))
        for design in results.compared
        if (row := ordered(results, _id(design))) is not None and reading_of(row) == "up"
    ]
    return text("report.orders_of_all", orders=text("report.and").join(found)) if found else ""


def across(text: Text, results: Results) -> str:
    """The same of the points of a sweep, from the least to the most; empty where none orders."""
    found = [ordered(results, _id(design)) for design in results.compared]
    sums = [row["mean"] if row and reading_of(row) == "up" else 0.0 for row in found]
    if not any(sums):
        return ""
    low, high = text.money(min(sums)), text.money(max(sums))
    span = high if low == high else text("number.interval", low=low, high=high)
    return text("report.orders_of_all", orders=span)


@once
def ordered(results: Results, design: str) -> dict[str, Any] | None:
    """The paired effect of a design on the orders of the run [m yuan]; nothing where none is stored."""
    if COLUMN not in results.all_series:
        return None
    reference = str(results.designs[design]["reference"]) or design
    runs = results.series([design, reference]).groupby(["design", "seed"])[COLUMN].sum()
    mine, other = sides(runs, design, reference)
    return {"metric": COLUMN, "kind": "cumulative", **effect(mine, other)} if len(mine) else None


def _id(design: Described) -> str:
    return str(design["design"])
