"""Boxes: the conditions in which a policy fails, as ranges of what was sampled (PRIM)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.headings import balanced
from experiments.figures.study import Study
from experiments.figures.style import INK, RULE, UMBER, Board, board, styled
from experiments.text import MINUS, said_unit
from experiments.value_names import value_name


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The box that holds the most failures, by the policy that fails there."""
    first = frame.iloc[int(frame["coverage"].to_numpy().argmax())]
    text = study.text
    return text(
        "chart.boxes_title", policy=str(first["title"]), metric=text.inline(metric),
        density=text.per_cent(100 * float(first["density"]), signed=False),
        coverage=text.per_cent(100 * float(first["coverage"]), signed=False),
    )  # fmt: skip


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_boxes", metric=study.text.inline(metric), title=words)


def boxes(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw a row a restriction: in grey what was sampled, in colour where the policy fails.

    `frame` has a row a policy, box and parameter: policy, title, box, parameter (a world value's key,
    or "world"), low and high (empty where open), worlds (comma-separated), range_low, range_high, unit,
    density, coverage, conditions and n, of the box and study.
    """
    text = study.text
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text("chart.boxes_subtitle"),
            text(
                "chart.boxes_caption", conditions=int(frame["conditions"].max()),
                n=int(frame["n"].min()), seeds=study.seeds, identity=study.identity,
            ),
        )  # fmt: skip
        _rows(made, frame, study)
    return made.figure


def _rows(made: Board, frame: pd.DataFrame, study: Study) -> None:
    """Each box a heading and its restrictions beneath."""
    lines: list[Mapping[Any, Any]] = []
    for _, rows in frame.groupby(["policy", "box"], sort=False):
        first = rows.iloc[0].to_dict()
        lines += [{**first, "heading": True}, *rows.assign(heading=False).to_dict("records")]
    sheet = study.sheet
    tall = min(made.height / len(lines), 3.6 * sheet.points / 72)
    points = min(0.86 * sheet.points, 0.4 * tall * 72)
    room = 0.36 * made.width
    ends = 0.26 * made.width
    axes = made.axes(
        room, made.height - tall * len(lines), made.width - room - ends, tall * len(lines)
    )
    for place, line in enumerate(lines):
        if line["heading"]:
            _heading(axes, place, line, points, room, study)
        else:
            _restriction(axes, place, line, points, room, study)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)


def _beside(axes: Axes, place: int, words: str, points: float, ink: str, left: float) -> None:
    """Words at `left` inches from the edge of the bars."""
    axes.annotate(
        words, (0.0 if left < 0 else 1.0, place), xycoords=("axes fraction", "data"),
        xytext=(72 * left, 0), textcoords="offset points", size=points, color=ink,
        va="center", ha="left",
    )  # fmt: skip


def _heading(
    axes: Axes, place: int, line: Mapping[Any, Any], points: float, room: float, study: Study
) -> None:
    text = study.text
    words = text(
        "chart.boxes_heading", policy=line["title"],
        density=text.per_cent(100 * line["density"], signed=False),
        coverage=text.per_cent(100 * line["coverage"], signed=False),
    )  # fmt: skip
    _beside(axes, place, words, points, UMBER, -room)


def _restriction(
    axes: Axes, place: int, line: Mapping[Any, Any], points: float, room: float, study: Study
) -> None:
    text, key = study.text, str(line["parameter"])
    if key == "world":
        name = text("chart.boxes_world")
        said = text.listed(text.get(f"worlds.{w}", w) for w in str(line["worlds"]).split(","))
    else:
        name, said = value_name(key, text), _range(axes, place, line, study)
    lines = balanced(name, 0.92 * points, room - 0.45)[:2]
    _beside(axes, place, "\n".join(lines), 0.92 * points, INK, 0.2 - room)
    if key == "world":
        axes.text(0.0, place, said, size=0.92 * points, color=INK, va="center", ha="left")
    else:
        _beside(axes, place, said, 0.92 * points, INK, 0.12)


def _range(axes: Axes, place: int, line: Mapping[Any, Any], study: Study) -> str:
    """Draw the part of the range where the policy fails; returns its ends in words."""
    low, high = float(line["range_low"]), float(line["range_high"])
    ends = [
        float(line["low"]) if math.isfinite(line["low"]) else low,
        float(line["high"]) if math.isfinite(line["high"]) else high,
    ]
    places = [(end - low) / ((high - low) or 1.0) for end in ends]
    axes.barh(place, 1.0, height=0.34, color=RULE, zorder=1, label="_sampled")
    axes.barh(
        place, places[1] - places[0], left=places[0], height=0.34, color=UMBER, zorder=2,
        label=str(line["parameter"]),
    )  # fmt: skip
    unit = said_unit(study.text, str(line["unit"]))
    below, above = (not math.isfinite(line[key]) for key in ("low", "high"))
    key = "below" if below else "above" if above else "between"
    words = {"low": f"{ends[0]:.3g}", "high": f"{ends[1]:.3g}"}
    words = {name: number.replace("-", MINUS) for name, number in words.items()}
    return study.text(f"chart.boxes_{key}", unit=unit, **words).rstrip()
