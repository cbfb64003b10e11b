"""`wotu attribute`: one table a metric, a row a part, the whole beneath."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from experiments.questions.asking import carry, exit_code, name_charts, take
from experiments.questions.attribute import answered, prepare
from experiments.questions.parts import part_name
from experiments.questions.settings import ATTRIBUTE
from experiments.statistics import reading_of
from experiments.summary import records
from experiments.tables import Cell, Table, show
from experiments.text import Scale, Text

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("part", "value", "interval", "own", "together", "share")


def answer(words: Sequence[str], form: str) -> int:
    """Simulate coalitions, or continue, and print what each part adds."""
    study = prepare(words)
    carry(study)
    frame = answered(study.store, take(ATTRIBUTE.options, words)[0]["metrics"])
    text = Text(str(study.plan.settings["lang"]))
    title = study.plan.designs[-1].title[text.lang] or study.plan.designs[-1].id
    data = {"folder": str(study.store.folder), "attribution": records(frame)}
    show(attribution_shown(frame, title, text), data, form)
    name_charts(study.store.folder)
    return exit_code(study)


def attribution_shown(frame: pd.DataFrame, scenario: str, text: Text) -> list[Table]:
    """A table a metric; `frame` is what `attribution` returns, `scenario` the whole's title."""
    groups = [rows for _, rows in frame.groupby(["metric", "kind"], sort=False)]
    tables = [_table(rows, scenario, text) for rows in groups]
    if tables:
        first = records(frame)[0]
        sampled = int(first["permutations"])
        how = text(
            f"attribute.{'sampled' if sampled else 'exact'}",
            orders=sampled, coalitions=2 ** len(groups[0]),
        )  # fmt: skip
        caption = text("attribute.caption", n=first["n"])
        last = tables[-1]
        tables[-1] = replace(last, notes=(*last.notes, caption, how))
    return tables


def _table(frame: pd.DataFrame, scenario: str, text: Text) -> Table:
    first = records(frame)[0]
    name = "job_years" if first["kind"] == "job_years" else str(first["metric"])
    numbers = [*frame["value"], *frame["own"], *frame["together"], first["total"]]
    scale = text.scale(name, numbers, effect=True).finer(frame["value"])
    sampled = int(first["permutations"])
    headings = [text(f"attribute.{key}") for key in KEYS]
    if sampled:
        headings.append(text("attribute.sampling_error"))
    rows = [_row(row, scale, text, sampled=bool(sampled)) for row in records(frame)]
    total = [
        text("attribute.total"), scale.number(first["total"], signed=True),
        _interval(first, "total_low", "total_high", scale, text), "", "", "",
    ]  # fmt: skip
    plain_kind = first["kind"] in ("ratio", "job_years")
    kind = "" if plain_kind else text.get(f"kinds.{first['kind']}", "")
    measure = text.listed(x for x in (text.get(f"metrics.{name}.label", name), kind) if x)
    return Table(
        headings,
        [*rows, [*total, *([""] if sampled else [])]],
        title=text("attribute.title", scenario=scenario, measure=measure, unit=scale.unit),
        notes=(_finding(frame, text),),
    )


def _row(row: Mapping[str, Any], scale: Scale, text: Text, *, sampled: bool) -> list[Cell | str]:
    ends = _interval(row, "low", "high", scale, text)
    said = reading_of(row, "value")
    clear = said in ("up", "down")
    share = text.per_cent(100 * row["share"]) if math.isfinite(row["share"]) else "–"
    cells: list[Cell | str] = [
        part_name(str(row["part"]), text),
        Cell(scale.number(row["value"], signed=True), "" if clear else "dim"),
        Cell(ends, "" if clear else "dim"),
        scale.number(row["own"], signed=True), scale.number(row["together"], signed=True), share,
    ]  # fmt: skip
    if sampled:
        error = row["sampling_error"]
        cells.append(f"±{scale.number(error)}" if math.isfinite(error) else "–")
    return cells


def _interval(row: Mapping[str, Any], low: str, high: str, scale: Scale, text: Text) -> str:
    known = math.isfinite(row[low])
    return text.interval(row[low], row[high], scale) if known else "–"


def _finding(frame: pd.DataFrame, text: Text) -> str:
    """Which part adds most, in a sentence; says so where none is clear."""
    clear = [row for row in records(frame) if row["low"] > 0 or row["high"] < 0]
    if not clear:
        return text("attribute.none_clear")
    most = max(clear, key=lambda row: abs(row["value"]))
    name = part_name(str(most["part"]), text)
    way = text(f"attribute.{'up' if most['value'] > 0 else 'down'}")
    if not math.isfinite(most["share"]):
        return text("attribute.most", part=name, way=way)
    share = text.per_cent(100 * most["share"], signed=False)
    return text("attribute.most_share", part=name, way=way, share=share)
