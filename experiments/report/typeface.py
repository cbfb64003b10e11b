"""The page's own font: the shipped Chinese font cut down to the characters a page uses."""

from __future__ import annotations

import base64
import io
import re

from experiments.figures.style import FONT


def characters(page: str) -> set[int]:
    """Every character that a page may show, with the Latin ones it always needs."""
    shown = re.sub(r"<[^>]*>", " ", page)
    return {ord(letter) for letter in shown if letter.isprintable()} | set(range(0x20, 0x7F))


def embedded(page: str) -> str:
    """A data address of a font with the characters of `page`; same page, same bytes."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(hinting=False, notdef_outline=True, layout_features=["kern", "chws"])
    buffer = io.BytesIO()
    with TTFont(FONT, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters(page))
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(buffer)
    return "data:font/woff;base64," + base64.b64encode(buffer.getvalue()).decode()
