"""The report's charts as inline SVG: no outside reference, and ids that are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from matplotlib.figure import Figure

from experiments.figures import difference, fan, forest, frames
from experiments.figures.save import rendered
from experiments.figures.study import Study
from experiments.report.findings import name_key
from experiments.report.results import Results

# Headline metrics drawn over time, and those drawn by scenario.
OVER_TIME = ("employment", "revenue", "rnd", "patents", "vc_amount", "loans_small")
BY_SCENARIO = (
    ("employment", "job_years"),
    ("revenue", "last_year"),
    ("rnd", "cumulative"),
    ("patents", "cumulative"),
    ("vc_amount", "cumulative"),
    ("loans_small", "cumulative"),
    ("births", "cumulative"),
    ("net_cost", "cumulative"),
)
_ID = re.compile(r'(?<=\sid=")([^"]+)(?=")')
_USE = re.compile(r'(?<=href="#)([^"]+)(?=")|(?<=url\(#)([^)]+)(?=\))')
_DROPPED = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", re.S
)


def inline(figure: Figure, prefix: str, alt: str) -> str:
    """A figure as SVG for the inside of a page, its ids beginning with `prefix`."""
    svg = _DROPPED.sub("", rendered(figure, "svg", words=True).decode())
    svg = _ID.sub(lambda found: f"{prefix}-{found[0]}", svg)
    svg = _USE.sub(lambda found: f"{prefix}-{found[0]}", svg).replace("xlink:href", "href")
    body = svg[svg.index(">", svg.index("<svg")) + 1 :].strip()
    size = f"{figure.get_figwidth() * 72:g} {figure.get_figheight() * 72:g}"
    body = re.sub(r"\n\s*", "\n", body)
    return (
        f'<svg viewBox="0 0 {size}" role="img" aria-labelledby="{prefix}-alt" class="chart">'
        f'<title id="{prefix}-alt">{_escaped(alt)}</title>{body}'
    )


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def over_time(results: Results, study: Study) -> Iterator[dict[str, Any]]:
    """Fan and paired difference of each charted metric, with the numbers at year ends."""
    design, reference = str(results.focus["design"]), results.reference
    series, lang = results.series([reference, design]), study.text.lang
    for metric in OVER_TIME:
        if metric not in series:
            continue
        spread = frames.bands(series, metric)
        gaps = frames.differences(series, metric, design, reference)
        yield {
            "metric": study.text(f"metrics.{metric}.label"),
            "fan": inline(
                fan.fan(spread, metric, study),
                f"{lang}-fan-{metric}",
                fan.alt(spread, metric, study),
            ),
            "difference": inline(
                difference.difference(gaps, metric, study),
                f"{lang}-difference-{metric}",
                difference.alt(gaps, metric, study),
            ),
            "table": list(_numbers(spread, gaps, metric, study, design)),
        }


def _numbers(
    spread: Any, gaps: Any, metric: str, study: Study, design: str
) -> Iterator[dict[str, str]]:
    """Year by year: both medians, the mean difference and its interval."""
    text, medians = study.text, spread.pivot(index="quarter", columns="design", values="median")
    scale = text.scale(metric, [*gaps["mean"], *gaps["low"], *gaps["high"]], effect=True)
    for row in gaps.to_dict("records"):
        if int(row["quarter"]) % 4 == 3:
            level = medians.loc[row["quarter"]]
            yield {
                "date": text.date(row["quarter"]),
                "reference": text.quantity(metric, float(level[study.reference])),
                "scenario": text.quantity(metric, float(level[design])),
                "mean": text.joined(scale.number(row["mean"], signed=True), scale.unit),
                "interval": text.interval(row["low"], row["high"], scale),
            }


def by_scenario(results: Results, study: Study) -> Iterator[dict[str, str]]:
    """A forest for each charted metric, where several scenarios are compared."""
    if len(results.compared) < 2:
        return
    for metric, kind in BY_SCENARIO:
        rows = results.effects
        rows = rows[(rows["metric"] == metric) & (rows["kind"] == kind)]
        if len(rows) < 2:
            continue
        key = name_key(metric, kind)
        figure = forest.forest(rows, key, study)
        prefix = f"{study.text.lang}-forest-{metric}"
        yield {"svg": inline(figure, prefix, forest.alt(forest.ordered(rows), key, study))}
