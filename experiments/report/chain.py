"""The report's "why": from what the levers changed, by way of what moved, to the headline, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.report import findings, orders
from experiments.report.causes import causes
from experiments.report.moved import moved, numbers, outlays, sentence
from experiments.report.results import Results
from experiments.statistics import reading_of
from experiments.text import Text
from experiments.told import Told

MOST = 10  # levers told one by one


def chain(text: Text, results: Results, levers: Mapping[str, Told]) -> dict[str, Any]:
    """The mechanism chain of the focus as words for the template.

    levers and folded: lines of the ten levers that paid out most, and of the rest; numbers: rows of
    a table of every term; steps: {title, direct, lines} by phase, in the order of the quarter;
    rest: what cannot be told of the phases that no lever touches; headline: lines; notes.
    """
    terms, effects = moved(results), causes(results)
    told = list(_levers(text, results, terms, levers))
    steps = list(_steps(text, terms, effects))
    single = any(reading_of(findings.plain(row)) == "single" for row in effects.to_dict("records"))
    return {
        "levers": told[:MOST],
        "folded": told[MOST:],
        "numbers": list(_numbers(text, terms, levers)),
        "steps": [] if single else steps,
        "headline": _headline(text, results),
        "notes": _notes(text, results, terms, effects, steps, single=single),
    }


def _name(text: Text, lever: str, levers: Mapping[str, Told]) -> str:
    return levers[lever].title[text.lang] if lever in levers else lever


def _levers(
    text: Text, results: Results, terms: pd.DataFrame, levers: Mapping[str, Told]
) -> Iterator[dict[str, str]]:
    """Each lever with what it paid out and what it moved, the largest outlay first."""
    if terms.empty:
        return
    flows = "flows" in results.store
    for lever, amount in outlays(results).items():
        rows = terms[terms["lever"] == lever].to_dict("records")
        parts = [sentence(text, findings.plain(row), results.quarters) for row in rows]
        paid = text("why.paid" if flows else "why.planned", value=text.money(amount))
        yield {
            "title": _name(text, lever, levers),
            "paid": paid if amount else text("why.paid_none"),
            "moved": text("why.join").join(parts) if parts else text("why.nothing"),
        }


def _numbers(
    text: Text, terms: pd.DataFrame, levers: Mapping[str, Told]
) -> Iterator[dict[str, str]]:
    for row in terms.to_dict("records"):
        yield {
            "lever": _name(text, str(row["lever"]), levers),
            **dict(numbers(text, findings.plain(row))),
        }


def _steps(text: Text, terms: pd.DataFrame, effects: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """What moved, phase by phase; phases that no lever touches are told where something is clear."""
    touched = set(terms["phase"])
    for phase, rows in effects.groupby("phase", sort=False):
        records = [findings.plain(row) for row in rows.to_dict("records")]
        direct = phase in touched
        lines = [line for row in records if (line := findings.sentence(text, row))]
        unclear = [row for row in records if reading_of(row) in ("unclear", "same")]
        if unclear and direct:
            names = [text.inline(str(row["metric"])) for row in unclear]
            lines.append(text("report.finding_all_unclear", metrics=text.listed(names)))
        if direct and (alike := findings.named(text, "equal", records)):
            lines.append(alike)
        if lines:
            clear = any(reading_of(row) in ("up", "down") for row in records)
            title = text(f"why.phases.{phase}")
            yield {"title": title, "direct": direct, "clear": clear, "lines": lines}


def _headline(text: Text, results: Results) -> list[str]:
    """Clear effects on headline metrics with their intervals, then those not clear, then the cost."""
    design = str(results.focus["design"])
    keys = [key for key in results.headline() if key[0] not in findings.COSTS]
    rows = [row for key in keys if (row := results.row(design, *key)) is not None]
    lines = [line for row in rows if (line := findings.sentence(text, row))]
    if any(reading_of(row) == "single" for row in rows):
        lines = [text("report.finding_single")]
    elif not lines:
        lines = [text("report.finding_none")]
    names = [
        text.inline(findings.name_key(str(row["metric"]), str(row["kind"])))
        for row in rows
        if reading_of(row) == "unclear"
    ]
    if names:
        lines.append(text("report.finding_all_unclear", metrics=text.listed(names)))
    if alike := findings.named(text, "equal", rows):
        lines.append(alike)
    return lines + findings.cost(text, results) + orders.told(text, results)


def _notes(
    text: Text,
    results: Results,
    terms: pd.DataFrame,
    effects: pd.DataFrame,
    steps: list[dict[str, Any]],
    *,
    single: bool,
) -> list[str]:
    """What a reader must know of the chain: what is not stored, not clear, or not shown by it."""
    if "terms" not in results.store:
        return [text("why.no_terms")]
    found = [text("why.single")] if single else []
    if results.focus["levers"] and terms.empty:
        found.append(text("why.nothing_at_all"))
    if not single and len(terms) and not any(s["direct"] and s["clear"] for s in steps):
        found.append(text("why.broken"))
    if not single:
        found += [text("why.caveat"), text("why.many", count=len(effects))]
    return found
