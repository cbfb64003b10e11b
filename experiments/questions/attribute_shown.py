"""`wotu attribute`: one table a metric, a row a part, the whole beneath."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from experiments.questions.asking import carry, exit_code, name_charts, take
from experiments.questions.attribute import answered, prepare
from experiments.questions.parts import own_titles, part_name
from experiments.questions.settings import ATTRIBUTE
from experiments.statistics import reading_of
from experiments.summary import records
from experiments.tables import Cell, Table, show
from experiments.text import Scale, Text
from experiments.told import own_facts

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
    own = own_titles(own_facts(study.plan.own), text)
    show(attribution_shown(frame, title, text, own), data, form)
    name_charts(study.store.folder)
    return exit_code(study)


def attribution_shown(
    frame: pd.DataFrame, scenario: str, text: Text, own: Mapping[str, str] | None = None
) -> list[Table]:
    """A table a metric; `frame` is what `attribution` returns, `scenario` the whole's title.

    `own` are the titles of a user's own levers.
    """
    groups = [rows for _, rows in frame.groupby(["metric", "kind"], sort=False)]
    tables = [_table(rows, scenario, text, own or {}) for rows in groups]
    if tables:
        first = records(frame)[0]
        sampled = int(first["permutations"])
        key = "exact" if not sampled else "one_pair" if sampled == 2 else "sampled"
        how = text(
            f"attribute.{key}", orders=sampled, pairs=sampled // 2, coalitions=2 ** len(groups[0])
        )
        caption = text("attribute.caption", n=first["n"])
        last = tables[-1]
        tables[-1] = replace(last, notes=(*last.notes, caption, how))
    return tables


def _table(frame: pd.DataFrame, scenario: str, text: Text, own: Mapping[str, str]) -> Table:
    first = records(frame)[0]
    name = "job_years" if first["kind"] == "job_years" else str(first["metric"])
    numbers = [*frame["value"], *frame["own"], *frame["together"], first["total"]]
    scale = text.scale(name, numbers, effect=True).finer(frame["value"])
    sampled = int(first["permutations"])
    headings = [text(f"attribute.{key}") for key in KEYS]
    if sampled:
        headings.append(text("attribute.sampling_error"))
    rows = [_row(row, scale, text, own, sampled=bool(sampled)) for row in records(frame)]
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
        notes=tuple(_finding(frame, scale, text, own)),
    )


def _row(
    row: Mapping[str, Any], scale: Scale, text: Text, own: Mapping[str, str], *, sampled: bool
) -> list[Cell | str]:
    ends = _interval(row, "low", "high", scale, text)
    said = reading_of(row, "value")
    clear = said in ("up", "down")
    share = text.per_cent(100 * row["share"]) if math.isfinite(row["share"]) else "–"
    cells: list[Cell | str] = [
        part_name(str(row["part"]), text, own),
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


def _finding(
    frame: pd.DataFrame, scale: Scale, text: Text, own: Mapping[str, str]
) -> Iterator[str]:
    """Which of the clear parts adds most, and a part of a larger mean that is not clear."""
    rows = records(frame)
    clear = [row for row in rows if reading_of(row, "value") in ("up", "down")]
    if not clear:
        yield text("attribute.none_clear")
        return
    most = max(clear, key=lambda row: abs(row["value"]))
    words = {
        "part": part_name(str(most["part"]), text, own), "clear": len(clear), "total": len(rows),
        "way": text(f"attribute.{'up' if most['value'] > 0 else 'down'}"),
    }  # fmt: skip
    if math.isfinite(most["share"]):
        words["share"] = text.per_cent(100 * most["share"], signed=False)
    yield text("attribute.most_share" if "share" in words else "attribute.most", **words)
    largest = max(rows, key=lambda row: abs(row["value"]))
    if largest not in clear:
        size = text.joined(scale.number(largest["value"], signed=True), scale.unit)
        name = part_name(str(largest["part"]), text, own)
        yield text("attribute.larger_unclear", part=name, size=size)
