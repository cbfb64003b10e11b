"""Two axes crossed: a table an outcome, one axis down, the other across."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experiments.report.axes import Sweep
from experiments.report.findings import name_key
from experiments.report.outcomes import Outcome, effect, told
from experiments.report.point_names import axis_names, value_words
from experiments.report.results import Results
from experiments.report.tables import CARDS
from experiments.text import Text


def crossed(text: Text, results: Results, sweep: Sweep) -> Iterator[dict[str, Any]]:
    """A table an outcome of the first page; nothing where there are not two axes that cross.

    A table has title, axis (across), heads and rows of cells; `heat` is a cell's share of the largest
    clear effect, so that clear ones stand out in a table of many.
    """
    if len(sweep.axes) != 2 or not sweep.lattice:
        return
    known = set(results.headline())
    for key in CARDS:
        if key in known:
            yield _table(text, results, sweep, Outcome(*key))


def _table(text: Text, results: Results, sweep: Sweep, outcome: Outcome) -> dict[str, Any]:
    down, across = sweep.axes
    named = axis_names(text, results, sweep)
    downs, acrosses = (value_words(text, results, sweep, axis) for axis in (down, across))
    by_place = {place: design for design, place in sweep.points.items()}
    found = {place: effect(results, outcome, [name]) for place, name in by_place.items()}
    numbers = [item[end] for item in found.values() for end in ("mean", "low", "high")]
    scale = text.scale(name_key(outcome.metric, outcome.kind), numbers, effect=True)
    cells = {}
    for place, item in found.items():
        cell = told(text, outcome, item)
        own = scale.finer((item["mean"], item["low"], item["high"]))
        if cell["state"] != "undefined":
            cell["value"] = own.number(item["mean"], signed=True)
            cell["interval"] = (
                text.interval(item["low"], item["high"], own) if cell["interval"] else ""
            )
        cells[place] = cell
    largest = max((abs(f["mean"]) for p, f in found.items() if cells[p]["tone"]), default=0.0)
    for place, cell in cells.items():
        share = abs(found[place]["mean"]) / largest if largest and cell["tone"] else 0.0
        cell["heat"] = f"{share:.2f}"
    label = outcome.label(text, results)
    return {
        "title": text("number.measured", metric=label, unit=text.listed(
            part for part in (text(f"kinds.{outcome.kind}"), scale.unit) if part)),
        "down": named[down.key], "across": named[across.key],
        "heads": [acrosses[value] for value in across.values],
        "rows": [
            {"title": downs[value], "cells": [cells[value, other] for other in across.values]}
            for value in down.values
        ],
    }  # fmt: skip
