"""A chart ready to be written: figure, the frame drawn, title and alt text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.save import save
from experiments.figures.study import Study


@dataclass(frozen=True)
class Chart:
    """One chart; `kind` is its verb's word, `name` that of its files, e.g. fan and fan-employment."""

    kind: str
    name: str
    title: str
    alt: str
    frame: pd.DataFrame
    draw: Callable[[Study], Figure]

    def figure(self, study: Study) -> Figure:
        """The figure on the study's sheet."""
        return self.draw(study)

    def write(self, study: Study, folder: Path) -> list[Path]:
        """PNG, SVG, PDF, the CSV drawn and the alt text; returns their paths."""
        return save(self.figure(study), self.frame, self.alt, folder, self.name)


def chart(module: ModuleType, frame: pd.DataFrame, study: Study, name: str, *given: str) -> Chart:
    """A chart of a figures module, which has title, alt and a function of its own name.

    `given` stands between frame and study in all three: usually the metric.
    """
    kind = module.__name__.rsplit(".", 1)[-1]
    function = getattr(module, kind)
    return Chart(
        kind,
        "-".join([kind, name]) if name else kind,
        module.title(frame, *given, study),
        module.alt(frame, *given, study),
        frame,
        lambda other: function(frame, *given, other),
    )
