"""The first page of a sweep: what was varied, how results answer, which point is best for what."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from experiments.figures.study import Study
from experiments.report import words
from experiments.report.axes import Sweep, sweeps
from experiments.report.names import title
from experiments.report.pictures import inline
from experiments.report.point_names import (
    axis_names,
    point_names,
    quoted,
    reference_name,
    scenario_name,
)
from experiments.report.results import Results
from experiments.report.swept_scenario import block, named, shown
from experiments.text import Text
from experiments.world_names import SCALE, study_worlds

MOST_SWEEPS = 3  # scenarios that a first page can tell of, each swept


def varied(results: Results) -> bool:
    """True where the report is about a sweep as a whole: nobody asked for one of its designs."""
    return not results.scenario and bool(sweeps(results))


def content(text: Text, results: Results, study: Study) -> dict[str, Any]:
    """What the first page of a sweep shows in one language: words and charts."""
    about = told(text, results)
    for place, (one, sweep) in enumerate(zip(about["blocks"], sweeps(results), strict=False)):
        one |= {"key": f"sweep-{place}", "charts": list(_charts(results, study, sweep, place))}
    return about


def told(text: Text, results: Results) -> dict[str, Any]:
    """What report and slides say of a sweep, without its charts."""
    found = sweeps(results)
    swept = {design for sweep in found for design in sweep.points}
    others = [item for item in results.compared if item["design"] not in swept]
    return {
        "title": _title(text, results, found),
        "lead": _lead(text, results, found),
        "blocks": [block(text, results, sweep) for sweep in found[:MOST_SWEEPS]],
        "several": len(found) > 1,
        "more": text("swept.more", count=len(found) - MOST_SWEEPS) if found[MOST_SWEEPS:] else "",
        "others": text("swept.others", scenarios=text.listed(title(text, item) for item in others))
        if others else "",
        "reference": reference_name(text, results),
        "named": named(text, results, found),
        "example": text("swept.example", point=_example(text, results, found)),
        "example_intro": text("swept.example_intro"),
        "example_command": example_command(results),
        "names": dict(pair for sweep in found for pair in _called(text, results, sweep, found)),
        "order": [design for sweep in found for design in sweep.order],
    }  # fmt: skip


def example_command(results: Results, verb: str = "report") -> str:
    """What shows another point in the same detail."""
    last = str(results.compared[-1]["design"])
    return shlex.join(["wotu", verb, str(results.folder), f"scenario={last}"])


def _charts(results: Results, study: Study, sweep: Sweep, number: int) -> Iterator[str]:
    here, charts = shown(results, study, sweep)
    for chart in charts:
        yield inline(chart.figure(here), f"{study.text.lang}-first{number}-{chart.name}", chart.alt)


def _example(text: Text, results: Results, found: list[Sweep]) -> str:
    """The point that is shown in detail, with the values it has."""
    focus = str(results.focus["design"])
    for sweep in found:
        if focus in sweep.points:
            return _full(text, results, sweep, point_names(text, results, sweep)[focus])
    return title(text, results.focus)


def _called(
    text: Text, results: Results, sweep: Sweep, all_sweeps: list[Sweep]
) -> Iterator[tuple[str, str]]:
    """What tables call the points: by their values, and of several scenarios by these too."""
    for name, called in point_names(text, results, sweep).items():
        yield name, _full(text, results, sweep, called) if len(all_sweeps) > 1 else called


def _full(text: Text, results: Results, sweep: Sweep, called: str) -> str:
    """A point with the scenario that it is one of."""
    return text("report.named_value", name=scenario_name(text, results, sweep), value=called)


def _title(text: Text, results: Results, found: list[Sweep]) -> str:
    names = {key: name for sweep in found for key, name in axis_names(text, results, sweep).items()}
    few = len(names) <= 2
    key = "swept.title" if len(found) == 1 else "swept.title_several"
    told = [quoted(text, key, name) for key, name in names.items()]
    axes = text("swept.and").join(told) if few else text("swept.values", count=len(names))
    return text(key, scenario=scenario_name(text, results, found[0]), axes=axes)


def _lead(text: Text, results: Results, found: list[Sweep]) -> str:
    axes = {axis.key for sweep in found for axis in sweep.axes}
    worlds = list(study_worlds(text, results.compared).values())
    said = text(
        "swept.lead",
        scenarios=text.listed(scenario_name(text, results, sweep) for sweep in found[:MOST_SWEEPS]),
        points=sum(len(sweep.points) for sweep in found),
        reference=reference_name(text, results),
        world=text("swept.and").join(worlds) if len(worlds) < 3 else text.listed(worlds),
        start=text.date(0), end=text.date(results.quarters - 1), span=text.span(results.quarters),
        n=results.pairs,
    )  # fmt: skip
    of_one_size = len(worlds) == 1 and SCALE not in axes
    return words.with_scale(text, results, said) if of_one_size else said
