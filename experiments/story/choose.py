"""Which firm a story is about: by name, by chance, or by what became of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.errors import BadInput
from experiments.speech import worded
from experiments.story.events import ENDS, FAILURES, ROUTINE

KINDS = ("random", "gazelle", "failure")
LEAST_EVENTS = 2  # worth telling, beside what happens to every firm
LEAST_YEARS = 3  # year ends without which a life is no line in a picture


def choose(
    firm: str, events: pd.DataFrame, firms: pd.DataFrame, design: str, reference: str
) -> int:
    """The uid of the firm; raises BadInput where there is none of that kind.

    `events` (design, quarter, uid, event) and `firms` (design, quarter, uid, revenue) are those of one
    pair. Firms of both runs are preferred, for only they show a difference.
    """
    known = sorted(set(events["uid"]) | set(firms["uid"]))
    if firm not in KINDS:
        return _named(firm, known)
    here = events[events["design"] == design]
    there = set(events.loc[events["design"] == reference, "uid"])
    counts = here[~here["event"].isin(ROUTINE)].groupby("uid").size()
    told = [int(uid) for uid in counts.index[counts >= LEAST_EVENTS]]
    wanted = {"random": _any, "gazelle": _grown, "failure": _failed}[firm]
    for pool in ([uid for uid in told if uid in there], told, [int(u) for u in counts.index]):
        found = wanted(pool, here, firms[firms["design"] == design], counts)
        if found is not None:
            return found
    raise BadInput(worded("outputs.no_such_firm", firm=firm))


def _named(firm: str, known: list[int]) -> int:
    if not firm.isdigit():
        raise BadInput(worded("outputs.firm", firm=firm, kinds=", ".join(KINDS)))
    if int(firm) not in known:
        examples = ", ".join(map(str, known[:3]))
        raise BadInput(worded("outputs.not_followed", firm=firm, examples=examples))
    return int(firm)


def _any(
    pool: list[int], _here: pd.DataFrame, firms: pd.DataFrame, _counts: pd.Series
) -> int | None:
    """A firm by chance, among those with some years of life where there are such."""
    from sim.dice import Dice

    if not pool:
        return None
    years = firms.groupby("uid")["quarter"].nunique().reindex(pool, fill_value=0)
    pool = [int(uid) for uid in years.index[years >= min(LEAST_YEARS, years.max())]]
    draws = Dice(0).roll("story", np.array(sorted(pool)))
    return sorted(pool)[int(np.argmin(draws))]


def _grown(
    pool: list[int], here: pd.DataFrame, firms: pd.DataFrame, _counts: pd.Series
) -> int | None:
    """The firm that multiplied its revenue most, over three year ends or more, and still lives."""
    ended = set(here.loc[here["event"].isin(ENDS), "uid"])
    best: tuple[float, int] | None = None
    for uid, rows in firms[firms["uid"].isin(pool)].groupby("uid", sort=True):
        years = rows.sort_values("quarter")["revenue"].to_numpy(float)
        if len(years) > 2 and years[0] > 0 and int(str(uid)) not in ended:
            times = years[-1] / years[0]
            if times > 1.0 and (best is None or times > best[0]):
                best = (times, int(str(uid)))
    return best[1] if best else None


def _failed(
    pool: list[int], here: pd.DataFrame, _firms: pd.DataFrame, counts: pd.Series
) -> int | None:
    """The firm with most to tell among those that became insolvent or were closed."""
    failed = sorted(set(here.loc[here["event"].isin(FAILURES), "uid"]) & set(pool))
    return int(max(failed, key=lambda uid: (counts[uid], -uid))) if failed else None
