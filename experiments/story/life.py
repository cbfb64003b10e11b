"""A firm's life as a tidy frame, and as sentences that say where the two runs part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.errors import BadInput
from experiments.figures.study import Study
from experiments.report.results import Results
from experiments.speech import worded
from experiments.story.events import ENDS, ROUTINE, is_amount, place, said
from experiments.text import Text

COLUMNS = (
    "part",
    "design",
    "seed",
    "uid",
    "quarter",
    "event",
    "count",
    "value",
    "staff",
    "revenue",
    "shared",
    "alike",
)
DIGITS = 3  # of an amount, to which it is told and two are alike


def pair_tables(results: Results, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events and year-end rows of the followed firms in both runs of a pair. Raises BadInput."""
    both = [str(results.focus["design"]), results.reference]
    if "events" not in results.store or "firms" not in results.store:
        raise BadInput(worded("outputs.follows_none", folder=results.folder))
    events, firms = (results.table(name, both) for name in ("events", "firms"))
    events, firms = events[events["seed"] == seed], firms[firms["seed"] == seed]
    if set(events["design"]) != set(both):
        raise BadInput(worded("outputs.seed_not_followed", seed=seed, folder=results.folder))
    return events, firms


def life(events: pd.DataFrame, firms: pd.DataFrame, uid: int) -> pd.DataFrame:
    """One row a kind of event in a quarter, or a year end, of one firm in both runs; see COLUMNS.

    `part` is event or year; `count` how often it happened in the quarter, `value` as the run noted it,
    summed (m yuan for money); staff [persons] and revenue [m yuan a quarter] of year ends; `shared` is
    true for an event of the same quarter in both runs, `alike` where count and amount agree too.
    """
    keys = ["design", "seed", "uid", "quarter", "event"]
    mine = events[events["uid"] == uid]
    told = mine.groupby(keys, as_index=False, sort=True)["value"].agg(["size", "sum"])
    told = told.rename(columns={"size": "count", "sum": "value"})
    told["amount"] = [
        f"{value:.{DIGITS}g}" if is_amount(event) else ""
        for event, value in zip(told["event"], told["value"], strict=True)
    ]
    moments = told.groupby(["quarter", "event"])
    shared = moments["design"].transform("nunique") > 1
    same = (moments["count"].transform("nunique") < 2) & (
        moments["amount"].transform("nunique") < 2
    )
    told = told.assign(part="event", shared=shared, alike=shared & same)
    years = firms[firms["uid"] == uid].assign(part="year", shared=False, alike=False)
    frame = pd.concat([told, years], ignore_index=True)
    frame["place"] = [place(event) if isinstance(event, str) else -1 for event in frame["event"]]
    frame = frame.sort_values(["quarter", "part", "design", "place"], kind="stable")
    return frame.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def end_of(frame: pd.DataFrame, design: str) -> tuple[int, str] | None:
    """When and how the firm ended in a run; nothing if it lives on."""
    rows = frame[(frame["design"] == design) & frame["event"].isin(ENDS)]
    return (int(rows["quarter"].iloc[-1]), str(rows["event"].iloc[-1])) if len(rows) else None


def sentences(frame: pd.DataFrame, study: Study, design: str, last: int) -> list[str]:
    """What became of the firm in each run, where the runs part, and that one firm proves nothing."""
    text, lines = study.text, []
    for name in (design, study.reference):
        lines.append(_fate(frame, study, name, last))
    lines.append(_parting(frame, study, design))
    return [*lines, text("story.caveat")]


def _parting(frame: pd.DataFrame, study: Study, design: str) -> str:
    """Where the two runs part: by an event of one of them, or by an amount only."""
    text = study.text
    events = frame[(frame["part"] == "event") & ~frame["event"].isin(ROUTINE)]
    apart = events[~events["alike"].astype(bool)]
    if apart.empty:
        return text("story.same")
    apart = apart.assign(place=apart["event"].map(place)).sort_values(
        ["quarter", "shared", "place"], kind="stable"
    )
    first = apart.iloc[0]
    words = {"date": text.date(int(first["quarter"])), "scenario": study.label(design)}
    if not first["shared"]:
        words["scenario"] = study.label(str(first["design"]))
        return text("story.part", event=told(text, first), **words)
    both = apart[(apart["quarter"] == first["quarter"]) & (apart["event"] == first["event"])]
    rows = both.set_index("design")
    return text(
        "story.part_amount",
        event=told(text, rows.loc[design]),
        other=told(text, rows.loc[study.reference]),
        reference=study.label(study.reference),
        **words,
    )


def told(text: Text, row: Mapping[Any, Any] | pd.Series) -> str:
    """A row of `life` in words."""
    return said(text, str(row["event"]), float(row["value"]), int(row["count"]))


def _fate(frame: pd.DataFrame, study: Study, design: str, last: int) -> str:
    text, ended = study.text, end_of(frame, design)
    words = {"scenario": study.label(design)}
    rows = frame[frame["design"] == design]
    if rows.empty:
        return text("story.never", **words)
    if ended:
        when, how = ended
        return text("story.ended", date=text.date(when), event=said(text, how), **words)
    years = rows[rows["part"] == "year"]
    if years.empty:
        return text("story.alive", date=text.date(last), **words)
    row = years.iloc[-1]
    return text(
        "story.alive_with",
        date=text.date(int(row["quarter"])),
        staff=text.count(float(row["staff"]), text("metrics.employment.unit")),
        revenue=text.money(float(row["revenue"])),
        **words,
    )
