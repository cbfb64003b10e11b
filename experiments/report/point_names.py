"""What the axes of a sweep, their values and its points are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from experiments.report.assumptions import written
from experiments.report.axes import DATES, Axis, Sweep, Value
from experiments.report.names import title
from experiments.report.results import Results
from experiments.text import Text, said_unit
from experiments.told import told_levers
from experiments.value_names import value_name, value_names
from experiments.world_names import study_worlds

MOST_NAMED = 3  # axes whose values can stand for a point; beyond, its number does
_NOUGHTS = re.compile(r"(?<=\d)\.0+(?!\d)|(?<=\.\d)0+(?!\d)|(?<=\.\d\d)0+(?!\d)")  # 1.00, 1.50
DIGITS = 3  # of a value that a design of points has chosen


def axis_names(text: Text, results: Results, sweep: Sweep) -> dict[str, str]:
    """The axes by key, each as it is called; among several levers with the lever whose value it is."""
    keys = [axis.key for axis in sweep.axes]
    found = {
        key: text.get(f"swept.axis_{key}", name) for key, name in value_names(keys, text).items()
    }
    levers = told_levers(results.manifest)
    if len(results.designs[sweep.order[0]]["levers"]) > 1:
        for key in keys:
            owner, _, rest = key.partition(".")
            lever = levers.get(rest.partition(".")[0])
            if owner == "levers" and lever:
                name = value_name(key, text)
                found[key] = text("value_of", lever=lever.title[text.lang], value=name)
    return found


def quoted(text: Text, key: str, name: str) -> str:
    """The name of an axis inside a sentence; worlds need no marks."""
    return name if key == "world" else text("swept.quoted", words=name)


def named_by(text: Text, results: Results, sweep: Sweep) -> str:
    """The axes whose values are a point's name, in their order."""
    return text.listed(axis_names(text, results, sweep).values())


def value_words(text: Text, results: Results, sweep: Sweep, axis: Axis) -> dict[Value, str]:
    """The values of an axis in words, each different from the others."""
    if axis.key == "world":
        worlds = study_worlds(text, results.designs.values())
        return {value: worlds[str(value)] for value in axis.values}
    digits = 12 if sweep.lattice else DIGITS
    found = {value: _words(text, axis, value, digits) for value in axis.values}
    if len(set(found.values())) == len(found) or not sweep.lattice:
        return found
    # Money is written with three digits, to which two values may be alike.
    unit = said_unit(text, axis.unit)
    return {value: text.joined(f"{value:.12g}", unit) for value in axis.values}


def _words(text: Text, axis: Axis, value: Value, digits: int) -> str:
    if isinstance(value, str):
        return value
    if axis.key.rsplit(".", 1)[-1] in DATES and axis.key.startswith("levers."):
        return text.date(int(value))
    shown, unit = written(text, float(f"{value:.{digits}g}"), axis.unit)
    shown = _NOUGHTS.sub("", shown)
    if axis.unit == "m yuan/year":
        return text("report.a_year", value=shown)
    return text.joined(shown, unit)


def point_names(text: Text, results: Results, sweep: Sweep) -> dict[str, str]:
    """Every point as a reader knows it: by its values, by its number where these are too many."""
    words = [value_words(text, results, sweep, axis) for axis in sweep.axes]
    return {design: _name(text, sweep, design, words) for design in sweep.order}


def _name(text: Text, sweep: Sweep, design: str, words: Sequence[Mapping[Value, str]]) -> str:
    number = "" if sweep.lattice else design.removeprefix(sweep.group).strip()
    if len(sweep.axes) > MOST_NAMED:
        return number or design
    said = text.listed(
        of_axis[value] for of_axis, value in zip(words, sweep.points[design], strict=True)
    )
    return number + text("report.in_brackets", words=said) if number else said


def scenario_name(text: Text, results: Results, sweep: Sweep) -> str:
    """The scenario that was swept, without the values of any point."""
    return title(text, {**results.designs[sweep.order[0]], "design": sweep.group})


def reference_name(text: Text, results: Results) -> str:
    """The reference without the world or the point that it stands in: there may be one in each."""
    reference = results.designs[results.reference]
    return title(text, {**reference, "design": reference["scenario"]})
