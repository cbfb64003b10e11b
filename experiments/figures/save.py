"""Files of a chart: PNG, SVG, PDF, the numbers drawn as CSV, and the alt text; same bytes twice."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.style import styled

# No date, no creator: a file depends on the chart and nothing else.
METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}


def rendered(figure: Figure, form: str, *, words: bool = False) -> bytes:
    """The bytes of a figure as png, svg or pdf.

    `words` keeps the text of an SVG as text, for a page that carries the font; otherwise its
    letters are outlines and look the same anywhere.
    """
    buffer = io.BytesIO()
    with styled(), matplotlib.rc_context({"svg.fonttype": "none" if words else "path"}):
        figure.savefig(buffer, format=form, metadata=METADATA[form])
    return buffer.getvalue()


def save(figure: Figure, frame: pd.DataFrame, alt: str, folder: Path, name: str) -> list[Path]:
    """Write name.png, .svg, .pdf, .csv and .txt into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {form: rendered(figure, form) for form in METADATA}
    # The byte order mark lets spreadsheets read Chinese.
    contents["csv"] = frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    contents["txt"] = (alt + "\n").encode()
    paths = []
    for ending, content in contents.items():
        path = folder / f"{name}.{ending}"
        path.write_bytes(content)
        paths.append(path)
    return paths
