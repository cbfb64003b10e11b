"""What a sweep is judged by: headline metrics and gains at their worth, paired point by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from experiments.gallery.cost import GAINS, threshold
from experiments.metrics import COST, HIGH
from experiments.report.findings import label, name_key, sizes, wish
from experiments.report.results import Results, once
from experiments.report.tables import tone
from experiments.statistics import gaps, paired, reading_of
from experiments.text import Text

NO_SUM = "cost_per_job"  # a ratio of means, which no pair has by itself


@dataclass(frozen=True)
class Outcome:
    """A metric, or (`worth`) what is left of it at its worth when the net cost is taken off."""

    metric: str
    kind: str
    worth: bool = False

    def label(self, text: Text, results: Results) -> str:
        """What a reader calls it."""
        if not self.worth:
            return label(text, {"metric": self.metric, "kind": self.kind})
        return text("swept.worth", measure=self.measure(text, results))

    def measure(self, text: Text, results: Results) -> str:
        """What a gain is set against money by."""
        amount = text.money(threshold(results, self.metric))
        return text(f"report.measure_{self.metric}", amount=amount)

    def inline(self, text: Text) -> str:
        """The same inside a sentence; of a metric only."""
        return text.inline(name_key(self.metric, self.kind))

    @property
    def wished(self) -> bool:
        """True where more of it is better, so that some point may be best."""
        return self.worth or wish({"metric": self.metric, "kind": self.kind}) == HIGH

    def row(self, found: dict[str, float]) -> dict[str, Any]:
        """Numbers with the names that scale and colour go by: what is left at its worth is money."""
        if self.worth:
            return {"metric": "net_cost", "kind": "cumulative", **found}
        return {"metric": self.metric, "kind": self.kind, **found}


def measured(results: Results) -> list[Outcome]:
    """The headline metrics that pairs have."""
    return [Outcome(*key) for key in results.headline() if key[0] != NO_SUM]


def valued(results: Results) -> list[Outcome]:
    """The gains that are set against money."""
    known = set(results.headline())
    return [Outcome(*key, worth=True) for key in GAINS if {key, COST} <= known]


@once
def gains(results: Results, outcome: Outcome) -> pd.DataFrame:
    """Paired differences of every compared design from its own reference, a row a seed."""
    if outcome.worth:
        gain = gains(results, Outcome(outcome.metric, outcome.kind))
        return threshold(results, outcome.metric) * gain - gains(results, Outcome(*COST))
    table = results.summaries[(outcome.metric, outcome.kind)].unstack("design")
    found = {}
    for design in results.compared:
        data = str(design["data"]), str(results.designs[str(design["reference"])]["data"])
        here, there = (table[name].to_numpy(float) for name in data)
        found[str(design["design"])] = gaps(here, there)
    return pd.DataFrame(found, index=table.index)


def effect(results: Results, outcome: Outcome, designs: Sequence[str]) -> dict[str, float]:
    """The mean effect of some designs with its 95% interval: mean, low, high, n."""
    if len(designs) == 1:
        return _point(results, outcome, designs[0])
    return _interval(gains(results, outcome)[list(designs)].mean(axis=1, skipna=False))


@once
def _point(results: Results, outcome: Outcome, design: str) -> dict[str, float]:
    return _interval(gains(results, outcome)[design])


def difference(
    results: Results, outcome: Outcome, here: Sequence[str], there: Sequence[str]
) -> dict[str, float]:
    """By how much the effect of some designs exceeds that of others, on the same seeds."""
    table = gains(results, outcome)
    columns = (table[list(names)].mean(axis=1, skipna=False) for names in (here, there))
    first, second = (column.to_numpy(float) for column in columns)
    return _interval(pd.Series(gaps(first, second)))


def _interval(values: pd.Series) -> dict[str, float]:
    known = values.dropna().to_numpy(float)
    if not len(known):
        return {"mean": float("nan"), "low": float("nan"), "high": float("nan"), "n": 0}
    found = paired(known)
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": len(known)}


def told(text: Text, outcome: Outcome, found: dict[str, float]) -> dict[str, str]:
    """An effect or a difference in words: value, interval, state (its reading) and tone (colour)."""
    row, said = outcome.row(found), reading_of(found)
    if said == "undefined":
        return {"value": text("number.missing"), "interval": "", "state": said, "tone": ""}
    value, ends = sizes(text, row, signed=True)
    colour = {"up": "gain", "down": "harm"}.get(said, "") if outcome.worth else tone(row)
    interval = ends if said not in ("single", "same") else ""
    return {"value": value, "interval": interval, "state": said, "tone": colour}
