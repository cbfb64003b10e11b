"""Text that fits: measured with the font it is drawn in, broken as its language breaks lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from matplotlib import rcParams
from matplotlib.font_manager import FontProperties

from experiments.figures.ruler import Ruler

DPI = 144

OPENING, CLOSING = "《（“‘【", "，。、；：？！》）”’】"
# A line may end after a space, or beside a Chinese character, but not before closing punctuation
# nor after opening punctuation, and never inside a number, a Latin word or a clause's code, 三(二)5.
PIECES = re.compile(
    rf"[{OPENING}]*[一二三四五六七八九十]\([一二三四五六七八九十]\)\d*[{CLOSING}]*\s*|"
    rf"[{OPENING}]*[\u2e80-\u9fff\uf900-\ufaff][{CLOSING}%]*"
    rf"|[{OPENING}]*[^\s\u2e80-\u9fff\uf900-\ufaff{OPENING}]+[{CLOSING}]*\s*"
    r"|\s+|."
)


def width(words: str, points: float) -> float:
    """The width of a line [inches] in the font in use."""
    return _width(words, points, tuple(rcParams["font.family"]))


@lru_cache(maxsize=20_000)
def _width(words: str, points: float, family: tuple[str, ...]) -> float:
    properties = FontProperties(family=list(family), size=points)
    size = _ruler().get_text_width_height_descent(words, properties, False)
    return float(size[0]) / DPI


@cache
def _ruler() -> Ruler:
    return Ruler(DPI)


def as_large_as_fits(most: float, least: float, fits: Callable[[float], bool]) -> float:
    """The largest size from `most` downwards that fits, or about the `least`."""
    size = most
    while size > least and not fits(size):
        size -= 0.04
    return size


def wrapped(words: str, points: float, room: float) -> list[str]:
    """Break a paragraph into lines no wider than `room` [inches]."""
    pieces, lines = PIECES.findall(words), []
    ends = [0.0, *accumulate(_about(piece) * points / 72 for piece in pieces)]
    first = 0
    while first < len(pieces):
        # A line is measured where it is likely to end; to measure each piece's end is slow.
        last = bisect_right(ends, ends[first] + room, first + 2) - 1
        while last < len(pieces) and _fits(pieces[first : last + 1], points, room):
            last += 1
        while last > first + 1 and not _fits(pieces[first:last], points, room):
            last -= 1
        lines.append("".join(pieces[first:last]).strip())
        first = last
    return [line for line in lines if line]


def _fits(pieces: Sequence[str], points: float, room: float) -> bool:
    return width("".join(pieces).strip(), points) <= room


def _about(words: str) -> float:
    """The width of some words [em], guessed: a Chinese character is as wide as it is high."""
    return sum(1.0 if letter >= "\u2e80" else 0.5 for letter in words)


def apart(wished: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as possible to those wished, in `low`…`high`, that do not overlap.

    `wished` and `sizes` are in one unit, say inches; labels keep their order.
    """
    order = sorted(range(len(wished)), key=lambda item: wished[item])
    centres = [0.0] * len(wished)
    floor = low
    for item in order:
        centres[item] = max(wished[item], floor + sizes[item] / 2)
        floor = centres[item] + sizes[item] / 2
    ceiling = high
    for item in reversed(order):
        centres[item] = min(centres[item], ceiling - sizes[item] / 2)
        ceiling = centres[item] - sizes[item] / 2
    return centres
