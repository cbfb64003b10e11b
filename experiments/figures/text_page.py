"""A page of words in the look of the charts: numbers in boxes, sentences, and rows of two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.style import (
    BLUE,
    GREY,
    INK,
    LARGE_HEADING,
    PLUM,
    RULE,
    SOFT,
    Sheet,
    board,
    styled,
)
from experiments.figures.typeset import as_large_as_fits, width, wrapped

# Text is as large as fits between these shares of the sheet's size: a hall reads few words from afar.
MOST, LEAST = 1.45, 0.5
ALONE = 1.9  # of one or two sentences, which have a sheet for themselves
LEFT, GAP = 0.34, 0.03  # of the width: the least for names, and what is between the columns
ABOVE = 0.35  # of the room that is still left, the part above the words
APART = 1.0  # most room added between paragraphs where much is left [lines]
# Only a gain is proud; what may not be claimed is grey.
TONES = {"gain": BLUE, "harm": PLUM, "cost": INK, "neither": INK}

Lines = Sequence[str | tuple[str, str]]


@dataclass(frozen=True)
class Card:
    """One number in a box: what it is, its size, interval and reading; `tone` as in TONES."""

    what: str
    number: str
    interval: str
    reading: str
    tone: str = ""


def text_page(
    sheet: Sheet,
    title: str,
    subtitle: str,
    caption: str,
    lines: Lines,
    cards: Sequence[Card] = (),
) -> Figure:
    """Set cards in a row, then sentences as a list; a pair of words is a row of two columns.

    Type and room grow until the sheet is filled, since a slide of a few small lines looks empty.
    """
    with styled():
        made = board(sheet, title, subtitle, caption, LARGE_HEADING)
        axes = made.canvas()
        top = made.height
        if cards:
            top = _cards(axes, cards, made.width, top, sheet)
        points = largest(lines, made.width, top, sheet.points)
        spare = max(top - _tall(lines, made.width, points), 0.0)
        apart = min(spare / (len(lines) + 1), APART * _step(points)) if lines else 0.0
        spare -= apart * len(lines)
        _lines(axes, lines, made.width, top - ABOVE * spare, points, apart)
    return made.figure


def largest(lines: Lines, room: float, tall: float, points: float) -> float:
    """The size [points] at which lines fill a room [inches] without leaving it."""
    alone = len(lines) <= 2 and all(isinstance(line, str) for line in lines)
    most = ALONE if alone else MOST
    fits = as_large_as_fits(most, LEAST, lambda size: _tall(lines, room, size * points) <= tall)
    return fits * points


def _cards(axes: Axes, cards: Sequence[Card], room: float, top: float, sheet: Sheet) -> float:
    """Boxes side by side; returns the height left below them [inches]."""
    points, gap = sheet.points, 0.18
    wide, tall = (room - gap * (len(cards) - 1)) / len(cards), 7.4 * points / 72
    for place, card in enumerate(cards):
        left = place * (wide + gap)
        axes.add_patch(
            Rectangle(
                (left, top - tall),
                wide,
                tall,
                facecolor="white",
                edgecolor=RULE,
                lw=1.2,
                clip_on=False,
            )
        )
        ink = TONES.get(card.tone, GREY)
        rows = (
            (card.what, 0.85, SOFT, 1.0),
            (card.number, 1.5, ink, 3.0),
            (card.interval, 0.75, SOFT, 4.6),
            (card.reading, 0.85, ink, 5.9),
        )
        for words, size, colour, drop in rows:
            fit = min(1.0, (wide - 0.2) / max(width(words, size * points), 0.1))
            axes.text(
                left + 0.12, top - (drop + 0.5) * points / 72, words,
                size=fit * size * points, color=colour, va="center",
            )  # fmt: skip
    return top - tall - 1.1 * points / 72


def _broken(words: str, points: float, room: float) -> list[str]:
    """Lines no wider than `room`; a longer word, as a command's may be, is cut at a comma or slash."""
    lines = []
    for line in wrapped(words, points, room):
        while width(line, points) > room and len(line) > 1:
            cut = _cut(line, points, room)
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line)
    return lines


def _cut(line: str, points: float, room: float) -> int:
    """After which letter to break: the last comma that fits, else the last slash, else anywhere."""
    fit = 1
    while width(line[: fit + 1], points) <= room:
        fit += 1
    return line.rfind(",", 0, fit) + 1 or line.rfind("/", 0, fit) + 1 or fit


def _columns(lines: Lines, room: float, points: float) -> tuple[float, float]:
    """The widths of names and of what is said of them: names take what the others leave."""
    pairs = [line for line in lines if not isinstance(line, str)]
    names = max((width(name, points) for name, _ in pairs), default=0.0)
    said = max((width(words, points) for _, words in pairs), default=0.0)
    left = max(LEFT * room, min(names, (1.0 - GAP) * room - said))
    return left, (1.0 - GAP) * room - left


def _tall(lines: Lines, room: float, points: float) -> float:
    """The inches that sentences and rows take."""
    columns = _columns(lines, room, points)
    return sum(_step(points) * (_count(line, room, points, columns) + 0.42) for line in lines)


def _step(points: float) -> float:
    """From line to line [inches]."""
    return 1.42 * points / 72


def _count(
    line: str | tuple[str, str], room: float, points: float, columns: tuple[float, float]
) -> int:
    if isinstance(line, str):
        return len(_broken(line, points, room - 1.2 * points / 72))
    parts = zip(line, columns, strict=True)
    return max(len(_broken(words, points, wide)) for words, wide in parts)


def _lines(
    axes: Axes,
    lines: Lines,
    room: float,
    top: float,
    points: float,
    apart: float,
) -> None:
    step, widths = _step(points), _columns(lines, room, points)
    for line in lines:
        first, indent = top - step / 2, 1.2 * points / 72
        if isinstance(line, str):
            axes.plot(0.3 * points / 72, first, "s", color=BLUE, markersize=0.32 * points)
            columns = [(indent, _broken(line, points, room - indent), INK)]
        else:
            left, right = widths
            columns = [
                (0.0, _broken(line[0], points, left), SOFT),
                (room - right, _broken(line[1], points, right), INK),
            ]
        for start, rows, ink in columns:
            for place, row in enumerate(rows):
                axes.text(start, first - place * step, row, size=points, color=ink, va="center")
        top -= step * (_count(line, room, points, widths) + 0.42) + apart
