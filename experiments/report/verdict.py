"""Is it worth its cost, and who bears what: the first page's judgement, made from numbers alone."""

from __future__ import annotations

import math
from typing import Any

from experiments.gallery.cost import GAINS, plane_frame
from experiments.report import findings
from experiments.report.results import Results
from experiments.statistics import reading_of
from experiments.text import Text

READINGS = {"up": "more", "down": "less", "unclear": "open"}
EFFORT = ("applicant_effort", "cumulative")
WORST = 3  # deteriorations named


def verdict(text: Text, results: Results) -> list[str]:
    """Whether each gain that is set against money is worth the net cost, clearly or not.

    Empty where nothing can be said; else the last sentence says what the judgement leaves out.
    """
    lines = [line for metric, kind in GAINS if (line := _judged(text, results, metric, kind))]
    return [*lines, text("report.verdict_values")] if lines else []


def _judged(text: Text, results: Results, metric: str, kind: str) -> str:
    frame = plane_frame(results, metric, kind)
    if frame.empty:
        return ""
    rows = frame[(frame["part"] == "mean") & (frame["design"] == results.focus["design"])]
    if rows.empty:
        return ""
    row: Any = rows.iloc[0]
    worth, low, high = (float(row[name]) for name in ("worth", "worth_low", "worth_high"))
    said = reading_of({"mean": worth, "low": low, "high": high, "n": int(row["n"])})
    if said not in READINGS:
        return ""
    scale = text.scale("net_cost", (worth, low, high), effect=True)
    return text(
        f"report.verdict_{READINGS[said]}",
        measure=text(f"report.measure_{metric}", amount=text.money(float(row["threshold"]))),
        value=text.joined(scale.number(worth, signed=True), scale.unit),
        interval=text("report.interval_words", interval=text.interval(low, high, scale)),
    )


def burdens(text: Text, results: Results) -> list[str]:
    """The worst clear deteriorations, and what applicants pay outside the net cost."""
    if results.pairs < 2:
        return []
    design = str(results.focus["design"])
    keys = findings.worse_keys(results, design)
    rows = [row for key in keys if (row := results.row(design, *key)) is not None]
    lines = [_worst(text, rows, findings.wished(results, design))]
    effort = results.row(design, *EFFORT)
    if effort is not None and reading_of(effort) == "up":
        value, ends = findings.sizes(text, effort)
        interval = text("report.interval_words", interval=ends)
        lines.append(text("report.burden_applicants", value=value, interval=interval))
    return lines


def _worst(text: Text, rows: list[dict[str, Any]], total: int) -> str:
    if not rows:
        return text("report.worse_none")
    order = sorted(rows, key=lambda row: -_size(row))
    shown = [
        text.inline(findings.name_key(str(row["metric"]), str(row["kind"])))
        + (text("report.in_brackets", words=text.per_cent(_change(row))) if _size(row) else "")
        for row in order[:WORST]
    ]
    key = "report.burden_more" if len(rows) > WORST else "report.burden"
    return text(key, count=len(rows), total=total, metrics=text.listed(shown))


def _change(row: dict[str, Any]) -> float:
    return float(row["per_cent"])


def _size(row: dict[str, Any]) -> float:
    """The size of a change in per cent; nought where there is no level to measure it by."""
    return abs(_change(row)) if math.isfinite(_change(row)) else 0.0
