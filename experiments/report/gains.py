"""Who gains and who loses, in words: the groups of firms whose staff clearly rises or falls."""

from __future__ import annotations

import math

import pandas as pd

from experiments.figures.effects import clear_rows, drawn_scale, measured
from experiments.figures.groups import CATALOGUE, name
from experiments.figures.study import Study
from experiments.gallery.groups import group_effects
from experiments.report.results import Results
from experiments.text import Scale, Text

MOST = 4  # groups named each way


def gains(results: Results, study: Study) -> list[str]:
    """Sentences on winners and losers by staff; empty for a folder without groups."""
    if "groups" not in results.store:
        return []
    frame, text = group_effects(results, "staff"), study.text
    if not measured(frame):
        return [text("report.gains_single")]
    found, scale = clear_rows(frame), drawn_scale(text, "employment", frame)
    lines = []
    for way, rows in (("up", found[found["mean"] > 0]), ("down", found[found["mean"] < 0])):
        if len(rows):
            lines.append(text(f"report.gains_{way}", groups=_listed(rows, scale, study)))
    if not lines:
        return [text("report.gains_none")]
    rest = len(frame) - len(found)
    if rest:
        lines.append(text("report.gains_rest", count=rest, total=len(frame)))
    return lines


def _listed(rows: pd.DataFrame, scale: Scale, study: Study) -> str:
    """The largest changes by name, in per cent where that is known, and how many more there are."""
    text = study.text
    order = rows.iloc[(-rows["mean"].abs()).argsort(kind="stable").to_numpy()]
    words = []
    for row in order.head(MOST).to_dict("records"):
        share = float(row["per_cent"])
        value = text.joined(scale.number(float(row["mean"]), signed=True), scale.unit)
        if math.isfinite(share):
            value = text("report.gain_value", value=value, percent=text.per_cent(share))
        words.append(
            group_of(str(row["dimension"]), str(row["group"]), study)
            + text("report.in_brackets", words=value)
        )
    return text.listed(words) + more(text, len(order) - MOST)


def group_of(dimension: str, group: str, study: Study) -> str:
    """A group as the subject of a sentence, "large firms"; by its short name where it has no other."""
    kind = CATALOGUE.get(dimension, dimension)
    return study.text.get(f"groups_of.{kind}.{group}", name(dimension, group, study))


def more(text: Text, count: int) -> str:
    """That so many groups are left unnamed, where there are any."""
    if count < 1:
        return ""
    return text("report.gains_more_one") if count == 1 else text("report.gains_more", count=count)
