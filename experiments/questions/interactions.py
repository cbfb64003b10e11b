"""Interactions: what two measures do together beyond what each does alone.

For levers A and B the interaction on a metric is E(AB) − E(A) − E(B), every effect paired with the
baseline on the same seeds, so that it is one paired difference of four runs a seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from agents.sources import ROOT
from experiments.comparison import ask
from experiments.effects import summaries
from experiments.errors import BadInput, unknown
from experiments.metrics import HEADLINE, METRICS, Metric
from experiments.own import Levers, known_levers, own_levers
from experiments.progress import say
from experiments.speech import worded
from experiments.statistics import bootstrap, paired
from experiments.store import Store
from experiments.study import Study, execute

if TYPE_CHECKING:
    import pandas as pd

FILE = ROOT / "scenarios" / "interactions.yaml"
FIXED = ("scenario", "against", "envelope_total", "extra_budget")
COLUMNS = (
    "pair", "metric", "kind", "unit", "n", "first", "second", "both", "interaction", "low", "high",
    "certainty", "expected", "verdict",
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """The first lever against the others together; a declared pair has a metric, sign and reason."""

    levers: tuple[str, ...]
    metric: str = ""
    kind: str = ""
    sign: int = 0
    reason: Mapping[str, str] = field(default_factory=dict)
    explained: Mapping[str, str] = field(default_factory=dict)  # where the sign went against it

    @property
    def name(self) -> str:
        """What a user types, e.g. first_purchase+rnd_subsidy."""
        return "+".join(self.levers)

    def scenarios(self) -> tuple[str, str, str]:
        """Names of the designs: the first alone, the others alone, all together."""
        only = [f"only/{lever}" for lever in self.levers]
        return only[0], "+".join(only[1:]), "+".join(only)


@cache
def declared_pairs() -> tuple[Pair, ...]:
    """The pairs of scenarios/interactions.yaml."""
    stated = yaml.safe_load(FILE.read_text(encoding="utf-8"))["pairs"]
    return tuple(Pair(**{**given, "levers": tuple(given["levers"])}) for given in stated)


def interactions(*words: str) -> tuple[Store, pd.DataFrame]:
    """Simulate pairs and return the store and a row a pair and metric.

    `words` are pairs (`first_purchase+rnd_subsidy`; all declared ones if none is named) and
    overrides (`world=small`, `seeds=8`). A named pair is told on the headline metrics too.
    Raises BadInput.
    """
    study, pairs, named = prepare(words)
    execute(study)
    return study.store, interaction_table(study.store, pairs, headline=named)


def prepare(words: Sequence[str]) -> tuple[Study, list[Pair], bool]:
    """Check pairs and overrides, and make the study; nothing is run. Raises BadInput."""
    names = [word for word in words if "=" not in word]
    overrides = [word for word in words if "=" in word]
    for word in overrides:
        if word.partition("=")[0] in FIXED:
            raise BadInput(worded("questions.interactions_fixed", key=word.partition("=")[0]))
    given = [word.partition("=")[2] for word in overrides if word.startswith("levers_from=")]
    levers = known_levers(own_levers(given[0].strip("'\"") if given else ""))
    pairs = [_named(name, levers) for name in names] or _built(levers)
    if not pairs:
        raise BadInput(worded("questions.no_pair"))
    alone = dict.fromkeys(name for pair in pairs for name in pair.scenarios())
    values = [f"[{','.join(name.split('+'))}]" if "+" in name else name for name in alone]
    study = ask("interactions", [f"scenario={','.join(values)}", *overrides])
    if len(study.plan.compared()) != len(alone):
        raise BadInput(worded("questions.interactions_one"))
    return (
        Study("interactions", tuple(words), study.plan, study.store, study.notices),
        pairs,
        bool(names),
    )


def _named(name: str, levers: Levers) -> Pair:
    """A pair as typed, with what is declared of it."""
    ids = tuple(part.strip() for part in name.replace("×", "+").replace("*", "+").split("+"))
    if len(set(ids)) < 2 or len(set(ids)) != len(ids):
        raise BadInput(worded("questions.not_a_pair", name=name, example=_example()))
    for lever in ids:
        if lever not in levers:
            raise unknown("lever", lever, levers, worded("look.lists", command="wotu levers"))
    known = {frozenset(pair.levers): pair for pair in declared_pairs()}
    return known.get(frozenset(ids), Pair(ids))


def _example() -> str:
    return declared_pairs()[0].name


def _built(levers: Levers) -> list[Pair]:
    """The declared pairs whose levers exist; says which are left out."""
    found = []
    for pair in declared_pairs():
        missing = [lever for lever in pair.levers if lever not in levers]
        if missing:
            say(worded("notices.pair_skipped", name=pair.name, missing=", ".join(missing)))
        else:
            found.append(pair)
    return found


def interaction_table(store: Store, pairs: Sequence[Pair], *, headline: bool) -> pd.DataFrame:
    """A row a pair and metric from the finished runs of a store."""
    import pandas as pd

    if "series" not in store:
        return pd.DataFrame(columns=list(COLUMNS))
    values = summaries(store.series())
    designs = store.manifest["designs"]
    data = {design["scenario"]: design["data"] for design in designs if design["reference"]}
    data[""] = next(design["data"] for design in designs if not design["reference"])
    rows = [
        row
        for pair in pairs
        for metric in _metrics(pair, headline=headline)
        if (row := _row(pair, metric, values, data))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _metrics(pair: Pair, *, headline: bool) -> list[Metric]:
    chosen = [m for m in METRICS if (m.name, m.kind) == (pair.metric, pair.kind)]
    if headline or not chosen:
        chosen += [metric for metric in HEADLINE if metric not in chosen]
    return chosen


def _row(
    pair: Pair, metric: Metric, values: pd.DataFrame, data: Mapping[str, str]
) -> dict[str, Any]:
    """One interaction over the seeds that all four designs have finished; empty where none has."""
    key = (metric.name, metric.kind)
    if key not in values.columns:
        return {}
    table = values[key].unstack("design")
    columns = [data.get(name, "") for name in ("", *pair.scenarios())]
    if any(column not in table.columns for column in columns):
        return {}
    found = table[list(dict.fromkeys(columns))].dropna()
    if found.empty:
        return {}
    none, first, second, both = (found[column].to_numpy(float) for column in columns)
    beyond = both - first - second + none
    interval, certainty = paired(beyond), bootstrap(beyond)[2]
    sign = pair.sign if key == (pair.metric, pair.kind) else 0
    return {
        "pair": pair.name, "metric": metric.name, "kind": metric.kind, "unit": metric.unit,
        "n": len(found), "first": (first - none).mean(), "second": (second - none).mean(),
        "both": (both - none).mean(), "interaction": interval.mean, "low": interval.low,
        "high": interval.high, "certainty": certainty, "expected": sign,
        "verdict": _verdict(sign, interval.low, interval.high, len(found)),
    }  # fmt: skip


def _verdict(sign: int, low: float, high: float, n: int) -> str:
    if n < 2:
        return "single"
    if low == high == 0.0:
        return "same"
    if low <= 0.0 <= high:
        return "unclear"
    if sign == 0:
        return "plus" if low > 0.0 else "minus"
    return "as_expected" if (low > 0.0) == (sign > 0) else "against"
