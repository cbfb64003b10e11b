"""How charts look: palette, font, sheet sizes, and the frame of title, subtitle and caption."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from colorsys import hls_to_rgb, rgb_to_hls
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from experiments.figures.headings import balanced
from experiments.figures.ruler import FONT, Ruler
from experiments.figures.typeset import wrapped

FAMILY = "Noto Sans SC"

BLUE, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
PURPLE, GREY = "#A285D1", "#6b7280"
INK, SOFT, RULE = "#1f2933", "#52606d", "#d9dee4"
# Whatever is not a scenario: up and down, better and worse, who pays. No scenario has these colours.
UMBER, SAND = "#54371f", "#a8924a"
SECTIONS = ("environment", "vitality", "capability", "industries", "safeguards", "beyond")


COLOURS = (TEAL, ORANGE, PURPLE, PLUM)
MARKERS = tuple("o^sPv*Xp<h>d8")  # as many as have no divisor in common with the colours

SMALLEST = 9.0  # points that text has at least
LEGIBLE = 4.5  # contrast that small text needs on white (WCAG 2)

# Sizes of titles as multiples of plain text: over a chart, and over words that are large themselves.
HEADING, LARGE_HEADING = 1.32, 1.7

TITLE = "_title"  # label of the lines of a chart's title


@dataclass(frozen=True)
class Sheet:
    """A page for one chart: width, height and margin [inches], the size of plain text [points]."""

    width: float
    height: float
    points: float
    margin: float
    dpi: int = 144


SLIDE = Sheet(13.333, 7.5, 15.0, 0.4)
PAGE = Sheet(7.2, 5.5, 12.6, 0.04)


@dataclass(frozen=True)
class Look:
    """How a scenario is told from others, by colour and by marker."""

    colour: str
    marker: str


def looks(designs: Collection[str]) -> dict[str, Look]:
    """The look of each design of a study, given in the study's order, the same in all its charts.

    It follows the scenario, whatever the world (in "small: vitality"); the baseline and the whole
    Opinion have looks of their own, and fifty-two others differ from each other.
    """
    found = dict(OWN)
    for name in map(_scenario, designs):
        place = len(found) - len(OWN)
        found.setdefault(name, Look(COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)]))
    return {design: found[_scenario(design)] for design in (*OWN, *designs)}


def _scenario(design: str) -> str:
    return design.rsplit(": ", 1)[-1]


OWN = {"baseline": Look(GREY, "o"), "opinion_2014": Look(BLUE, "D")}


def contrast(colour: str) -> float:
    """The contrast of a colour on white, from 1 to 21, as WCAG 2 measures it."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in to_rgb(colour)]
    shine = sum(share * v for share, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (shine + 0.05)


@cache
def legible(colour: str) -> str:
    """The colour for words about what has `colour`: the same hue, as dark as small text must be."""
    hue, light, strength = rgb_to_hls(*to_rgb(colour))
    while contrast(colour) < LEGIBLE:
        light *= 0.97
        colour = to_hex(hls_to_rgb(hue, light, strength))
    return colour


@cache
def family() -> list[str]:
    """Font families for charts; the shipped font is made known to matplotlib on first use."""
    font_manager.fontManager.addfont(FONT)
    return [FAMILY, "DejaVu Sans"]


@contextmanager
def styled() -> Iterator[None]:
    """The settings under which a chart is drawn and saved; nothing global is left changed."""
    settings: dict[Any, Any] = {
        "font.family": family(),
        "axes.unicode_minus": True,
        "svg.hashsalt": "wotu",
        "pdf.fonttype": 42,
        "axes.edgecolor": RULE,
        "axes.labelcolor": SOFT,
        "text.color": INK,
        "text.parse_math": False,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "figure.facecolor": "white",
        "path.simplify": False,
    }
    with matplotlib.rc_context(settings):
        yield


@dataclass
class Framed:
    """A chart under construction: its figure, axes, and the inches that the axes fill."""

    figure: Figure
    axes: Axes
    width: float
    height: float

    def settle(self) -> None:
        """Give tick labels at the left the room they take, now that they are known."""
        labels = self.axes.yaxis.get_tightbbox(Ruler(self.figure.dpi))
        box = self.axes.get_position()
        whole = self.figure.get_figwidth()
        taken = (self.axes.bbox.x0 - labels.x0) / self.figure.dpi / whole if labels else 0.0
        self.axes.set_position((box.x0 + taken, box.y0, box.width - taken, box.height))
        self.width = (box.width - taken) * whole


@dataclass
class Board:
    """A headed sheet whose middle is free: place axes on it in inches from its lower left corner."""

    figure: Figure
    sheet: Sheet
    left: float
    bottom: float
    width: float
    height: float

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes of so many inches, without spines at the top, right and left."""
        sheet = self.sheet
        box = (self.left + left) / sheet.width, (self.bottom + bottom) / sheet.height
        made = self.figure.add_axes((*box, width / sheet.width, height / sheet.height))
        _quiet(made, sheet)
        return made

    def canvas(self) -> Axes:
        """Axes over the whole board, in inches, that show nothing by themselves."""
        made = self.axes(0.0, 0.0, self.width, self.height)
        made.set_xlim(0.0, self.width)
        made.set_ylim(0.0, self.height)
        made.set_xticks([])
        made.set_yticks([])
        made.set_axis_off()
        return made


def board(sheet: Sheet, title: str, subtitle: str, caption: str, heading: float = HEADING) -> Board:
    """Set title, subtitle and caption, wrapped, and leave the sheet between them free.

    `heading` is the size of the title as a multiple of plain text.
    """
    figure = Figure(figsize=(sheet.width, sheet.height), dpi=sheet.dpi)
    margin = sheet.margin
    room = sheet.width - 2 * margin
    top = sheet.height - max(0.8 * margin, 0.05)
    top = _block(figure, sheet, title, (margin, top, room), heading * sheet.points, INK, 1.3)
    for line in figure.texts:
        line.set_label(TITLE)
    top -= 0.006 * sheet.points
    top = _block(figure, sheet, subtitle, (margin, top, room), 0.94 * sheet.points, SOFT, 1.4)
    top -= 0.006 * sheet.points
    lines = wrapped(caption, 0.78 * sheet.points, room)
    step = 0.78 * sheet.points * 1.4 / 72
    bottom = max(0.6 * margin, 0.06) + step * len(lines)
    _block(figure, sheet, caption, (margin, bottom, room), 0.78 * sheet.points, SOFT, 1.4)
    bottom += 0.7 * sheet.points / 72
    return Board(figure, sheet, margin, bottom, room, top - bottom - 0.9 * sheet.points / 72)


def framed(sheet: Sheet, title: str, subtitle: str, caption: str, *, right: float) -> Framed:
    """A board with one pair of axes that fill it, and room for tick labels beneath.

    `right` is the inches that direct labels need; `settle` finds what tick labels need.
    """
    made = board(sheet, title, subtitle, caption)
    ticks = 2.3 * sheet.points / 72
    width, height = made.width - right, made.height - ticks
    return Framed(made.figure, made.axes(0.0, ticks, width, height), width, height)


def _block(
    figure: Figure,
    sheet: Sheet,
    words: str,
    place: tuple[float, float, float],
    points: float,
    ink: str,
    leading: float,
) -> float:
    """Write a paragraph line by line from the top [inches]; returns the inches left below it."""
    left, top, room = place
    for line in (balanced if leading < 1.4 else wrapped)(words, points, room):
        figure.text(
            left / sheet.width,
            top / sheet.height,
            line,
            size=points,
            color=ink,
            va="top",
            ha="left",
        )
        top -= points * leading / 72
    return top


def _quiet(axes: Axes, sheet: Sheet) -> None:
    """Keep only what helps to read a value."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=0.88 * sheet.points, length=0, pad=0.35 * sheet.points)
    axes.set_axisbelow(True)
