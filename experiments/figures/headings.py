"""Headings: few lines of about equal width, broken at punctuation first and never inside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from experiments.figures.typeset import CLOSING, OPENING, PIECES, width, wrapped
from experiments.text import catalogue

# What a break costs; lines of a quarter and three quarters cost 0.5 more than equal ones.
AT_A_STOP, AT_A_PAUSE, BEFORE_A_BRACKET, BETWEEN_CHARACTERS = 0.0, 0.1, 0.3, 0.5
NAMED = ("scenarios", "sectors", "zones", "origins", "sizes", "ages", "sections", "worlds", "money")
STOPS, PAUSES = "，。；：？！,.;?!", ":、)）”》"


def balanced(words: str, points: float, room: float) -> list[str]:
    """Break a heading into as few lines as fit, one more if else a name would be broken."""
    lines = wrapped(words, points, room)
    if len(lines) < 2:
        return lines
    whole = _names().findall(words)
    if all(width(piece.strip(), points) <= room for piece in whole):
        for count in (len(lines), len(lines) + 1):
            found = _broken(whole, count, points, room)
            if found:
                return found
    return _broken(PIECES.findall(words), len(lines), points, room) or lines


@cache
def _names() -> re.Pattern[str]:
    """Pieces of a heading: names of the catalogue, amounts with their unit, quarters; else as usual."""
    known = catalogue("zh")
    units = {name: metric["unit"] for name, metric in known["metrics"].items()}
    groups = [*(known[group] for group in NAMED), known["units"], units]
    names = {word for group in groups for word in group.values()}
    names |= {entry[key] for key, group in (("label", "metrics"), ("title", "levers"))
              for entry in known[group].values() if key in entry}  # fmt: skip
    longest = sorted(filter(None, names), key=lambda name: (-len(name), name))
    either, number = "|".join(map(re.escape, longest)), r"[+−]?\d[\d,.]*"
    money = "|".join(unit for unit in catalogue("en")["units"].values() if unit.endswith(" CNY"))
    whole = rf"\d{{4}}年第\d季度|{number}万?(?:{either})|{number} (?:{money})|{either}"
    return re.compile(rf"[{OPENING}(]*(?:{whole})[{CLOSING}),.;]*\s*|{PIECES.pattern}")


def _broken(pieces: Sequence[str], count: int, points: float, room: float) -> list[str]:
    """The best way to put the pieces into so many lines; none if they do not fit."""
    ends = [0.0]
    for piece in pieces:
        ends.append(ends[-1] + width(piece, points))
    even = ends[-1] / count
    # By the piece at which a line begins: the least cost of the lines before, and where they begin.
    states: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for left in range(count - 1, -1, -1):
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, places) in states.items():
            for stop in _stops(ends, start, room) if left else [len(pieces)]:
                wide = ends[stop] - ends[start]
                if wide > room and stop > start + 1:
                    continue
                more = cost + (wide / even - 1.0) ** 2
                more += _break(pieces, stop) if left else 0.0
                if stop not in after or more < after[stop][0]:
                    after[stop] = (more, (*places, stop))
        states = after
    if len(pieces) not in states:
        return []
    _, places = states[len(pieces)]
    return ["".join(pieces[start:stop]).strip() for start, stop in pairwise(places)]


def _stops(ends: Sequence[float], start: int, room: float) -> Iterator[int]:
    """Where a line that begins at a piece may end: it has a piece, and fits."""
    for stop in range(start + 1, len(ends) - 1):
        if stop > start + 1 and ends[stop] - ends[start] > room:
            return
        yield stop


def _break(pieces: Sequence[str], stop: int) -> float:
    """What a break before this piece costs."""
    before, after = pieces[stop - 1], pieces[stop]
    if before.rstrip()[-1:] in STOPS:
        return AT_A_STOP
    if before[-1:].isspace() or before[-1:] in PAUSES:
        return AT_A_PAUSE
    return BEFORE_A_BRACKET if after[:1] in OPENING else BETWEEN_CHARACTERS
