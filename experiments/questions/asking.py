"""What the questions on top of sweeps share: settings of their own, metrics, and paired numbers.

A question takes Hydra overrides like every verb, and beside them settings such as `by=clause`.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput, nearest, unknown
from experiments.metrics import COST_PER_JOB, HEADLINE, METRICS, SURVIVAL_FROM, Metric
from experiments.speech import reworded, worded

if TYPE_CHECKING:
    import pandas as pd

    from experiments.study import Study


SURVIVAL = "survival"


@dataclass(frozen=True)
class Option:
    """A setting of a question; the default fixes its type, and a tuple takes several values.

    `low` and `high` bound a number, `choices` are the words it may be, `names` says what it names
    where these are too many to list (metric, parameter).
    """

    name: str
    default: Any
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    names: str = ""


@dataclass(frozen=True)
class Question:
    """A verb on top of sweeps: its one-line help, settings and examples."""

    help: str
    options: tuple[Option, ...]
    examples: tuple[str, ...]

    def told(self, verb: str) -> list[str]:
        """The settings as the help lists them, a line each."""
        return [
            f"{item.name}={_written(item.default)}  "
            + reworded(f"help.settings.{verb}.{item.name}", item.meaning)
            for item in self.options
        ]


def _written(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else f"{value}"


def take(options: Sequence[Option], words: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Settings of a question by name, defaults where none is given, and the overrides left.

    Raises BadInput for a value that is not of the setting's kind, with the nearest known name.
    """
    known = {item.name: item for item in options}
    found: dict[str, Any] = {item.name: item.default for item in options}
    given: set[str] = set()
    left = []
    for word in words:
        key, _, value = word.partition("=")
        if key not in known:
            _check_key(key, known)
            left.append(word)
        elif key in given:
            raise BadInput(worded("values.twice", key=key))
        else:
            given.add(key)
            found[key] = _read(known[key], value.strip("'\""))
    return found, left


def _check_key(key: str, known: Mapping[str, Option]) -> None:
    """A key that is neither ours nor an override is told with names of both."""
    from experiments.schema import known_keys

    if key and "." not in key and key not in known_keys() and nearest(key, known):
        raise unknown("setting", key, known, worded("look.lists", command="--help"))


def _read(option: Option, text: str) -> Any:
    if isinstance(option.default, tuple):
        names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        for name in names:
            _check_choice(option, name)
        return names
    if isinstance(option.default, str):
        _check_choice(option, text)
        return text
    kind = worded("types.int" if isinstance(option.default, int) else "types.float")
    try:
        number = type(option.default)(text)
    except ValueError as error:
        raise BadInput(
            worded("values.option_kind", name=option.name, given=text, kind=kind)
        ) from error
    low, high = (-inf if option.low is None else option.low), (option.high or inf)
    if not low <= number <= high or not isfinite(number):
        expected = (
            worded("look.between", low=low, high=high) if isfinite(low) else worded("look.finite")
        )
        raise BadInput(
            worded("values.option_bounds", name=option.name, given=text, expected=expected)
        )
    return number


def _check_choice(option: Option, name: str) -> None:
    if option.choices and name not in option.choices:
        raise unknown(
            option.name,
            name,
            option.choices,
            worded("look.expected", names=", ".join(option.choices)),
        )


def refuse(overrides: Sequence[str], fixed: Mapping[str, str]) -> None:
    """Refuse overrides of keys that a question fixes, by the key of the reason; raises BadInput."""
    for word in overrides:
        key = word.partition("=")[0]
        if key in fixed:
            raise BadInput(
                worded("questions.fixed", key=key, reason=worded(f"questions.{fixed[key]}"))
            )


def chosen_metrics(names: Sequence[str]) -> list[Metric]:
    """Metrics by name, the headline one first where several kinds share it; none means headline.

    `revenue:cumulative` names a kind. Raises BadInput.
    """
    if not names:
        return [metric for metric in HEADLINE if metric is not COST_PER_JOB]
    return [_metric(name) for name in names]


def _metric(name: str) -> Metric:
    bare, _, kind = name.partition(":")
    found = [
        m for m in METRICS if m.name == bare and m is not COST_PER_JOB and kind in ("", m.kind)
    ]
    if not found:
        names = [metric.name for metric in METRICS if metric is not COST_PER_JOB]
        raise unknown("metric", name, names, worded("look.lists", command="wotu metrics"))
    return found[0]


def check_length(metrics: Sequence[Metric], quarters: int) -> None:
    """Refuse metrics that a run of so many quarters cannot have; raises BadInput."""
    for metric in metrics:
        if metric.name == SURVIVAL and quarters <= SURVIVAL_FROM:
            raise BadInput(
                worded(
                    "questions.run_too_short",
                    name=metric.name, quarters=quarters, least=SURVIVAL_FROM + 1,
                )
            )  # fmt: skip


def metric_table(values: pd.DataFrame, metric: Metric) -> pd.DataFrame | None:
    """One metric's numbers, a row a seed and a column a design; None where it was not recorded.

    `values` come from `effects.summaries`.
    """
    key = (metric.name, metric.kind)
    if key not in values.columns:
        return None
    return values[key].unstack("design")


def carry(study: Study) -> None:
    """Say what a user should know of a study, and run what is missing."""
    from experiments.progress import say
    from experiments.study import execute

    for notice in study.notices:
        say(notice)
    execute(study)


def name_charts(folder: Path) -> None:
    """Say which command draws the answer."""
    from experiments.progress import say

    say(worded("notices.charts_by", folder=shlex.quote(str(folder))))


def exit_code(*studies: Study) -> int:
    """The exit code of a question: runs that failed are told, and tried again by the command."""
    from experiments.errors import DONE, SOME_FAILED
    from experiments.progress import say

    failed = sum(len(study.store.failures()) for study in studies)
    if failed:
        say(worded("notices.failed_runs", count=failed, command=studies[0].command))
    return SOME_FAILED if failed else DONE
