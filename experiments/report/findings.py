"""Sentences made from numbers: direction, size and interval, and no claim where zero is inside."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.metrics import HIGH, LOW, METRICS, NONE
from experiments.report.results import Results
from experiments.statistics import reading_of
from experiments.text import Text

Row = Mapping[str, Any]

DIRECTIONS = {(metric.name, metric.kind): metric.direction for metric in METRICS}
# Neither good nor bad to a firm's accounts, but a burden to whoever pays.
BURDENS = frozenset({("wage_st", "level"), ("rent", "level")})
COSTS = frozenset({"net_cost", "cost_per_job", "outlay"})


def name_key(metric: str, kind: str) -> str:
    """The catalogue's name of a metric; the mean of employment is counted in job-years."""
    return "job_years" if kind == "job_years" else metric


def wish(row: Row) -> str:
    """Which way a planner would wish a metric to go: HIGH, LOW, or nothing to be judged by."""
    key = (str(row["metric"]), str(row["kind"]))
    if key[0] in COSTS:
        return NONE
    return LOW if key in BURDENS else DIRECTIONS.get(key, NONE)


def is_worse(row: Row) -> bool:
    """True for a clear effect in the direction that a planner would not wish."""
    return (wish(row), reading_of(row)) in ((HIGH, "down"), (LOW, "up"))


def worse_keys(results: Results, design: str) -> list[tuple[str, str]]:
    """What gets clearly worse under a design, as (metric, kind)."""
    rows = map(plain, results.rows(design).to_dict("records"))
    return [(str(row["metric"]), str(row["kind"])) for row in rows if is_worse(row)]


def wished(results: Results, design: str) -> int:
    """How many metrics of a design have a direction that a planner would not wish."""
    rows = map(plain, results.rows(design).to_dict("records"))
    return sum(wish(row) != NONE for row in rows)


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A record of a frame with its columns' names as text."""
    return {str(key): value for key, value in row.items()}


def is_better(row: Row) -> bool:
    """True for a clear effect in the direction that a planner would wish."""
    key, said = (str(row["metric"]), str(row["kind"])), reading_of(row)
    way = DIRECTIONS.get(key)
    if key[0] in COSTS:
        return False
    return (way == HIGH and said == "up") or (way == LOW and said == "down")


def label(text: Text, row: Row) -> str:
    """A metric's name, for people."""
    key = name_key(str(row["metric"]), str(row["kind"]))
    return text.get(f"metrics.{key}.label", key)


def sizes(text: Text, row: Row, *, signed: bool = False) -> tuple[str, str]:
    """Size and interval of an effect in words, on one scale."""
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    key = name_key(str(row["metric"]), str(row["kind"]))
    ratio = row["metric"] == "cost_per_job"
    scale = text.scale(key, (mean, low, high), effect=not ratio)
    shown = scale.number(mean if signed else abs(mean), signed=signed)
    return text.joined(shown, scale.unit), text.interval(low, high, scale, signed=not ratio)


def sentence(text: Text, row: Row) -> str:
    """One clear effect as a sentence; an empty string where nothing may be claimed."""
    said = reading_of(row)
    if said not in ("up", "down"):
        return ""
    value, ends = sizes(text, row)
    words = {
        "metric": label(text, row),
        "value": value,
        "interval": text("report.interval_words", interval=ends),
    }
    per_cent = float(row["per_cent"])
    if not math.isfinite(per_cent):
        return text(f"report.finding_{said}_plain", **words)
    return text(f"report.finding_{said}", percent=text.per_cent(per_cent), **words)


def answer(text: Text, results: Results) -> list[str]:
    """The first page's findings on the focus: what is clear, what is not, what it costs."""
    return outcome(text, results) + cost(text, results)


def outcome(text: Text, results: Results) -> list[str]:
    """The headline metrics of the focus by what may be said of them."""
    design = str(results.focus["design"])
    rows = [results.row(design, *key) for key in results.headline() if key[0] not in COSTS]
    measured = [row for row in rows if row is not None]
    if any(reading_of(row) == "single" for row in measured):
        return [text("report.finding_single")]
    lines = [named(text, said, measured) for said in ("up", "down")]
    if not any(lines):
        lines = [text("report.finding_none")]
    lines += [named(text, said, measured) for said in ("unclear", "equal")]
    return [line for line in lines if line]


def named(text: Text, said: str, rows: Sequence[Row]) -> str:
    """The metrics of which one thing may be said, with their change in per cent if it is clear."""
    found = []
    for row in rows:
        if reading_of(row) == said:
            per_cent = float(row["per_cent"])
            shown = said in ("up", "down") and math.isfinite(per_cent)
            change = text("report.in_brackets", words=text.per_cent(per_cent)) if shown else ""
            found.append(text.inline(name_key(str(row["metric"]), str(row["kind"]))) + change)
    return text(f"report.finding_all_{said}", metrics=text.listed(found)) if found else ""


def cost(text: Text, results: Results) -> list[str]:
    """Net cost in all and a year, and the cost of a job-year where jobs clearly rise."""
    design, lines = str(results.focus["design"]), []
    net = results.row(design, "net_cost", "cumulative")
    if net is not None:
        signed, years = float(net["mean"]) < 0, results.quarters / 4
        value, ends = sizes(text, net, signed=signed)
        words = {"value": value, "span": text.span(results.quarters), "yearly": ""}
        if years > 1:
            mean = text.quantity("net_cost", float(net["mean"]) / years, signed=signed)
            words["yearly"] = text("report.yearly", value=mean)
        if math.isfinite(float(net["low"])):
            words["interval"] = text("report.interval_words", interval=ends)
            lines.append(text("report.finding_cost", **words))
        else:
            lines.append(text("report.finding_cost_unmeasured", **words))
    job = results.row(design, "cost_per_job", "ratio")
    if job is not None and results.pairs > 1:
        if math.isfinite(float(job["mean"])):
            value, ends = sizes(text, job)
            interval = text("report.interval_words", interval=ends)
            lines.append(text("report.finding_job", value=value, interval=interval))
        else:
            lines.append(text(_no_job_cost(results.row(design, "employment", "job_years"))))
    return lines


def _no_job_cost(jobs: Row | None) -> str:
    """Why there is no cost per additional job-year: jobs fall, or it is not clear that they rise."""
    falls = jobs is not None and reading_of(jobs) == "down"
    return "report.finding_job_fewer" if falls else "report.finding_job_undefined"
