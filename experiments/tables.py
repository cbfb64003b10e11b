"""Frames on stdout: a table for a terminal or a pipe, Markdown, or JSON."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMATS = ("table", "md", "json")
PIPE_WIDTH = 160


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; `style` is a rich style, for terminals only."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells under headings.

    The first `left` and last `tail` columns are text, the others numbers. A table that is too wide
    is cut into stacked ones that repeat the first column.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    title: str = ""
    caption: str = ""
    left: int = 1
    tail: int = 0
    notes: Sequence[str] = field(default_factory=tuple)


def show(tables: Sequence[Table], data: Any, form: str) -> None:
    """Print tables, or `data` (anything JSON can hold) where the form is json."""
    if form == "json":
        sys.stdout.write(json.dumps(_plain(data), ensure_ascii=False, indent=1) + "\n")
    elif form == "md":
        sys.stdout.write("\n\n".join(markdown(table) for table in tables) + "\n")
    else:
        _terminal(tables)
    sys.stdout.flush()


def _plain(data: Any) -> Any:
    """Data that JSON can hold: NaN is null."""
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if hasattr(data, "tolist"):  # numpy's numbers and arrays
        data = data.tolist()
    if isinstance(data, list | tuple):
        return [_plain(item) for item in data]
    if hasattr(data, "item") and not isinstance(data, str):
        data = data.item()
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data


def _text(cell: Cell | str) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def markdown(table: Table) -> str:
    """A table as Markdown, its notes beneath."""

    def line(cells: Sequence[Cell | str]) -> str:
        escaped = (_text(cell).replace("|", "\\|").replace("\n", "<br>") for cell in cells)
        return f"| {' | '.join(escaped)} |"

    marks = ["--:" if number else ":--" for number in _numbers(table)]
    head = [f"**{table.title}**", ""] if table.title else []
    tail = [note for said in (table.caption, *table.notes) if said for note in ("", said)]
    body = [line(table.headings), f"|{'|'.join(marks)}|", *(line(row) for row in table.rows)]
    return "\n".join([*head, *body, *tail])


def _terminal(tables: Sequence[Table]) -> None:
    from rich.console import Console

    plain = not sys.stdout.isatty()
    console = Console(width=PIPE_WIDTH if plain else None, highlight=False, no_color=plain)
    for place, table in enumerate(tables):
        if place:
            console.print()
        if table.title:
            console.print(f"[bold]{_safe(table.title)}[/]", soft_wrap=True)
        for part in _cut(table, console.width):
            console.print(_rich(part, plain=plain))
        for note in (table.caption, *table.notes):
            if note:
                console.print(_safe(note), style="dim", soft_wrap=True)


def _numbers(table: Table) -> list[bool]:
    """Which columns hold numbers."""
    last = len(table.headings) - table.tail
    return [table.left <= place < last for place in range(len(table.headings))]


def _rich(table: Table, *, plain: bool) -> Any:
    from rich import box
    from rich.table import Table as Rich
    from rich.text import Text

    made = Rich(box=box.SIMPLE if not plain else box.ASCII2, show_edge=False, pad_edge=False)
    for heading, number in zip(table.headings, _numbers(table), strict=True):
        made.add_column(Text(heading), justify="right" if number else "left", overflow="fold")
    for row in table.rows:
        made.add_row(*(Text(_text(c), style=c.style if isinstance(c, Cell) else "") for c in row))
    return made


def _cut(table: Table, width: int) -> list[Table]:
    """Cut a table that is too wide into stacked ones that repeat the first column."""
    from rich.cells import cell_len

    widths = [
        max(
            cell_len(line)
            for cell in (heading, *(row[place] for row in table.rows))
            for line in _text(cell).split("\n")
        )
        + 3
        for place, heading in enumerate(table.headings)
    ]
    if sum(widths) <= width or table.left > 1 or table.tail or len(widths) < 3:
        return [table]
    parts: list[list[int]] = [[]]
    room = width - widths[0]
    for place in range(1, len(widths)):
        if parts[-1] and sum(widths[i] for i in parts[-1]) + widths[place] > room:
            parts.append([])
        parts[-1].append(place)
    return [
        Table(
            [table.headings[0], *(table.headings[i] for i in part)],
            [[row[0], *(row[i] for i in part)] for row in table.rows],
        )
        for part in parts
    ]


def _safe(text: str) -> str:
    return text.replace("[", "\\[")
