"""A page with a table of words: columns as wide as asked, words from the left, broken into lines."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.headings import balanced
from experiments.figures.style import GREY, INK, LARGE_HEADING, RULE, SOFT, Sheet, board, styled
from experiments.figures.table_page import Cell, Grid
from experiments.figures.text_page import TONES
from experiments.figures.typeset import as_large_as_fits, width

MOST, LEAST = 1.3, 0.75  # text is as large as fits between these shares of the sheet's size
SMALL = 0.8  # of the size of words, for what is beneath them
STEP, GAP = 1.32, 0.9  # from line to line, and between rows [of the size of words]
APART = 0.8  # most room added to a row where much is left [of the size of words]
BETWEEN = 0.2  # columns [inches]

Row = Sequence[Cell]


def word_table(sheet: Sheet, title: str, subtitle: str, caption: str, table: Grid) -> Figure:
    """Set a table over the whole sheet, the first column's words before those of the others."""
    rows = [table.heads, *([Cell(name), *cells] for name, cells in table.rows)]
    with styled():
        made = board(sheet, title, subtitle, caption, LARGE_HEADING)
        widths = [share * made.width for share in table.shares]
        points = sheet.points * as_large_as_fits(
            MOST, LEAST, lambda size: _fits(rows, widths, made.height, size * sheet.points)
        )
        tall = sum(_tall(row, widths, points) for row in rows)
        spare = max(made.height - tall, 0.0) / len(rows)
        _draw(made.canvas(), rows, widths, points, min(spare, APART * points / 72))
    return made.figure


def _fits(rows: Sequence[Row], widths: Sequence[float], tall: float, points: float) -> bool:
    # A word that is wider than its column cannot be broken.
    for row in rows:
        for cell, wide in zip(row, widths, strict=True):
            for line, size in _lines(cell, wide, points):
                if width(line, size) > wide - BETWEEN + 0.01:
                    return False
    return sum(_tall(row, widths, points) for row in rows) <= tall


def _lines(cell: Cell, wide: float, points: float) -> list[tuple[str, float]]:
    """The lines of a cell with their sizes: its words, then what is smaller."""
    parts = ((cell.words, points), (cell.small, SMALL * points))
    return [(line, size) for words, size in parts for line in balanced(words, size, wide - BETWEEN)]


def _tall(row: Row, widths: Sequence[float], points: float) -> float:
    """The inches that a row takes."""
    cells = [_lines(cell, wide, points) for cell, wide in zip(row, widths, strict=True)]
    return max(sum(STEP * size for _, size in lines) for lines in cells) / 72 + GAP * points / 72


def _draw(
    axes: Axes, rows: Sequence[Row], widths: Sequence[float], points: float, apart: float
) -> None:
    top = axes.get_ylim()[1]
    for place, row in enumerate(rows):
        left = 0.0
        for column, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            ink = SOFT if place == 0 else INK if column == 0 else TONES.get(cell.tone, GREY)
            upper = top - (GAP * points / 72 + apart) / 2
            for line, size in _lines(cell, wide, points):
                step = STEP * size / 72
                shade = ink if size == points else SOFT
                axes.text(left, upper - step / 2, line, size=size, color=shade, va="center")
                upper -= step
            left += wide
        top -= _tall(row, widths, points) + apart
        axes.plot((0.0, left), (top, top), color=INK if place == 0 else RULE, lw=1.0)
