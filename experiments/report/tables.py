"""The report's tables as plain rows of words, ready for the template."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from experiments.report.assumptions import Assumption
from experiments.report.findings import label, name_key, sizes, wished, worse_keys
from experiments.report.names import title
from experiments.report.results import Described, Results
from experiments.statistics import reading_of
from experiments.text import Scale, Text
from experiments.told import Told

# One table of all scenarios would be too wide for a page: people and firms, then money and ideas.
GROUPS = (
    ("firms", "births", "survival", "employment", "revenue"),
    ("rnd", "patents", "vc_amount", "loans_small", "net_cost", "cost_per_job"),
)
CARDS = (("employment", "job_years"), ("rnd", "cumulative"), ("patents", "cumulative"))
COST = ("net_cost", "cumulative")


def headline_table(text: Text, results: Results) -> list[dict[str, str]]:
    """The focus against its reference, one row a headline metric."""
    found = []
    for key in results.headline():
        row = results.row(str(results.focus["design"]), *key)
        if row is not None:
            found.append(effect_row(text, row))
    return found


def effect_row(text: Text, row: Mapping[str, Any]) -> dict[str, str]:
    """One effect in words."""
    said = reading_of(row)
    value, ends = sizes(text, row, signed=row["metric"] != "cost_per_job")
    key, baseline = name_key(str(row["metric"]), str(row["kind"])), float(row["baseline"])
    undefined = text("number.undefined")
    known, measured = said != "undefined", said not in ("undefined", "single", "same")
    return {
        "metric": label(text, row),
        "kind": "" if row["metric"] == "cost_per_job" else text(f"kinds.{row['kind']}"),
        "baseline": text.quantity(key, baseline) if math.isfinite(baseline) else "",
        "effect": value if known else undefined,
        "per_cent": text.per_cent(float(row["per_cent"])) if _finite(row["per_cent"]) else "",
        "interval": ends if measured else "",
        "reading": "" if row["metric"] == "cost_per_job" and known else text(f"report.{said}"),
        "state": "plain" if row["metric"] == "cost_per_job" and known else said,
    }


def _finite(value: Any) -> bool:
    return math.isfinite(float(value))


def cards(text: Text, results: Results) -> list[dict[str, str]]:
    """The four numbers of the first page: three effects and the net cost."""
    rows = (results.row(str(results.focus["design"]), *key) for key in (*CARDS, COST))
    return [effect_row(text, row) for row in rows if row is not None]


def lever_rows(
    text: Text,
    design: Described,
    known: Mapping[str, Sequence[Assumption]],
    levers: Mapping[str, Told],
) -> list[dict[str, Any]]:
    """What a scenario changes, lever by lever, with the lever's own values."""
    found = []
    for name, values in design["levers"].items():
        kind, envelope = levers.get(name), float(values["envelope"])
        found.append(
            {
                "title": kind.title[text.lang] if kind else name,
                "clause": kind.clause if kind else "",
                "own": text("report.and").join(
                    _named(text, item) for item in key_values(known.get(name, ()))
                ),
                "envelope": text("report.a_year", value=text.money(envelope))
                if envelope
                else text("report.no_cost"),
                "period": _period(text, values),
            }
        )
    return found


def _named(text: Text, item: Assumption) -> str:
    """A value with its name, as in "public share of a sub-fund: 30%"."""
    value = text.joined(item.value, item.unit)
    return text("report.named_value", name=item.meaning, value=value)


def _period(text: Text, values: Mapping[str, Any]) -> str:
    start, end = int(values["start"]), int(values["end"])
    if start == 0 and end >= 400:
        return text("report.period_all")
    return text("report.period_value", start=text.date(start), end=text.date(end - 1))


def key_values(items: Sequence[Assumption]) -> list[Assumption]:
    """A lever's own values, without those that every lever has and the table shows already."""
    common = ("start", "end", "envelope")
    return [
        item
        for item in items
        if item.name not in common and not (item.name.startswith("targeting.") and not item.changed)
    ]


def comparison(text: Text, results: Results) -> Iterator[dict[str, Any]]:
    """Every compared design on the headline metrics, in tables narrow enough to print."""
    known = dict(results.headline())
    for group in GROUPS:
        metrics = [(name, known[name]) for name in group if name in known]
        if metrics:
            scales = {key: _scale(text, results, *key) for key in metrics}
            yield {
                "heads": [_head(text, *key, scales[key]) for key in metrics],
                "rows": [
                    {
                        "title": title(text, design),
                        "cells": [
                            _cell(text, results, design, *key, scales[key]) for key in metrics
                        ],
                    }
                    for design in results.compared
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
        return {"mean": text("number.missing"), "interval": "", "state": "undefined"}
    said, ratio = reading_of(row), metric == "cost_per_job"
    if said == "undefined":
        return {"mean": text("number.undefined"), "interval": "", "state": said}
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    scale = column.finer((mean, low, high))
    return {
        "mean": scale.number(mean, signed=not ratio),
        "interval": text.interval(low, high, scale, signed=not ratio) if math.isfinite(low) else "",
        "state": "plain" if ratio else said,
    }


def intervals_shown(results: Results) -> int:
    """How many intervals the comparison holds."""
    return len(results.headline()) * len(results.compared)


def worse(text: Text, results: Results) -> list[dict[str, Any]]:
    """What gets clearly worse, scenario by scenario, the focus first."""
    found = []
    order = sorted(results.compared, key=lambda item: item is not results.focus)
    for design in order:
        name = str(design["design"])
        rows = [results.row(name, *key) for key in worse_keys(results, name)]
        bad = [effect_row(text, row) for row in rows if row is not None]
        if bad:
            focus = design is results.focus
            found.append({"title": title(text, design), "rows": bad, "focus": focus})
    return found


def worse_selected(text: Text, results: Results) -> str:
    """Out of how many intervals the tables of what gets worse were picked, and what chance does."""
    count = sum(wished(results, str(design["design"])) for design in results.compared)
    return text("report.worse_selected", count=count)
