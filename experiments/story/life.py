"""A firm's life as a tidy frame, and as sentences that say where the two runs part."""

from __future__ import annotations

import pandas as pd

from experiments.errors import BadInput
from experiments.figures.study import Study
from experiments.report.results import Results
from experiments.speech import worded
from experiments.story.events import ENDS, ROUTINE, said

COLUMNS = (
    "part",
    "design",
    "seed",
    "uid",
    "quarter",
    "event",
    "value",
    "staff",
    "revenue",
    "shared",
)


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
    """One row an event or year end of one firm in both runs; see COLUMNS.

    `part` is event or year; value as the run noted it (m yuan for money); staff [persons] and revenue
    [m yuan a quarter] of year ends; `shared` is true for an event of the same quarter in both runs.
    """
    mine = events[events["uid"] == uid].drop_duplicates(["design", "quarter", "event"])
    designs = mine.groupby(["quarter", "event"])["design"].transform("nunique")
    told = mine.assign(part="event", shared=designs > 1)
    years = firms[firms["uid"] == uid].assign(part="year", shared=False)
    frame = pd.concat([told, years], ignore_index=True).reindex(columns=list(COLUMNS))
    return frame.sort_values(["quarter", "part", "design", "event"], ignore_index=True)


def end_of(frame: pd.DataFrame, design: str) -> tuple[int, str] | None:
    """When and how the firm ended in a run; nothing if it lives on."""
    rows = frame[(frame["design"] == design) & frame["event"].isin(ENDS)]
    return (int(rows["quarter"].iloc[-1]), str(rows["event"].iloc[-1])) if len(rows) else None


def sentences(frame: pd.DataFrame, study: Study, design: str, last: int) -> list[str]:
    """What became of the firm in each run, where the runs part, and that one firm proves nothing."""
    text, lines = study.text, []
    for name in (design, study.reference):
        lines.append(_fate(frame, study, name, last))
    apart = frame[(frame["part"] == "event") & ~frame["shared"].astype(bool)]
    telling = apart[~apart["event"].isin(ROUTINE)]
    if telling.empty:
        lines.append(text("story.same"))
    else:
        first = telling.iloc[0]
        lines.append(
            text(
                "story.part",
                date=text.date(int(first["quarter"])),
                scenario=study.label(str(first["design"])),
                event=said(text, str(first["event"]), float(first["value"])),
            )
        )
    return [*lines, text("story.caveat")]


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
