"""The report's charts as inline SVG: no outside reference, and ids that are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from matplotlib.figure import Figure

from experiments.figures.save import rendered
from experiments.figures.study import Study
from experiments.gallery import cost, groups, money, over_time, parts, side_effects, sizes
from experiments.gallery.chart import Chart
from experiments.report.results import Results

_ID = re.compile(r'(?<=\sid=")([^"]+)(?=")')
_USE = re.compile(r'(?<=href="#)([^"]+)(?=")|(?<=url\(#)([^)]+)(?=\))')
_DROPPED = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", re.S
)
# Charts of a section that stand beside each other, as (section, what makes them, which of them).
SECTIONS = (
    ("side_effects", side_effects.small_multiples, ("side_effects",)),
    ("money", money.trails, ("money",)),
    ("costs", cost.planes, ("plane-rnd", "plane-employment")),
    ("costs", cost.losses, ("loss-rnd", "loss-employment")),
    ("groups", groups.winners, ("groups-employment", "groups-revenue")),
    ("sizes", sizes.ridges, ("sizes",)),
    ("parts", parts.waterfalls, ("waterfall-employment", "waterfall-rnd")),
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


def drawn(chart: Chart, study: Study) -> str:
    """A chart of the gallery as SVG for the inside of a page."""
    return inline(chart.figure(study), f"{study.text.lang}-{chart.name}", chart.alt)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def by_section(results: Results, study: Study) -> dict[str, list[str]]:
    """The charts of each section that the folder's data allow."""
    found: dict[str, list[str]] = {}
    for section, make, wanted in SECTIONS:
        charts = {chart.name: chart for chart in make(results, study)}
        shown = [drawn(charts[name], study) for name in wanted if name in charts]
        found.setdefault(section, []).extend(shown)
    return found


def headline(results: Results, study: Study) -> Iterator[dict[str, Any]]:
    """Fan and paired difference of each charted metric, with the numbers at year ends."""
    fans = {chart.name: chart for chart in over_time.fans(results, study)}
    gaps = {chart.name: chart for chart in over_time.differences(results, study)}
    design = str(results.focus["design"])
    for metric in over_time.OVER_TIME:
        if f"fan-{metric}" in fans:
            spread, difference = fans[f"fan-{metric}"], gaps[f"difference-{metric}"]
            yield {
                "metric": study.text(f"metrics.{metric}.label"),
                "fan": drawn(spread, study),
                "difference": drawn(difference, study),
                "table": list(_numbers(spread.frame, difference.frame, metric, study, design)),
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
    for chart in over_time.forests(results, study):
        yield {"svg": drawn(chart, study)}
