"""The report's tables as plain rows of words, ready for the template."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.metrics import COST
from experiments.report.assumptions import Assumption
from experiments.report.findings import (
    COSTS,
    is_better,
    is_worse,
    label,
    name_key,
    sizes,
    wished,
    worse_keys,
)
from experiments.report.names import title
from experiments.report.results import Described, Results
from experiments.statistics import reading_of
from experiments.text import Text
from experiments.told import Told

# The numbers of the first page.
CARDS = (("employment", "job_years"), ("rnd", "cumulative"), ("patents", "cumulative"), COST)


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
        "tone": tone(row),
    }


def tone(row: Mapping[str, Any]) -> str:
    """How an effect is coloured: a gain, a harm, a cost or what is clear but neither; else nothing."""
    if reading_of(row) not in ("up", "down"):
        return ""
    if row["metric"] in COSTS:
        return "cost"
    return "gain" if is_better(row) else "harm" if is_worse(row) else "neither"


def _finite(value: Any) -> bool:
    return math.isfinite(float(value))


def cards(text: Text, results: Results) -> list[dict[str, str]]:
    """The four numbers of the first page: three effects and the net cost."""
    over = text("report.over", span=text.span(results.quarters))
    found = []
    for key in CARDS:
        row = results.row(str(results.focus["design"]), *key)
        if row is not None:
            found.append(effect_row(text, row) | {"kind": over})
    return found


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


def planned(design: Described) -> float:
    """What the levers of a scenario may spend a year [m yuan]."""
    return sum(float(values["envelope"]) for values in design["levers"].values())


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
