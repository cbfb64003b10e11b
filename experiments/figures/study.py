"""What every chart of one study shares: language, names, runs, sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from experiments.figures.style import SLIDE, Sheet
from experiments.text import STOCKS, Text


@dataclass(frozen=True)
class Study:
    """The surroundings of a chart.

    `labels` maps a design's id to the name a reader sees; `reference` is the id that effects are
    measured from; `seeds` are named as in "0 to 19".
    """

    text: Text
    reference: str = "baseline"
    labels: Mapping[str, str] = field(default_factory=dict)
    seeds: str = ""
    identity: str = ""
    sheet: Sheet = SLIDE

    def label(self, design: str) -> str:
        """The name of a design; the catalogue's where the study gives none."""
        return self.labels.get(design) or self.text.get(f"scenarios.{design}", design)

    def period(self, metric: str) -> str:
        """Whether a column is a stock or a flow, in words."""
        key = "at_quarter_end" if metric in STOCKS else "a_quarter"
        return self.text(f"units.{key}")

    def interval(self, metric: str, mean: float, low: float, high: float) -> tuple[str, str]:
        """An effect's size and its interval in words, on one scale: ("1.2 bn CNY", "95% …")."""
        scale = self.text.scale(metric, (mean, low, high), effect=True)
        size = self.text.joined(scale.number(abs(mean)), scale.unit)
        ends = self.text.interval(low, high, scale)
        return size, self.text("report.interval_words", interval=ends)
