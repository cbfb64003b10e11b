"""Every kind of chart by name, the tables it needs, and what makes it from a results folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from experiments.errors import BadInput, unknown
from experiments.figures.study import Study
from experiments.gallery import (
    asked,
    cost,
    groups,
    interactions,
    money,
    network,
    over_time,
    parts,
    robust,
    side_effects,
    sizes,
    swept,
)
from experiments.gallery.chart import Chart
from experiments.report.results import Results
from experiments.speech import worded

Maker = Callable[[Results, Study], Iterator[Chart]]


@dataclass(frozen=True)
class Kind:
    """A kind of chart: `make` yields nothing where the stored data do not allow it."""

    make: Maker
    table: str = "series"
    needs: str = ""


KINDS: dict[str, Kind] = {
    "fan": Kind(over_time.fans),
    "difference": Kind(over_time.differences),
    "forest": Kind(over_time.forests, needs="scenarios"),
    "waterfall": Kind(parts.waterfalls, needs="parts"),
    "heatmap": Kind(interactions.heatmaps, needs="pairs"),
    "plane": Kind(cost.planes),
    "loss": Kind(cost.losses, needs="two"),
    "side_effects": Kind(side_effects.small_multiples),
    "groups": Kind(groups.winners, table="groups"),
    "sizes": Kind(sizes.ridges, table="sizes"),
    "money": Kind(money.trails, table="flows"),
    "tornado": Kind(asked.tornados, needs="screening"),
    "pareto": Kind(asked.paretos, needs="front"),
    "regret": Kind(robust.regrets, needs="conditions"),
    "boxes": Kind(robust.failures, needs="boxes"),
    "swept": Kind(swept.points, needs="ranges"),
    "network": Kind(network.networks, table="links"),
}


def charts(results: Results, study: Study, kinds: Iterable[str] = tuple(KINDS)) -> Iterator[Chart]:
    """Every chart of some kinds that the folder's data allow. Raises BadInput for unknown kinds."""
    for name in kinds:
        yield from known(name).make(results, study)


def known(kind: str) -> Kind:
    """A kind by name; raises BadInput with the nearest one."""
    if kind not in KINDS:
        raise unknown("kind of chart", kind, KINDS, worded("look.known", names=", ".join(KINDS)))
    return KINDS[kind]


def refuse(kind: str, results: Results) -> BadInput:
    """The sentence for a chart that a folder's data do not allow."""
    wanted = known(kind)
    lacking = (
        worded(f"needs.{wanted.needs}")
        if wanted.needs
        else worded("needs.table", table=wanted.table)
    )
    return BadInput(
        worded("outputs.chart_lacks", folder=results.folder, kind=kind, lacking=lacking)
    )
