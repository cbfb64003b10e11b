"""`wotu interactions`: the table of simulated interactions beside what was expected, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.errors import DONE, SOME_FAILED
from experiments.progress import say
from experiments.questions.asking import name_charts
from experiments.questions.interactions import declared_pairs, interaction_table, prepare
from experiments.speech import worded
from experiments.study import execute
from experiments.summary import records
from experiments.tables import Cell, Table, show
from experiments.text import Text

if TYPE_CHECKING:
    import pandas as pd

KEYS = (
    "pair", "metric", "first", "second", "both", "interaction", "interval", "expected", "verdict",
)  # fmt: skip
STYLES = {"as_expected": "green", "against": "red", "unclear": "dim", "same": "dim"}


def show_interactions(words: Sequence[str], form: str) -> int:
    """Simulate pairs, or continue, and print their interactions."""
    study, pairs, named = prepare(words)
    for notice in study.notices:
        say(notice)
    execute(study)
    frame = interaction_table(study.store, pairs, headline=named)
    text = Text(str(study.plan.settings["lang"]))
    reasons = {pair.name: dict(pair.reason) for pair in pairs}
    data: dict[str, Any] = {
        "folder": str(study.store.folder), "interactions": records(frame), "reasons": reasons,
    }  # fmt: skip
    failures = study.store.failures()
    show([interactions_shown(frame, text)], data, form)
    name_charts(study.store.folder)
    if len(failures):
        say(worded("notices.failed_runs", count=len(failures), command=study.command))
    return SOME_FAILED if len(failures) else DONE


def interactions_shown(frame: pd.DataFrame, text: Text) -> Table:
    """One row an interaction, its interval, what was expected, and the reasons beneath."""
    rows = [_shown(row, text) for row in records(frame)]
    pairs = {pair.name: pair for pair in declared_pairs()}
    against = set(frame.loc[frame["verdict"] == "against", "pair"])
    notes = []
    for name in dict.fromkeys(frame["pair"]):
        if name in pairs:
            words = pairs[name].reason[text.lang]
            if name in against and pairs[name].explained:
                words = f"{words} {pairs[name].explained[text.lang]}"
            notes.append(text("interactions.reason", pair=name, words=words))
    n = str(int(frame["n"].max())) if len(frame) else "0"
    return Table(
        [text(f"interactions.{key}") for key in KEYS],
        rows,
        title=text("interactions.title", n=n),
        caption=text("interactions.caption"),
        left=2,
        tail=2,
        notes=notes,
    )


def _shown(row: dict[str, Any], text: Text) -> list[Cell | str]:
    name = "job_years" if row["kind"] == "job_years" else str(row["metric"])
    numbers = [float(row[key]) for key in ("first", "second", "both", "interaction")]
    ends = [float(row["low"]), float(row["high"])]
    scale = text.scale(name, [*numbers, *ends], effect=True).finer(ends)
    label = text.get(f"metrics.{name}.label", name)
    kind = text.get(f"kinds.{row['kind']}", "") if row["kind"] not in ("ratio", "job_years") else ""
    expected = {1: "plus", -1: "minus"}.get(int(row["expected"]), "open")
    known = math.isfinite(ends[0])
    return [
        str(row["pair"]).replace("+", "+\n"),
        " ".join(part for part in (label, kind, f"[{scale.unit}]" if scale.unit else "") if part),
        *(scale.number(number, signed=True) for number in numbers),
        text.interval(ends[0], ends[1], scale) if known else "–",
        text(f"interactions.{expected}"),
        Cell(text(f"interactions.{row['verdict']}"), STYLES.get(str(row["verdict"]), "")),
    ]
