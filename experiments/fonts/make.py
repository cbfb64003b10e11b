"""Make the Chinese font that charts and pages carry: the GB2312 subset of Noto Sans SC.

Run by hand when the subset should change, in an environment of its own:

    python -m venv .fontenv && .fontenv/bin/pip install zhplot fonttools brotli
    .fontenv/bin/python experiments/fonts/make.py

`zhplot` only carries the font file. It is located and never imported, because importing it changes
matplotlib's settings. The same font and the same fontTools give the same bytes.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
NAME = "NotoSansSC-GB2312"
# Latin with accents, general punctuation, super- and subscripts, arrows, operators, shapes.
RANGES = (
    (0x0020, 0x017F),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2070, 0x209C),
    (0x2190, 0x2199),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
    (0x3000, 0x303F),
    (0xFF01, 0xFF5E),
)
FEATURES = ["kern", "locl", "ccmp", "halt", "palt", "chws"]


def characters() -> set[int]:
    """Every character of GB2312 (6,763 of them Chinese) and the ranges above."""
    points = {point for low, high in RANGES for point in range(low, high + 1)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            points.update(map(ord, bytes((row, cell)).decode("gb2312", "ignore")))
    return points


def source() -> Path:
    """The folder of `zhplot` that holds the font and its licence."""
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        raise SystemExit("the package zhplot is not installed here: pip install zhplot")
    return Path(spec.origin).parent / "fonts"


def make(folder: Path) -> None:
    """Write the TTF (charts), the WOFF2 (pages) and the licence beside this script."""
    options = Options(hinting=False, layout_features=FEATURES, name_IDs=["*"], notdef_outline=True)
    options.glyph_names = False
    font = TTFont(folder / "NotoSansSC-Regular.ttf", recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    font.save(HERE / f"{NAME}.ttf")
    font.flavor = "woff2"
    font.save(HERE / f"{NAME}.woff2")
    shutil.copyfile(folder / "OFL.txt", HERE / "OFL.txt")


if __name__ == "__main__":
    make(source())
