"""A page with one table in the look of the charts: a name, facts, and cells of two lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.style import INK, LARGE_HEADING, RULE, SOFT, Sheet, board, styled
from experiments.figures.text_page import TONES
from experiments.figures.typeset import as_large_as_fits, width, wrapped

MOST, LEAST = 1.4, 0.5  # text is as large as fits between these shares of the sheet's size
APART = 1.6  # times the height of a row, at most, where much room is left
CLOSE, GENEROUS = 0.12, 0.35  # between columns, at the least, and where text is set larger [inches]
NAMES = 0.28  # of the width, for the first column
SMALL = 0.72  # of the size of a number, for what is beneath it


@dataclass(frozen=True)
class Cell:
    """What stands in a row below a head: a number, what is smaller beneath it, and its tone."""

    words: str
    small: str = ""
    tone: str = "neither"


@dataclass(frozen=True)
class Grid:
    """A table: heads with their units, then rows, each with its name first.

    A table of words says what share of the width each column takes; numbers have columns alike.
    """

    heads: Sequence[Cell]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    shares: Sequence[float] = ()


def table_page(sheet: Sheet, title: str, subtitle: str, caption: str, table: Grid) -> Figure:
    """Set a table over the whole sheet, names at the left, numbers flush right."""
    with styled():
        made = board(sheet, title, subtitle, caption, LARGE_HEADING)
        axes, full = made.canvas(), sheet.points
        points = full * as_large_as_fits(
            MOST, LEAST, lambda size: _fits(table, made.width, made.height, size * full, full)
        )
        step = min(APART * _row(points), made.height / (len(table.rows) + 1))
        _draw(axes, table, made.width, made.height, points, step)
    return made.figure


def _row(points: float) -> float:
    return 3.3 * points / 72


def _column(table: Grid, room: float) -> float:
    return (1.0 - NAMES) * room / max(len(table.heads) - 1, 1)


def _fits(table: Grid, room: float, tall: float, points: float, full: float) -> bool:
    large = points > full  # not only to fill a sheet may columns crowd and heads differ in size
    wide = _column(table, room) - (GENEROUS if large else CLOSE)
    cells = [cell for _, row in table.rows for cell in row]
    cells += [Cell(head.words) for head in table.heads[1:]] if large else ()
    if any(width(cell.words, points) > wide for cell in cells):
        return False
    if any(width(cell.small, SMALL * points) > wide for cell in cells):
        return False
    lines = [len(wrapped(name, points, NAMES * room - 0.1)) for name, _ in table.rows]
    return max(lines, default=1) <= 2 and _row(points) * (len(table.rows) + 1) <= tall


def _draw(axes: Axes, table: Grid, room: float, top: float, points: float, step: float) -> None:
    wide = _column(table, room)
    rows = [(table.heads[0].words, table.heads[1:]), *table.rows]
    for place, (name, cells) in enumerate(rows):
        head = place == 0
        upper = top - step * (place + 0.32)
        for line, words in enumerate(wrapped(name, points, NAMES * room - 0.1)):
            axes.text(
                0.0, upper - line * 1.25 * points / 72, words,
                size=points, color=SOFT if head else INK, va="center",
            )  # fmt: skip
        for column, cell in enumerate(cells, 1):
            right = NAMES * room + wide * column
            beneath = wrapped(cell.small, SMALL * points, wide - CLOSE) if cell.small else []
            first = 0.7 if len(beneath) == 1 else 0.6
            ink = SOFT if head else TONES.get(cell.tone, SOFT)
            parts = [(cell.words, upper, points, ink)]
            for line, words in enumerate(beneath):
                height = top - step * (place + first + 0.27 * line)
                parts.append((words, height, SMALL * points, SOFT))
            for words, height, size, shade in parts:
                fit = min(1.0, (wide - CLOSE) / max(width(words, size), 0.1))  # a long head
                axes.text(
                    right, height, words, size=fit * size, color=shade, va="center", ha="right",
                )  # fmt: skip
        foot = top - step * (place + 0.98)
        axes.plot((0.0, room), (foot, foot), color=INK if head else RULE, lw=1.0)
