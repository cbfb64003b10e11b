"""What the first page of a sweep says of one scenario: its axes, answers, charts and best points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from experiments.figures.study import Study
from experiments.gallery.chart import Chart
from experiments.gallery.over_time import forests
from experiments.gallery.swept import sweep_charts
from experiments.report import best, cross, response
from experiments.report.axes import Axis, Sweep, sweeps
from experiments.report.outcomes import measured
from experiments.report.point_names import (
    MOST_NAMED,
    axis_names,
    named_by,
    point_names,
    reference_name,
    scenario_name,
    value_words,
)
from experiments.report.results import Results
from experiments.text import Text

MOST_POINTS = 6  # best points whose values are listed
MOST_AXES = 12  # values listed before the rest is counted
# Where words were varied, which have no axis of numbers.
FORESTS = ("forest-employment", "forest-rnd")
DESIGNS = ("lhs", "sobol", "morris", "grid")


def block(text: Text, results: Results, sweep: Sweep) -> dict[str, Any]:
    """All that report and slides say of one scenario that was swept."""
    names = axis_names(text, results, sweep)
    return {
        "scenario": scenario_name(text, results, sweep),
        "varied": _points(text, results, sweep),
        "axes": [
            {"name": names[axis.key], "key": axis.key, "tried": _values(text, results, sweep, axis)}
            for axis in sweep.axes[:MOST_AXES]
        ],
        "axes_left": text("swept.axes_left", count=len(sweep.axes) - MOST_AXES)
        if sweep.axes[MOST_AXES:] else "",
        "pointer": _pointer(text, sweep),
        "command": _command(results, sweep),
        "answers": response.sentences(text, results, sweep),
        "tables": list(response.tables(text, results, sweep)) if sweep.lattice else [],
        "spread": [] if sweep.lattice else response.spread(text, results, sweep),
        "points": len(sweep.points),
        "compared": len(sweep.axes) * len(measured(results)),
        "winners": list(best.sentences(text, results, sweep)),
        "best_title": text("swept.best_worlds_title" if sweep.of_worlds else "swept.best"),
        "best_note": text("swept.best_note" if sweep.lattice else "swept.best_note_spread"),
        "best_head": _best_head(text, sweep),
        "point_names": named(text, results, [sweep]),
        "best_at": _best_at(text, results, sweep),
        "best": best.table(text, results, sweep),
        "named": _values_of_best(text, results, sweep),
        "crossed": list(cross.crossed(text, results, sweep)),
    }  # fmt: skip


def _points(text: Text, results: Results, sweep: Sweep) -> str:
    count = len(sweep.points)
    if sweep.lattice:
        key = "swept.varied_one" if len(sweep.axes) == 1 else "swept.varied_crossed"
        return text(key, points=count)
    given = dict(item.split("=", 1) for item in results.manifest["overrides"] if "=" in item)
    design = given.get("design", DESIGNS[0]) if results.manifest["verb"] == "sweep" else "lists"
    known = design if design in (*DESIGNS, "lists") else DESIGNS[0]
    return text("swept.varied_spread", points=count, design=text(f"swept.design_{known}"))


def _values(text: Text, results: Results, sweep: Sweep, axis: Axis) -> str:
    words = value_words(text, results, sweep, axis)
    if not axis.numeric or sweep.lattice:
        return text.listed(words.values())
    span = results.manifest.get("ranges", {}).get(axis.key)
    ends = (float(span["low"]), float(span["high"])) if span else axis.values
    whole = value_words(text, results, sweep, replace(axis, values=tuple(ends)))
    return text("number.interval", low=whole[ends[0]], high=whole[ends[-1]])


def _best_head(text: Text, sweep: Sweep) -> str:
    return text("swept.best_at_world" if sweep.of_worlds else "swept.best_at")


def _best_at(text: Text, results: Results, sweep: Sweep) -> str:
    """The head of the best points, with what their names are made of."""
    if 1 < len(sweep.axes) <= MOST_NAMED:
        return text("swept.best_at_values", axes=named_by(text, results, sweep))
    return _best_head(text, sweep)


def named(text: Text, results: Results, found: Sequence[Sweep]) -> str:
    """How the points of tables are called, where a name holds several values."""
    axes = {named_by(text, results, s) for s in found if 1 < len(s.axes) <= MOST_NAMED}
    return text("swept.named", axes=axes.pop()) if len(axes) == 1 else ""


def _values_of_best(text: Text, results: Results, sweep: Sweep) -> dict[str, Any] | None:
    """The values of the best points, where these are called by their numbers."""
    if len(sweep.axes) <= MOST_NAMED:
        return None
    names = axis_names(text, results, sweep)
    called = point_names(text, results, sweep)
    points = sorted({one.design for one in best.best(results, sweep)})[:MOST_POINTS]
    rows = []
    for place, axis in enumerate(sweep.axes[:MOST_AXES]):
        words = value_words(text, results, sweep, axis)
        cells = [words[sweep.points[design][place]] for design in points]
        rows.append({"title": names[axis.key], "cells": cells})
    return {"heads": [called[design] for design in points], "rows": rows}


def _pointer(text: Text, sweep: Sweep) -> str:
    """Where to ask which of many values matters; a crossing of a few shows it by itself."""
    return "" if sweep.lattice or len(sweep.axes) < 2 else text("swept.pointer")


def _command(results: Results, sweep: Sweep) -> str:
    scenario = results.designs[sweep.order[0]]["scenario"]
    keys = ",".join(axis.key for axis in sweep.axes[:MOST_AXES] if axis.numeric)
    return f"wotu sensitivity scenario={scenario} parameters={keys}"


def shown(results: Results, study: Study, sweep: Sweep) -> tuple[Study, list[Chart]]:
    """Effects against values; where words were varied, a row a word. With what points are called."""
    text = study.text
    labels = {**study.labels, **point_names(text, results, sweep)}
    labels[results.reference] = reference_name(text, results)
    here = replace(study, labels=labels)
    charts = list(sweep_charts(results, here, sweep))
    if not charts and len(sweep.axes) == 1 and len(sweeps(results)) == 1:
        charts = [chart for chart in forests(results, here) if chart.name in FORESTS]
    return here, charts
