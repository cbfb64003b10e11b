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
from experiments.text import MINUS, Text, said_unit
from experiments.value_names import value_name


def title(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The box that holds the most failures, by the policy that fails there and in words."""
    first = frame.iloc[int(frame["coverage"].to_numpy().argmax())]
    text = study.text
    mine = frame[(frame["policy"] == first["policy"]) & (frame["box"] == first["box"])]
    parts = [
        text(
            "chart.boxes_part_world" if row["parameter"] == "world" else "chart.boxes_part",
            name=_name(row, text),
            range=_words(row, study),
        )
        for row in mine.to_dict("records")
    ]
    return text(
        "chart.boxes_title", policy=str(first["title"]), metric=text.inline(metric),
        density=text.per_cent(100 * float(first["density"]), signed=False),
        where=text("chart.boxes_and").join(parts),
    )  # fmt: skip


def alt(frame: pd.DataFrame, metric: str, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    words = title(frame, metric, study)
    return study.text("chart.alt_boxes", metric=study.text.inline(metric), title=words)


def boxes(frame: pd.DataFrame, metric: str, study: Study) -> Figure:
    """Draw a row a restriction: in grey what was sampled, in colour where the policy fails.

    `frame` has a row a policy, box and parameter: policy, title, box, parameter (a world value's key,
    or "world"), low and high (empty where open), worlds (comma-separated), range_low, range_high, unit,
    density, coverage, conditions and n, of the box and study, least (failing is to do no better),
    failures and clear_failures of the policy.
    """
    text = study.text
    failed = frame.drop_duplicates("policy")
    with styled():
        made = board(
            study.sheet,
            title(frame, metric, study),
            text(
                "chart.boxes_subtitle", metric=text.inline(metric),
                least=text.quantity(
                    metric, float(frame["least"].iloc[0]), effect=True, signed=True
                ),
            ),
            text(
                "chart.boxes_caption", conditions=int(frame["conditions"].max()),
                n=int(frame["n"].min()), seeds=study.seeds, identity=study.identity,
                failures=int(failed["failures"].sum()), clear=int(failed["clear_failures"].sum()),
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
            _restriction(axes, place, line, points, (room, ends), study)
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
    axes: Axes,
    place: int,
    line: Mapping[Any, Any],
    points: float,
    rooms: tuple[float, float],
    study: Study,
) -> None:
    text, key, (room, right) = study.text, str(line["parameter"]), rooms
    name, said = _name(line, text), _words(line, study)
    if key != "world":
        _range(axes, place, line)
        ends = (_number(line[f"range_{end}"]) for end in ("low", "high"))
        said = text(
            "chart.boxes_sampled", said=said, **dict(zip(("low", "high"), ends, strict=True))
        )
    lines = balanced(name, 0.92 * points, room - 0.45)[:2]
    _beside(axes, place, "\n".join(lines), 0.92 * points, INK, 0.2 - room)
    if key == "world":
        axes.text(0.0, place, said, size=0.92 * points, color=INK, va="center", ha="left")
    else:
        said = "\n".join(balanced(said, 0.92 * points, right - 0.15)[:2])
        _beside(axes, place, said, 0.92 * points, INK, 0.12)


def _range(axes: Axes, place: int, line: Mapping[Any, Any]) -> None:
    """Draw what was sampled, and the part of it where the policy fails."""
    low, high = float(line["range_low"]), float(line["range_high"])
    places = [(end - low) / ((high - low) or 1.0) for end in _ends(line)]
    axes.barh(place, 1.0, height=0.34, color=RULE, zorder=1, label="_sampled")
    axes.barh(
        place, places[1] - places[0], left=places[0], height=0.34, color=UMBER, zorder=2,
        label=str(line["parameter"]),
    )  # fmt: skip


def _ends(line: Mapping[Any, Any]) -> tuple[float, float]:
    """Where a policy fails; an open end is that of what was sampled."""
    low, high = (
        float(line[end]) if math.isfinite(line[end]) else float(line[f"range_{end}"])
        for end in ("low", "high")
    )
    return low, high


def _name(line: Mapping[Any, Any], text: Text) -> str:
    key = str(line["parameter"])
    return text("chart.boxes_world") if key == "world" else value_name(key, text)


def _words(line: Mapping[Any, Any], study: Study) -> str:
    """Where a policy fails, in words."""
    text = study.text
    if str(line["parameter"]) == "world":
        return text.listed(study.world(world) for world in str(line["worlds"]).split(","))
    below, above = (not math.isfinite(line[key]) for key in ("low", "high"))
    key = "below" if below else "above" if above else "between"
    low, high = map(_number, _ends(line))
    unit = said_unit(text, str(line["unit"]))
    return text(f"chart.boxes_{key}", unit=unit, low=low, high=high).rstrip()


def _number(value: float) -> str:
    return f"{float(value):.3g}".replace("-", MINUS)
