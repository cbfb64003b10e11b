"""What every chart of one study shares: language, names, runs, sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from experiments.figures.style import SLIDE, Look, Sheet, looks
from experiments.text import STOCKS, Scale, Text
from experiments.world_names import world_name


@dataclass(frozen=True)
class Study:
    """The surroundings of a chart.

    `labels` maps a design's id to the name a reader sees, `worlds` a world's; `reference` is the id
    that effects are measured from; `seeds` are named as in "0 to 19".
    """

    text: Text
    reference: str = "baseline"
    labels: Mapping[str, str] = field(default_factory=dict)
    seeds: str = ""
    identity: str = ""
    sheet: Sheet = SLIDE
    worlds: Mapping[str, str] = field(default_factory=dict)

    def world(self, name: str) -> str:
        """The name of a world, with what was set in it by hand."""
        return self.worlds.get(name) or world_name(self.text, name)

    def label(self, design: str) -> str:
        """The name of a design; the catalogue's where the study gives none."""
        return self.labels.get(design) or self.text.get(f"scenarios.{design}", design)

    @cached_property
    def _looks(self) -> Mapping[str, Look]:
        return looks(self.labels)

    def colour(self, design: str) -> str:
        """The colour of a design, the same in every chart of the study."""
        return self._look(design).colour

    def marker(self, design: str) -> str:
        """The marker of a design, for readers who do not tell colours apart."""
        return self._look(design).marker

    def _look(self, design: str) -> Look:
        return self._looks.get(design) or looks([design])[design]

    def period(self, metric: str) -> str:
        """Whether a column is a stock or a flow, in words."""
        key = "at_quarter_end" if metric in STOCKS else "a_quarter"
        return self.text(f"units.{key}")

    def effect(self, said: str, scale: Scale, row: tuple[float, float, float]) -> dict[str, str]:
        """Size and interval of an effect (mean, low, high) for a title, on the scale of its chart.

        The interval bears the unit where the title names no size.
        """
        scale, (mean, low, high) = scale.finer(row), row
        ends = self.text.interval(low, high, scale)
        ends = self.text.joined(ends, scale.unit) if said == "unclear" else ends
        return {
            "value": self.text.joined(scale.number(abs(mean)), scale.unit),
            "interval": self.text("report.interval_words", interval=ends),
        }
