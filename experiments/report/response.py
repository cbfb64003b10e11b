"""How each main outcome answers to what was varied: from end to end, or what it goes with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from experiments.report.axes import Axis, Sweep
from experiments.report.findings import name_key
from experiments.report.outcomes import Outcome, difference, effect, measured, told
from experiments.report.point_names import axis_names, quoted, value_words
from experiments.report.results import Results
from experiments.statistics import Rank, closest_first, rank_correlation, reading_of
from experiments.text import Text, plain

SAID = ("up", "down", "unclear")


def ends(results: Results, sweep: Sweep, axis: Axis, outcome: Outcome) -> tuple[Any, Any]:
    """The values between which an axis is judged: the lowest and highest number.

    Words have no order; theirs are those with the smallest and the largest mean effect.
    """
    if axis.numeric:
        return axis.values[0], axis.values[-1]
    means = {v: effect(results, outcome, sweep.at(axis, v))["mean"] for v in axis.values}
    return min(means, key=lambda v: means[v]), max(means, key=lambda v: means[v])


def end_to_end(results: Results, sweep: Sweep, axis: Axis, outcome: Outcome) -> dict[str, float]:
    """The difference of effects between the ends of an axis, averaged over all other axes."""
    first, last = ends(results, sweep, axis, outcome)
    return difference(results, outcome, sweep.at(axis, last), sweep.at(axis, first))


def tables(text: Text, results: Results, sweep: Sweep) -> Iterator[dict[str, Any]]:
    """A table an axis of a lattice: outcomes down, effects at both ends and their difference."""
    named = axis_names(text, results, sweep)
    for axis in sweep.axes:
        words = value_words(text, results, sweep, axis)
        heads = [words[axis.values[0]], words[axis.values[-1]]] if axis.numeric else []
        averaged = len(sweep.axes) > 1
        rows = [_row(text, results, sweep, axis, words, item) for item in measured(results)]
        yield {
            "title": text(
                "swept.table_averaged" if averaged else "swept.table",
                axis=quoted(text, axis.key, named[axis.key]),
            ),
            "heads": [text("swept.at_value", value=head) for head in heads]
            or [text("swept.lowest"), text("swept.highest")],
            "rows": rows,
        }


def _row(
    text: Text, results: Results, sweep: Sweep, axis: Axis, words: Any, outcome: Outcome
) -> dict[str, Any]:
    cells = []
    for value in ends(results, sweep, axis, outcome):
        cell = told(text, outcome, effect(results, outcome, sweep.at(axis, value)))
        cells.append(cell | {"where": "" if axis.numeric else words[value]})
    gap = told(text, outcome, end_to_end(results, sweep, axis, outcome))
    kind = text(f"kinds.{outcome.kind}")
    reading = text(f"swept.reading_{gap['state']}")
    return {"metric": outcome.label(text, results), "kind": kind, "cells": cells, **gap,
            "reading": reading}  # fmt: skip


def ranked(results: Results, sweep: Sweep, outcome: Outcome) -> dict[str, Rank]:
    """How an outcome goes with each numeric axis over the points, by rank; the closest first."""
    means = [effect(results, outcome, [design])["mean"] for design in sweep.order]
    found = {}
    for place, axis in enumerate(sweep.axes):
        if axis.numeric:
            values = [sweep.points[design][place] for design in sweep.order]
            found[axis.key] = rank_correlation(pd.DataFrame({"value": values, "mean": means}))
    return closest_first(found)


def spread(text: Text, results: Results, sweep: Sweep) -> list[dict[str, str]]:
    """Outcomes down: how effects spread over the points, and the value that they go with most."""
    named, rows = axis_names(text, results, sweep), []
    for outcome in measured(results):
        found = [effect(results, outcome, [design]) for design in sweep.order]
        means = np.array([item["mean"] for item in found])
        if not np.isfinite(means).all():
            continue
        low, middle, high = (float(v) for v in np.quantile(means, [0.05, 0.5, 0.95]))
        said = [reading_of(item) for item in found]
        name = name_key(outcome.metric, outcome.kind)
        scale = text.scale(name, [low, middle, high], effect=True)
        ranks = ranked(results, sweep, outcome)
        key, rank = next(iter(ranks.items()), ("", Rank(float("nan"), 0)))
        rows.append(
            {
                "metric": outcome.label(text, results), "kind": text(f"kinds.{outcome.kind}"),
                "unit": scale.unit, "low": scale.number(low, signed=True),
                "middle": scale.number(middle, signed=True),
                "high": scale.number(high, signed=True),
                "up": f"{said.count('up')}", "down": f"{said.count('down')}",
                "with": named[key] if rank.strong else text("swept.with_none"),
                "rank": plain(rank.share, 2, signed=True) if rank.strong else "",
                "state": "up" if rank.strong else "unclear",
            }
        )  # fmt: skip
    return rows


def sentences(text: Text, results: Results, sweep: Sweep) -> list[str]:
    """The same in sentences, by axis: what clearly rises, clearly falls, and does neither."""
    if results.pairs < 2:
        return [text("swept.single")]
    by_axis = _from_end_to_end if sweep.lattice else _by_rank
    return list(by_axis(text, results, sweep))


def _from_end_to_end(text: Text, results: Results, sweep: Sweep) -> Iterator[str]:
    named = axis_names(text, results, sweep)
    for axis in sweep.axes:
        words = value_words(text, results, sweep, axis)
        groups: dict[tuple[str, Any, Any], list[str]] = {}
        for outcome in measured(results):
            gap = told(text, outcome, end_to_end(results, sweep, axis, outcome))
            clear = gap["state"] in ("up", "down")
            size = text("report.in_brackets", words=gap["value"]) if clear else ""
            between = ends(results, sweep, axis, outcome) if clear or axis.numeric else (None, None)
            key = (gap["state"] if clear else "unclear", *between)
            groups.setdefault(key, []).append(outcome.inline(text) + size)
        kind = "number" if axis.numeric else "word"
        kind = f"axis_{kind}" if len(sweep.axes) > 1 else kind
        about = quoted(text, axis.key, named[axis.key])
        for (said, first, last), metrics in sorted(
            groups.items(), key=lambda g: SAID.index(g[0][0])
        ):
            yield text(
                f"swept.{kind}_{said}", axis=about, metrics=text.listed(metrics),
                first=words.get(first, ""), last=words.get(last, ""),
            )  # fmt: skip


def _by_rank(text: Text, results: Results, sweep: Sweep) -> Iterator[str]:
    named, groups = axis_names(text, results, sweep), dict[tuple[str, str], list[str]]()
    for outcome in measured(results):
        strong = [
            (key, rank) for key, rank in ranked(results, sweep, outcome).items() if rank.strong
        ]
        for key, rank in strong:
            way = "rises" if rank.share > 0 else "falls"
            groups.setdefault((key, way), []).append(outcome.inline(text))
        if not strong:
            groups.setdefault(("", "none"), []).append(outcome.inline(text))
    order = [(axis.key, way) for axis in sweep.axes for way in ("rises", "falls")]
    for key, way in [*order, ("", "none")]:
        if (key, way) in groups:
            metrics = text.listed(groups[key, way])
            about = quoted(text, key, named.get(key, ""))
            yield text(f"swept.{way}", axis=about, metrics=metrics)
