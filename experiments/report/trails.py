"""The numbers behind the money trail and behind winners and losers, as rows of words."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.figures.effects import clear
from experiments.figures.groups import name
from experiments.figures.study import Study
from experiments.gallery.groups import group_effects
from experiments.gallery.money import money_frame
from experiments.report.results import Results


def group_rows(results: Results, study: Study) -> Iterator[dict[str, str]]:
    """Staff by group: level of the reference, effect, interval, change in per cent."""
    if "groups" not in results.store:
        return
    text, frame = study.text, group_effects(results, "staff")
    scale = text.scale("employment", [*frame["mean"], *frame["low"], *frame["high"]], effect=True)
    for row in frame.to_dict("records"):
        low, high = float(row["low"]), float(row["high"])
        finer = scale.finer((float(row["mean"]), low, high))
        yield {
            "dimension": text(f"dimensions.{row['dimension']}"),
            "group": name(str(row["dimension"]), str(row["group"]), study),
            "baseline": text.quantity("employment", float(row["baseline"])),
            "effect": text.joined(finer.number(float(row["mean"]), signed=True), finer.unit),
            "interval": text.interval(low, high, finer),
            "per_cent": text.per_cent(float(row["per_cent"])),
            "state": "clear" if clear(row) else "unclear",
            "tone": ("gain" if float(row["mean"]) > 0 else "harm") if clear(row) else "",
        }


def money_rows(results: Results, study: Study) -> Iterator[dict[str, str]]:
    """Payments of the last year: who paid whom, the mean, its interval, and the paired difference."""
    if "flows" not in results.store or results.quarters < 4:
        return
    text, frame = study.text, money_frame(results)
    for row in frame[frame["part"] == "band"].to_dict("records"):
        level = [float(row[key]) for key in ("level", "level_low", "level_high")]
        gap = [float(row[key]) for key in ("mean", "low", "high")]
        scale, gaps = (text.scale("net_cost", values, effect=True) for values in (level, gap))
        yield {
            "source": text(f"money.{row['source']}"),
            "target": text(f"money.{row['target']}"),
            "level": text.joined(scale.number(level[0]), scale.unit),
            "interval": text.interval(level[1], level[2], scale, signed=False),
            "effect": text.joined(gaps.number(gap[0], signed=True), gaps.unit),
            "effect_interval": text.interval(gap[1], gap[2], gaps),
            "state": "clear" if clear(row) else "unclear",
        }
