"""`wotu optimise`: the front with its names, the mixes behind it, and how far to believe it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.metrics import LOW
from experiments.questions.asking import exit_code, name_charts
from experiments.questions.optimise import prepare, search
from experiments.questions.optimum import Optimum, optimum
from experiments.questions.parts import own_titles, part_name
from experiments.statistics import reading_of
from experiments.summary import records
from experiments.tables import Cell, Table, show
from experiments.text import Scale, Text
from experiments.told import own_facts

if TYPE_CHECKING:
    import pandas as pd

SELECTED = ("selected", "not_selected")
Rows = Sequence[Mapping[str, Any]]


def answer(words: Sequence[str], form: str) -> int:
    """Search, or continue, try the front on fresh seeds, and print it."""
    asked = prepare(words)
    studies = search(asked)
    found = optimum(asked.folder)
    text = Text(str(asked.whole.plan.settings["lang"]))
    data = {
        "folder": str(asked.folder), "front": records(found.front),
        "shares": records(found.shares), "search": records(found.search),
    }  # fmt: skip
    own = own_titles(own_facts(asked.whole.plan.own), text)
    show(optimum_shown(found, float(asked.settings["budget"]), text, own), data, form)
    name_charts(asked.folder)
    return exit_code(*studies)


def optimum_shown(
    found: Optimum, budget: float, text: Text, own: Mapping[str, str] | None = None
) -> list[Table]:
    """The front on fresh seeds, then who gets what in each mix of it.

    `own` are the titles of a user's own levers.
    """
    return [_front(found.front, found.search, budget, text), _shares(found.shares, text, own or {})]


def named(row: Mapping[str, Any], text: Text) -> str:
    """A mix as a reader knows it: its number, and what it is best at."""
    words = [_name(part, text) for part in str(row["name"]).split("+") if part]
    mix = text("optimise.mix", number=row["mix"])
    return text("optimise.named", mix=mix, name=text.listed(words)) if words else mix


def _name(part: str, text: Text) -> str:
    if part.startswith("best:"):
        metric, _, kind = part.removeprefix("best:").partition(":")
        named = text.inline("job_years" if kind == "job_years" else metric)
        plain_kind = kind in ("", "ratio", "job_years")
        known = "" if plain_kind else text.get(f"kinds.{kind}", "")
        return text("optimise.best", metric=text.listed(word for word in (named, known) if word))
    return text(f"optimise.{part}")


def _front(frame: pd.DataFrame, searched: pd.DataFrame, budget: float, text: Text) -> Table:
    metrics = [records(rows) for _, rows in frame.groupby(["metric", "kind"], sort=False)]
    scales = [_scale(rows, text) for rows in metrics]
    headings = [text("optimise.mix_heading")]
    for rows, scale in zip(metrics, scales, strict=True):
        unit = f" [{scale.unit}]" if scale.unit else ""
        headings += [f"{_measure(rows[0], text)}{unit}", text("optimise.first")]
    headings.append(text("optimise.holds"))
    body: list[list[Cell | str]] = []
    for place in range(len(metrics[0]) if metrics else 0):
        first = metrics[0][place]
        cells: list[Cell | str] = [named(first, text)]
        for rows, scale in zip(metrics, scales, strict=True):
            cells += _cells(rows[place], scale, text)
        body.append([*cells, text("optimise.yes" if first["holds"] else "optimise.no")])
    n = metrics[0][0] if metrics else {"n": 0, "first_n": 0}
    return Table(
        headings,
        body,
        title=text("optimise.title", budget=text.money(budget)),
        caption=text("optimise.caption", n=n["n"], first=n["first_n"]),
        tail=1,
        notes=(
            text("optimise.searched", mixes=searched["mix"].nunique()),
            *(
                word
                for rows, s in zip(metrics, scales, strict=True)
                for word in _trust(rows, s, text)
            ),
        ),
    )


def _scale(rows: Rows, text: Text) -> Scale:
    name = "job_years" if rows[0]["kind"] == "job_years" else str(rows[0]["metric"])
    values = [float(row[key]) for row in rows for key in ("value", "first")]
    return text.scale(name, values, effect=True)


def _measure(row: Mapping[str, Any], text: Text) -> str:
    name = "job_years" if row["kind"] == "job_years" else str(row["metric"])
    arrow = text("optimise.less" if row["direction"] == LOW else "optimise.more")
    return f"{text.get(f'metrics.{name}.label', name)} {arrow}"


def _cells(row: Mapping[str, Any], scale: Scale, text: Text) -> list[Cell | str]:
    size = scale.number(row["value"], signed=True)
    if math.isfinite(row["low"]):
        size = f"{size}\n[{text.interval(row['low'], row['high'], scale)}]"
    said = reading_of(row, "value")
    clear = said in ("up", "down")
    return [
        Cell(size, "" if clear else "dim"),
        Cell(scale.number(row["first"], signed=True), "dim"),
    ]


def _trust(rows: Rows, scale: Scale, text: Text) -> Iterator[str]:
    """How far the search's own estimates were too good: by luck of seeds, and by selection."""
    label = _measure(rows[0], text).rsplit(" ", 1)[0]
    for kind, words in (("optimism", ("optimistic", "pessimistic")), ("selection", SELECTED)):
        known = [float(row[kind]) for row in rows if math.isfinite(row[kind])]
        if known:
            mean = sum(known) / len(known)
            size = text.joined(scale.finer([mean]).number(abs(mean)), scale.unit)
            yield text(f"optimise.{words[mean <= 0]}", metric=label, size=size)


def _shares(frame: pd.DataFrame, text: Text, own: Mapping[str, str]) -> Table:
    """A row a part, a column a mix: its share of the budget."""
    mixes = [records(rows) for _, rows in frame.groupby("mix", sort=False)]
    body: list[list[Cell | str]] = []
    for place in range(len(mixes[0]) if mixes else 0):
        cells = [
            text.per_cent(100 * rows[place]["share"], signed=False) if rows[place]["share"] else "–"
            for rows in mixes
        ]
        body.append([part_name(str(mixes[0][place]["part"]), text, own), *cells])
    return Table(
        [text("optimise.part"), *(text("optimise.mix", number=rows[0]["mix"]) for rows in mixes)],
        body,
        title=text("optimise.shares"),
    )
