"""A firm's life in both runs of a pair: revenue over time, and what happened when."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.frames import years
from experiments.figures.study import Study
from experiments.figures.style import (
    GREY,
    INK,
    SOFT,
    Board,
    board,
    legible,
    styled,
)
from experiments.figures.timeline import value_axis, year_axis
from experiments.figures.typeset import width, wrapped
from experiments.story.events import ENDS, ROUTINE, said

MOST = 7  # events listed of each run


def title(frame: pd.DataFrame, who: str, study: Study) -> str:
    """How many things happened in one run only: a count of one firm, not an effect."""
    events = frame[(frame["part"] == "event") & ~frame["event"].isin(ROUTINE)]
    apart = int((~events["shared"].astype(bool)).sum())
    return study.text("story.title", firm=who, count=apart)


def alt(frame: pd.DataFrame, who: str, study: Study) -> str:
    """The picture in words, for those who do not see it."""
    return study.text("story.alt", title=title(frame, who, study))


def life(frame: pd.DataFrame, who: str, study: Study) -> Figure:
    """Draw revenue of both runs, a lane of events each, and at the right what the events were.

    `frame` is that of `story.life.life`: part (event or year), design, seed, uid, quarter, event, value,
    revenue [m yuan a quarter], shared (in the same quarter in both runs).
    """
    text = study.text
    designs = sorted(set(frame["design"]), key=lambda name: name == study.reference)
    years_of = frame[frame["part"] == "year"]
    scale = text.scale("revenue", years_of["revenue"])
    with styled():
        made = board(
            study.sheet,
            title(frame, who, study),
            text("story.subtitle", unit=scale.unit),
            text(
                "story.caption",
                firm=str(int(frame["uid"].iloc[0])),
                seed=int(frame["seed"].iloc[0]),
                identity=study.identity,
            ),
        )
        room = 0.36 * made.width
        times = years(pd.Series([frame["quarter"].min(), frame["quarter"].max()]))
        points, left = 0.8 * study.sheet.points, 0.75
        lane = 2.2 * points / 72
        foot = 1.9 * points / 72
        axes = made.axes(
            left, foot + lane * len(designs), made.width - room - left,
            made.height - foot - lane * len(designs),
        )  # fmt: skip
        _revenue(axes, years_of, designs, study)
        year_axis(axes, times)
        axes.set_xticklabels([])
        value_axis(axes, scale)
        lanes = made.axes(left, foot, made.width - room - left, lane * len(designs))
        _lanes(lanes, frame, designs, study)
        year_axis(lanes, times)
        lanes.tick_params(axis="x", pad=0.5 * points)
        _lists(made, frame, designs, room, points, study)
    return made.figure


def _revenue(axes: Axes, rows: pd.DataFrame, designs: Sequence[str], study: Study) -> None:
    for design in reversed(designs):
        part = rows[rows["design"] == design].sort_values("quarter")
        axes.plot(
            years(part["quarter"]),
            part["revenue"],
            color=study.colour(design),
            linestyle=(0, (5, 2)) if design == study.reference else "-",
            marker=study.marker(design),
            markersize=0.3 * study.sheet.points,
            linewidth=0.14 * study.sheet.points,
            label=design,
        )
    axes.set_ylim(bottom=0.0)


def _lanes(axes: Axes, frame: pd.DataFrame, designs: Sequence[str], study: Study) -> None:
    """A dot an event: large where it is in this run only, small and grey for the daily business."""
    events = frame[frame["part"] == "event"]
    for place, design in enumerate(designs):
        rows = events[events["design"] == design]
        for row in rows.to_dict("records"):
            daily = row["event"] in ROUTINE
            ink = GREY if row["shared"] or daily else study.colour(design)
            at = years(pd.Series([row["quarter"]]))[0]
            axes.plot(
                at, -place, marker="|" if daily else "o", color=ink, label=f"{design}>{row['event']}",
                markersize=study.sheet.points * (0.35 if daily else 0.4),
                markerfacecolor="white" if row["shared"] and not daily else ink,
            )  # fmt: skip
    axes.set_ylim(-len(designs) + 0.4, 0.6)
    axes.set_yticks([])


def _lists(
    made: Board,
    frame: pd.DataFrame,
    designs: Sequence[str],
    room: float,
    points: float,
    study: Study,
) -> None:
    """What happened in each run, date by date, the events of this run only in its colour."""
    step, left = 1.32 * points / 72, made.width - room + 0.25
    canvas = made.canvas()
    half = made.height / len(designs)
    for place, design in enumerate(designs):
        top = made.height - place * half
        ink = legible(study.colour(design))
        head = study.text("story.head", scenario=study.label(design))
        rows = [(line, ink) for line in wrapped(head, 1.05 * points, room - 0.25)]
        rows += _told(frame, design, int(half / step) - len(rows), room - 0.25, points, study)
        for at, (words, shade) in enumerate(rows):
            size = 1.05 * points if words in head else points
            canvas.text(left, top - step * (at + 0.5), words, size=size, color=shade, va="center")


def _told(
    frame: pd.DataFrame, design: str, most: int, room: float, points: float, study: Study
) -> list[tuple[str, str]]:
    """Lines of what happened, at most `most`; those of this run only go before those of both."""
    text = study.text
    rows = frame[(frame["design"] == design) & (frame["part"] == "event")]
    rows = rows[~rows["event"].isin(ROUTINE)]
    # A life without its beginning or its end would be another one: a failure would look a rescue.
    least = rows["event"].isin(["founded", *ENDS])
    order = rows.assign(least=~least).sort_values(["least", "shared", "quarter"], kind="stable")
    keep = order.head(min(MOST, most - 1)).sort_index()
    lines = []
    for row in keep.to_dict("records"):
        ink = SOFT if row["shared"] else INK
        date, event, count = text.date(int(row["quarter"])), str(row["event"]), int(row["count"])
        words = f"{date} {said(text, event, float(row['value']), count)}"
        if width(words, points) > room:
            words = f"{date} {said(text, event, count=count)}"
        lines.append((wrapped(words, points, room)[0], ink))
    if len(rows) > len(keep):
        lines.append((text("story.more", count=len(rows) - len(keep)), SOFT))
    return lines or [(text("story.nothing"), SOFT)]
