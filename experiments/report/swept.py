"""The first page of a sweep: what was varied, how results answer, which point is best for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from experiments.figures.study import Study
from experiments.gallery.over_time import forests
from experiments.gallery.swept import sweep_charts
from experiments.report import best, cross, response
from experiments.report.axes import Axis, Sweep, sweeps
from experiments.report.names import title
from experiments.report.pictures import inline
from experiments.report.point_names import (
    MOST_NAMED,
    axis_names,
    named_by,
    point_names,
    quoted,
    value_words,
)
from experiments.report.results import Results
from experiments.text import Text
from experiments.world_names import design_world, study_worlds

MOST_SWEEPS = 3  # scenarios that a first page can tell of, each swept
MOST_POINTS = 6  # best points whose values are listed
MOST_AXES = 12  # values listed before the rest is counted
FORESTS = (
    "forest-employment",
    "forest-rnd",
)  # where words were varied, which have no axis of numbers
DESIGNS = ("lhs", "sobol", "morris", "grid")


def varied(results: Results) -> bool:
    """True where the report is about a sweep as a whole: nobody asked for one of its designs."""
    return not results.scenario and bool(sweeps(results))


def content(text: Text, results: Results, study: Study) -> dict[str, Any]:
    """What the first page of a sweep shows in one language."""
    found = sweeps(results)
    swept = {design for sweep in found for design in sweep.points}
    others = [item for item in results.compared if item["design"] not in swept]
    return {
        "title": _title(text, results, found),
        "lead": _lead(text, results, found),
        "blocks": [
            _block(text, results, study, sweep, place)
            for place, sweep in enumerate(found[:MOST_SWEEPS])
        ],
        "several": len(found) > 1,
        "more": text("swept.more", count=len(found) - MOST_SWEEPS) if found[MOST_SWEEPS:] else "",
        "others": text("swept.others", scenarios=text.listed(title(text, item) for item in others))
        if others else "",
        "reference": _reference(text, results),
        "named": _named(text, results, found),
        "example": text("swept.example", point=_example(text, results, found)),
        "example_intro": text("swept.example_intro", reference=_reference(text, results)),
        "example_command": example_command(results),
        "names": dict(pair for sweep in found for pair in _called(text, results, sweep, found)),
        "order": [design for sweep in found for design in sweep.order],
    }  # fmt: skip


def example_command(results: Results) -> str:
    """What shows another point in the same detail."""
    last = str(results.compared[-1]["design"])
    return f"wotu report {results.folder} scenario='{last}'"


def _example(text: Text, results: Results, found: list[Sweep]) -> str:
    """The point that is shown in detail, with the values it has."""
    focus = str(results.focus["design"])
    for sweep in found:
        if focus in sweep.points:
            point = point_names(text, results, sweep)[focus]
            return text("report.named_value", name=_scenario(text, results, sweep), value=point)
    return title(text, results.focus)


def _named(text: Text, results: Results, found: list[Sweep]) -> str:
    """How the points of tables are called, where a name holds several values."""
    axes = {named_by(text, results, s) for s in found if 1 < len(s.axes) <= MOST_NAMED}
    return text("swept.named", axes=axes.pop()) if len(axes) == 1 else ""


def _called(
    text: Text, results: Results, sweep: Sweep, all_sweeps: list[Sweep]
) -> Iterator[tuple[str, str]]:
    """What tables call the points: by their values, and of several scenarios by these too."""
    for name, words in point_names(text, results, sweep).items():
        called = text("report.named_value", name=_scenario(text, results, sweep), value=words)
        yield name, called if len(all_sweeps) > 1 else words


def _scenario(text: Text, results: Results, sweep: Sweep) -> str:
    return title(text, {**results.designs[sweep.order[0]], "design": sweep.group})


def _reference(text: Text, results: Results) -> str:
    """The reference without the world or the point that it stands in: there may be one in each."""
    reference = results.designs[results.reference]
    return title(text, {**reference, "design": reference["scenario"]})


def _title(text: Text, results: Results, found: list[Sweep]) -> str:
    names = {key: name for sweep in found for key, name in axis_names(text, results, sweep).items()}
    few = len(names) <= 2
    key = "swept.title" if len(found) == 1 else "swept.title_several"
    told = [quoted(text, key, name) for key, name in names.items()]
    axes = text("swept.and").join(told) if few else text("swept.values", count=len(names))
    return text(key, scenario=_scenario(text, results, found[0]), axes=axes)


def _lead(text: Text, results: Results, found: list[Sweep]) -> str:
    axes = {axis.key for sweep in found for axis in sweep.axes}
    worlds = study_worlds(text, results.designs.values()) if "world" in axes else {}
    said = text(
        "swept.lead",
        scenarios=text.listed(_scenario(text, results, sweep) for sweep in found[:MOST_SWEEPS]),
        points=sum(len(sweep.points) for sweep in found),
        reference=_reference(text, results),
        world=text("swept.and").join(worlds.values()) or design_world(text, results.focus, axes),
        start=text.date(0), end=text.date(results.quarters - 1), span=text.span(results.quarters),
        n=results.pairs,
    )  # fmt: skip
    scale = float(results.world().get("scale", 1.0))
    if scale == 1.0 or {"world", "world.scale"} & axes:
        return said
    size = text.per_cent(100 * scale, signed=False)
    return text("report.sentences", first=said, second=text("report.scaled", size=size))


def _block(text: Text, results: Results, study: Study, sweep: Sweep, number: int) -> dict[str, Any]:
    """All that the page says of one scenario that was swept."""
    names = axis_names(text, results, sweep)
    return {
        "key": f"sweep-{number}",
        "scenario": _scenario(text, results, sweep),
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
        "charts": list(_charts(results, study, sweep, number)),
        "tables": list(response.tables(text, results, sweep)) if sweep.lattice else [],
        "spread": [] if sweep.lattice else response.spread(text, results, sweep),
        "points": len(sweep.points),
        "winners": list(best.sentences(text, results, sweep)),
        "best_title": text("swept.best_worlds_title" if sweep.of_worlds else "swept.best"),
        "best_at": text("swept.best_at_values", axes=named_by(text, results, sweep))
        if 1 < len(sweep.axes) <= MOST_NAMED else text("swept.best_at"),
        "best": best.table(text, results, sweep),
        "named": _values_of_best(text, results, sweep),
        "lattice": sweep.lattice,
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


def _charts(results: Results, study: Study, sweep: Sweep, number: int) -> Iterator[str]:
    """Effects against values; where words were varied, a row a word."""
    text = study.text
    labels = {**study.labels, **point_names(text, results, sweep)}
    labels[results.reference] = _reference(text, results)
    here = replace(study, labels=labels)
    charts = list(sweep_charts(results, here, sweep))
    if not charts and len(sweep.axes) == 1 and len(sweeps(results)) == 1:
        charts = [chart for chart in forests(results, here) if chart.name in FORESTS]
    for chart in charts:
        yield inline(chart.figure(here), f"{text.lang}-first{number}-{chart.name}", chart.alt)
