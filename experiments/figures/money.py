"""Chart 10: public and private money of one year as bands from payer to payee."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from experiments.figures.effects import clear_rows
from experiments.figures.study import Study
from experiments.figures.style import INK, SAND, SECTIONS, SOFT, UMBER, Board, board, styled
from experiments.figures.typeset import apart, width, wrapped
from experiments.statistics import reading_of

# Nodes by column, from the top down: payers, parts of the document, funds, those who are paid.
LAYERS = (
    ("purse", "standing", "investors", "founders", "banks", "market"),
    SECTIONS,
    ("funds",),
    ("people", "carriers", "services", "lenders", "suppliers", "administration", "firms"),
)
PUBLIC = ("purse", "standing")
WIDE = 10.0  # inches from which a sheet is a slide
TALLER = 1.2  # a page grows by so much, or its labels would leave the bands no room
NODE = 0.13  # width of a node [inches]


@dataclass
class Node:
    """A box of the picture: its place [inches], its money, and how far its bands have come."""

    name: str
    layer: int
    paid: float = 0.0
    received: float = 0.0
    above: list[tuple[str, str]] = field(default_factory=list)  # words over it, with their colours
    bottom: float = 0.0
    top: float = 0.0
    used: dict[str, float] = field(default_factory=lambda: {"out": 0.0, "in": 0.0})

    @property
    def amount(self) -> float:
        """Money through the node: funds keep money between years, so that the sides may differ."""
        return max(self.paid, self.received)


def title(frame: pd.DataFrame, study: Study) -> str:
    """The scenario's own money beside private money, and whether that clearly differs.

    Standing programmes pay in the reference too; they are in the picture, but not the scenario's.
    """
    text = study.text
    own = frame[(frame["part"] == "band") & (frame["source"] == "purse")]["level"].sum()
    words = {
        "scenario": study.label(str(frame["design"].iloc[0])),
        "public": text.money(float(own)),
        "year": year(frame, study),
    }
    told, private = _private(frame, study)
    return text(f"chart.money_{told}", **words, **private)


def _private(frame: pd.DataFrame, study: Study) -> tuple[str, dict[str, str]]:
    """What may be said of private money, and its words, alike in the title and in the picture."""
    total = frame[frame["part"] == "total"]
    if total.empty:
        return "public", {}
    row = total.iloc[0]
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    told = reading_of(row.to_dict())
    scale = study.text.scale("net_cost", (mean, low, high), effect=True)
    words = study.effect(told, scale, (mean, low, high))
    return told, {"private": study.text.money(float(row["level"])), **words}


def year(frame: pd.DataFrame, study: Study) -> str:
    """The four quarters shown, first to last."""
    last = int(frame["quarter"].iloc[0])
    ends = {"low": study.text.date(last - 3), "high": study.text.date(last)}
    return study.text("number.interval", **ends)


def alt(frame: pd.DataFrame, study: Study) -> str:
    """The chart in words, for those who do not see it."""
    return study.text("chart.alt_money", title=title(frame, study))


def money(frame: pd.DataFrame, study: Study) -> Figure:
    """Draw the bands of `gallery.money.money_frame`: mean amounts in m yuan a year, all on one scale.

    `frame`: part (band or total), design, quarter, source, target, public, n, level, mean, low, high.
    """
    text, sheet = study.text, study.sheet
    if sheet.width < WIDE:
        study = replace(study, sheet=replace(sheet, height=TALLER * sheet.height))
    with styled():
        made = board(
            study.sheet,
            title(frame, study),
            text("chart.money_subtitle", year=year(frame, study)),
            text(
                "chart.money_caption",
                n=int(frame["n"].min()),
                seeds=study.seeds,
                reference=study.label(study.reference),
                identity=study.identity,
            ),
        )
        _flow(made, frame, study)
    return made.figure


def _nodes(bands: pd.DataFrame) -> dict[str, Node]:
    nodes = {name: Node(name, layer) for layer, names in enumerate(LAYERS) for name in names}
    for row in bands.to_dict("records"):
        nodes[str(row["source"])].paid += float(row["level"])
        nodes[str(row["target"])].received += float(row["level"])
    return {name: node for name, node in nodes.items() if node.amount > 0.0}


def _flow(made: Board, frame: pd.DataFrame, study: Study) -> None:
    bands = frame[frame["part"] == "band"]
    nodes, points = _nodes(bands), (0.72 if study.sheet.width > WIDE else 0.62) * study.sheet.points
    axes = made.canvas()
    line = 1.3 * points / 72
    columns = [[node for node in nodes.values() if node.layer == layer] for layer in range(4)]
    left, right = (_room(columns[layer], bands, study, points) for layer in (0, 3))
    span = made.width - left - right - NODE
    lefts = [left + share * span for share in (0.0, 0.34, 0.7, 1.0)]
    first = next((node for node in columns[0] if node.name not in PUBLIC), None)
    if first:
        first.above = _sum(frame, study, points, left - 0.8 * points / 72)
    gaps = [[_gap(node, line) for node in column] for column in columns]
    inch = min(
        (made.height - sum(gap[1:])) / sum(node.amount for node in column)
        for column, gap in zip(columns, gaps, strict=True)
        if column
    )
    for column, gap in zip(columns, gaps, strict=True):
        _stack(column, gap, inch, made.height)
    order = list(nodes)
    drawn = sorted(
        bands.to_dict("records"),
        key=lambda row: (order.index(str(row["source"])), order.index(str(row["target"]))),
    )
    for row in drawn:
        source, target = nodes[str(row["source"])], nodes[str(row["target"])]
        ink = UMBER if row["public"] else SAND
        _band(axes, source, target, lefts, inch * float(row["level"]), ink)
    rooms = (left, 0.3 * span, 0.24 * span, right)
    for column, start, room in zip(columns, lefts, rooms, strict=True):
        _labels(axes, column, bands, study, (start, room - 0.8 * points / 72, made.height), points)


def _gap(node: Node, line: float) -> float:
    """The inches kept free above a node for the label of the one before, and for its own heading."""
    return (1.3 if node.layer else 2.4 + len(node.above)) * line


def _stack(column: list[Node], gaps: list[float], inch: float, height: float) -> None:
    """Place a column's nodes from the top down, funds about the middle."""
    tall = sum(inch * node.amount for node in column) + sum(gaps[1:])
    top = height if column and column[0].name != "funds" else (height + tall) / 2
    for node, gap in zip(column, gaps, strict=True):
        top -= gap if node is not column[0] else 0.0
        node.top, node.bottom = top, top - inch * node.amount
        top = node.bottom


def _band(
    axes: Axes, source: Node, target: Node, lefts: list[float], thick: float, ink: str
) -> None:
    """One payment as a curved band, stacked under those already drawn at both ends."""
    start, end = lefts[source.layer] + NODE, lefts[target.layer]
    high, low = source.top - source.used["out"], target.top - target.used["in"]
    source.used["out"] += thick
    target.used["in"] += thick
    middle = (start + end) / 2
    points = [
        (start, high), (middle, high), (middle, low), (end, low),
        (end, low - thick), (middle, low - thick), (middle, high - thick), (start, high - thick),
        (start, high),
    ]  # fmt: skip
    codes = [1, 4, 4, 4, 2, 4, 4, 4, 79]
    patch = PathPatch(Path(points, codes), facecolor=ink, edgecolor=ink, linewidth=0.5, alpha=0.32)
    patch.set_label(f"{source.name}>{target.name}")
    axes.add_patch(patch)


def _words(node: Node, study: Study) -> str:
    return " ".join(_said(node, study))


def _said(node: Node, study: Study) -> tuple[str, str]:
    """Name and amount."""
    return study.text(f"money.{node.name}"), study.text.money(node.amount)


def _lines(node: Node, study: Study, points: float, room: float) -> list[str]:
    """Name and amount on one line where they fit, else the amount on a line of its own."""
    words = _words(node, study)
    if width(words, points) <= room:
        return [words]
    name, amount = _said(node, study)
    return [*wrapped(name, points, room), amount]


def _change(node: Node, bands: pd.DataFrame, study: Study) -> str:
    """How the money of a private payer differs from the reference; nothing for other nodes."""
    rows = bands[(bands["source"] == node.name) & ~bands["public"]]
    if node.layer or len(rows) != 1 or not math.isfinite(float(rows["low"].iloc[0])):
        return ""
    if clear_rows(rows).empty:
        return study.text("chart.money_unchanged")
    mean = float(rows["mean"].iloc[0])
    return study.text(
        "chart.money_change", value=study.text.quantity("net_cost", mean, effect=True, signed=True)
    )


def _room(column: list[Node], bands: pd.DataFrame, study: Study, points: float) -> float:
    """The inches that the labels of an outer column take, at most a quarter of the sheet."""
    wide = [width(_words(node, study), points) for node in column]
    wide += [width(_change(node, bands, study), 0.9 * points) for node in column]
    return min(max(wide, default=0.0) + 0.8 * points / 72, 0.25 * study.sheet.width)


def _labels(
    axes: Axes,
    column: list[Node],
    bands: pd.DataFrame,
    study: Study,
    place: tuple[float, float, float],
    points: float,
) -> None:
    """Name and amount beside each node of a column, moved apart where they meet.

    `place` is the left end of the nodes, the room for words [inches], and the height of the board.
    """
    left, room, height = place
    first, line = bool(column) and column[0].layer == 0, 1.25 * points / 72
    lines, wished = [], []
    for node in column:
        if node.above:
            lines.append(node.above)
            wished.append(node.top + line * (0.5 + len(node.above) / 2))
        rows = [(row, INK) for row in _lines(node, study, points, room)]
        change = _change(node, bands, study)
        rows += [(row, SOFT) for row in wrapped(change, 0.9 * points, room)] if change else []
        lines.append(rows)
        wished.append((node.top + node.bottom) / 2)
        axes.add_patch(
            Rectangle((left, node.bottom), NODE, node.top - node.bottom, color=INK, label=node.name)
        )
    sizes = [line * (len(rows) + 0.15) for rows in lines]
    centres = apart(wished, sizes, 0.0, height)
    pad = 0.4 * points / 72
    at, side = (left - pad, "right") if first else (left + NODE + pad, "left")
    for rows, centre in zip(lines, centres, strict=True):
        for number, (row, ink) in enumerate(rows):
            height_of = centre + line * (len(rows) / 2 - number - 0.5)
            size = points if ink == INK else 0.9 * points
            found = axes.text(at, height_of, row, size=size, color=ink, va="center", ha=side)
            if column[0].layer in (1, 2):  # these stand on the bands
                found.set_bbox({"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.6})


def _sum(frame: pd.DataFrame, study: Study, points: float, room: float) -> list[tuple[str, str]]:
    """What private payers give together, above the first of them, with its change."""
    told, words = _private(frame, study)
    if not words:
        return []
    rows = [(row, INK) for row in wrapped(study.text("chart.money_sum", **words), points, room)]
    if told in ("up", "down", "unclear"):
        said = study.text(f"chart.money_sum_{told}", **words)
        rows += [(row, SOFT) for row in wrapped(said, 0.9 * points, room)]
    return rows
