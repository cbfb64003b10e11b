"""Scenarios down, metrics across: all that was compared, in full and at a glance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from experiments.report.findings import label, name_key
from experiments.report.names import title
from experiments.report.results import Described, Results
from experiments.report.tables import CARDS, planned, tone
from experiments.statistics import reading_of
from experiments.text import Scale, Text

# One table of all scenarios would be too wide for a page: people and firms, then money and ideas.
GROUPS = (
    ("firms", "births", "survival", "employment", "revenue"),
    ("rnd", "patents", "vc_amount", "loans_small", "net_cost", "cost_per_job"),
)
NO_NAMES: Mapping[str, str] = {}
MOST = 12  # scenarios in the short table; all are in the full one


def comparison(
    text: Text, results: Results, called: Mapping[str, str] = NO_NAMES
) -> Iterator[dict[str, Any]]:
    """Every compared design on the headline metrics, in tables narrow enough to print.

    `called` are names that a reader understands better than those of the designs, as of points.
    """
    known = dict(results.headline())
    for group in GROUPS:
        metrics = [(name, known[name]) for name in group if name in known]
        if metrics:
            yield _matrix(text, results, metrics, results.compared, called)


def glance(
    text: Text, results: Results, called: Mapping[str, str] = NO_NAMES, first: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Scenarios on a few lines, the focus first: what each contains and the first page's numbers.

    Points of a sweep are `called` by their values and stand in an order of their own (`first`).
    Nothing where one alone is compared; `left` says how many more there are than fit.
    """
    if len(results.compared) < 2:
        return None
    known = set(results.headline())
    metrics = [key for key in CARDS if key in known]
    order = sorted(results.compared, key=lambda item: item is not results.focus)
    if first:
        places = {design: place for place, design in enumerate(first)}
        order.sort(key=lambda item: places.get(str(item["design"]), len(places)))
    table = _matrix(text, results, metrics, order[:MOST], called)
    for row, design in zip(table["rows"], order, strict=False):
        total = planned(design)
        row["levers"] = str(len(design["levers"]))
        row["planned"] = text.money(total) if total else text("report.no_cost")
    left = len(order) - MOST
    return table | {"left": text("report.glance_left", count=left) if left > 0 else ""}


def _matrix(
    text: Text,
    results: Results,
    metrics: Sequence[tuple[str, str]],
    designs: Sequence[Described],
    called: Mapping[str, str],
) -> dict[str, Any]:
    """Designs down, metrics across: heads with the unit of each column, rows of cells."""
    scales = {key: _scale(text, results, *key) for key in metrics}
    return {
        "heads": [_head(text, *key, scales[key]) for key in metrics],
        "rows": [
            {
                "title": called.get(str(design["design"])) or title(text, design),
                "cells": [_cell(text, results, design, *key, scales[key]) for key in metrics],
            }
            for design in designs
        ],
    }


def _scale(text: Text, results: Results, metric: str, kind: str) -> Scale:
    """One scale for a column, so that its numbers can be compared at a glance."""
    rows = results.effects
    rows = rows[(rows["metric"] == metric) & (rows["kind"] == kind)]
    values = [float(value) for name in ("mean", "low", "high") for value in rows[name]]
    return text.scale(name_key(metric, kind), values, effect=metric != "cost_per_job")


def _head(text: Text, metric: str, kind: str, scale: Scale) -> dict[str, str]:
    ratio = metric == "cost_per_job"
    return {
        "metric": label(text, {"metric": metric, "kind": kind}),
        "kind": "" if ratio else text(f"kinds.{kind}"),
        "unit": scale.unit,
    }


def _cell(
    text: Text, results: Results, design: Described, metric: str, kind: str, column: Scale
) -> dict[str, str]:
    row = results.row(str(design["design"]), metric, kind)
    if row is None:
        return {"mean": text("number.missing"), "interval": "", "state": "undefined", "tone": ""}
    said, ratio = reading_of(row), metric == "cost_per_job"
    if said == "undefined":
        return {"mean": text("number.undefined"), "interval": "", "state": said, "tone": ""}
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    scale = column.finer((mean, low, high))
    return {
        "mean": scale.number(mean, signed=not ratio),
        "interval": text.interval(low, high, scale, signed=not ratio) if math.isfinite(low) else "",
        "state": "plain" if ratio else said,
        "tone": tone(row),
    }
