"""The shipped font held in memory, to measure with.

From its file FreeType reads every letter anew through Python, which takes three times as long, and a
report measures some two thousand lines.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

FONT = Path(__file__).parents[1] / "fonts" / "NotoSansSC-GB2312.ttf"

Extent = tuple[float, float, float]


class Ruler(RendererAgg):
    """Measures and draws nothing."""

    def __init__(self, dpi: float) -> None:
        super().__init__(1, 1, dpi)

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Extent:
        """Width, height and descent of a line [pixels], as matplotlib measures it from the file."""
        font, letters = _held()
        if ismath or findfont(prop) != str(FONT) or not letters.issuperset(s):
            return super().get_text_width_height_descent(s, prop, ismath)
        font.set_size(prop.get_size_in_points(), self.dpi)
        font.set_text(s, 0.0, flags=get_hinting_flag())
        width, height = font.get_width_height()
        return width / 64, height / 64, font.get_descent() / 64


@cache
def _held() -> tuple[FT2Font, frozenset[str]]:
    """The font, and the letters it has."""
    font = FT2Font(io.BytesIO(FONT.read_bytes()))
    return font, frozenset(map(chr, font.get_charmap()))
