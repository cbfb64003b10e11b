"""Attribution: how much of a whole scenario's effect is due to each of its parts.

The parts are the document's sections, its clauses, or single levers; each gets its Shapley value,
which is its own effect alone and its part of what the measures do together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.schema import Floats, Ints
from experiments.effects import summaries
from experiments.errors import BadInput
from experiments.metrics import Metric
from experiments.questions import shapley
from experiments.questions.asking import check_length, chosen_metrics, metric_table, refuse, take
from experiments.questions.parts import group_levers, lever_places
from experiments.questions.settings import ATTRIBUTE
from experiments.questions.variants import compose_whole, share_runs, variant
from experiments.speech import worded
from experiments.statistics import Interval, paired, reading
from experiments.store import Store
from experiments.study import Study, execute, study_of
from experiments.told import own_facts

if TYPE_CHECKING:
    import pandas as pd

OTHERS = "others"
ASKED = "asked"  # in a store's state: the metrics last asked for
EXACT = 6  # so many parts are attributed exactly, by all 2^n coalitions; more by sampled orders
FIXED = {"against": "from_baseline"}
COLUMNS = (
    "part", "metric", "kind", "unit", "n", "permutations", "total", "total_low", "total_high",
    "value", "low", "high", "sampling_error", "own", "own_low", "own_high",
    "together", "together_low", "together_high", "share",
)  # fmt: skip


def attribute(*words: str) -> tuple[Store, pd.DataFrame]:
    """Simulate the coalitions of a scenario's parts and return the store and `attribution`.

    `words` are settings (`by=clause`) and overrides (`world=small`). Raises BadInput.
    """
    study = prepare(words)
    execute(study)
    return study.store, answered(study.store, take(ATTRIBUTE.options, words)[0]["metrics"])


def answered(store: Store, metrics: Sequence[str]) -> pd.DataFrame:
    """`attribution` of some metrics, which are kept as those that charts are to draw."""
    known = {key: value for key, value in store.state.items() if key not in ("status", "time")}
    with suppress(OSError):  # a folder that can only be read draws what was asked first
        store.note(store.state.get("status", "finished"), **{**known, ASKED: list(metrics)})
    return attribution(store, metrics)


def prepare(words: Sequence[str]) -> Study:
    """Check everything and make the study; nothing is run. Raises BadInput."""
    settings, overrides = take(ATTRIBUTE.options, words)
    refuse(overrides, FIXED)
    metrics = chosen_metrics(settings["metrics"])
    whole = compose_whole("attribute", overrides)
    check_length(metrics if settings["metrics"] else (), int(whole.plan.settings["quarters"]))
    places = lever_places(own_facts(whole.plan.own))
    parts = group_levers(whole.levers, places, settings["by"])
    if len(parts) < 2:
        raise BadInput(
            worded(
                "questions.nothing_to_share",
                id=whole.design.id,
                count=len(parts),
                by=settings["by"],
            )
        )
    everybody = (1 << len(parts)) - 1
    names = list(parts)
    designs = []
    for coalition in _coalitions(len(parts), settings["permutations"]):
        if coalition in (0, everybody):
            continue  # the reference and the scenario itself
        members = [name for place, name in enumerate(names) if coalition >> place & 1]
        keep = {lever for name in members for lever in parts[name]}
        designs.append(variant(whole, "+".join(members), keep=keep))
    plan = share_runs(whole.plan, [whole.reference, *designs, whole.design])
    return study_of("attribute", words, plan)


def _coalitions(parts: int, permutations: int) -> list[int]:
    """Every coalition that is to be simulated, the smaller first."""
    if parts <= EXACT:
        return shapley.every(parts)
    passed = {c for order in shapley.orders(parts, permutations) for c in shapley.along(order)}
    alone = {1 << place for place in range(parts)}
    return sorted(passed | alone, key=lambda coalition: (coalition.bit_count(), coalition))


def attribution(store: Store, metrics: Sequence[str] = (), most: int = 0) -> pd.DataFrame:
    """A row a part and metric, from the finished runs of a store made by `wotu attribute`.

    Columns: part (section id, clause code or lever id); metric, kind, unit; n, the seeds that every
    coalition has finished; permutations, the orders of joining, 0 where values are exact; total,
    the whole scenario's effect (total_low, total_high: t interval over seeds, as all that follow);
    value, the part's Shapley value (low, high); sampling_error, the standard error that stems from
    sampling orders, 0 where exact; own, what the part does alone; together, value − own, its part
    of interactions; share, value ÷ total, NaN where the total's interval holds zero. Values of one
    metric sum to its total. Rows follow the document; money is in m yuan. `metrics` are those last
    asked for, if none is named. With `most`, each metric has at most so many rows: its parts of the
    largest values, and last their remainder, whose part is "others" and own effect is not known.
    """
    import pandas as pd

    settings, _ = take(ATTRIBUTE.options, store.manifest["overrides"])
    designs = store.manifest["designs"]
    everything = max(designs, key=lambda design: len(design["levers"]))
    places = lever_places(store.manifest.get("own_facts", ()))
    order = [lever for lever in places if lever in everything["levers"]]
    parts = group_levers(order, places, settings["by"])
    data = {}
    for design in designs:
        inside = [any(lever in design["levers"] for lever in levers) for levers in parts.values()]
        data[sum(1 << place for place, there in enumerate(inside) if there)] = design["data"]
    drawn = None if len(parts) <= EXACT else shapley.orders(len(parts), settings["permutations"])
    rows: list[dict[str, Any]] = []
    if "series" in store:
        values = summaries(store.series())
        asked = metrics or store.state.get(ASKED) or settings["metrics"]
        for metric in chosen_metrics(asked):
            table = metric_table(values, metric)
            if table is not None and set(data.values()) <= set(table.columns):
                found = table[list(dict.fromkeys(data.values()))].dropna()
                worths = {c: found[name].to_numpy(float) for c, name in data.items()}
                rows += _rows(metric, list(parts), worths, drawn, most) if len(found) else []
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(
    metric: Metric,
    names: Sequence[str],
    worths: Mapping[int, Floats],
    drawn: Ints | None,
    most: int,
) -> list[dict[str, Any]]:
    """One metric's values, a row a part; `worths` are coalition → numbers, one a seed."""
    if drawn is None:
        values, errors = shapley.exact(worths, len(names)), np.zeros(len(names))
    else:
        values, errors = shapley.sampled(worths, drawn)
    total = paired(worths[(1 << len(names)) - 1] - worths[0])
    about: dict[str, Any] = {
        "metric": metric.name, "kind": metric.kind, "unit": metric.unit, "n": len(worths[0]),
        "permutations": 0 if drawn is None else len(drawn), **_ends("total", total),
    }  # fmt: skip
    kept, rest = _largest(values, most)
    rows: list[dict[str, Any]] = []
    for place in kept:
        alone = worths[1 << place] - worths[0]
        rows.append(
            {
                "part": names[place], **about, **_ends("value", paired(values[place])),
                "sampling_error": float(errors[place]), **_ends("own", paired(alone)),
                **_ends("together", paired(values[place] - alone)),
            }
        )  # fmt: skip
    if rest:
        rows.append({"part": OTHERS, **about, **_ends("value", paired(values[rest].sum(axis=0)))})
    said = reading(total.mean, total.low, total.high, len(worths[0]))
    clear = said in ("up", "down")
    for row in rows:
        row["share"] = row["value"] / total.mean if clear else np.nan
    return rows


def _largest(values: Floats, most: int) -> tuple[list[int], list[int]]:
    """Places of the parts that have a row of their own, in their order, and of those that share one."""
    if not most or len(values) <= most:
        return list(range(len(values))), []
    sizes = np.abs(values.mean(axis=1))
    kept = sorted(np.argsort(-sizes, kind="stable")[: most - 1].tolist())
    return kept, [place for place in range(len(values)) if place not in kept]


def _ends(name: str, interval: Interval) -> dict[str, float]:
    """A mean and its ends under the names of their columns."""
    low, high = ("low", "high") if name == "value" else (f"{name}_low", f"{name}_high")
    return {name: interval.mean, low: interval.low, high: interval.high}
