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
)
from experiments.gallery.chart import Chart
from experiments.report.results import Results

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
    "forest": Kind(over_time.forests, needs="at least two scenarios beside the reference"),
    "waterfall": Kind(parts.waterfalls, needs=parts.NEEDS),
    "heatmap": Kind(
        interactions.heatmaps, needs="pairs of levers, as `wotu interactions` runs them"
    ),
    "plane": Kind(cost.planes),
    "loss": Kind(cost.losses, needs="two pairs or more"),
    "side_effects": Kind(side_effects.small_multiples),
    "groups": Kind(groups.winners, table="groups"),
    "sizes": Kind(sizes.ridges, table="sizes"),
    "money": Kind(money.trails, table="flows"),
    "tornado": Kind(asked.tornados, needs=asked.NEEDS_TORNADO),
    "pareto": Kind(asked.paretos, needs=asked.NEEDS_PARETO),
    "regret": Kind(robust.regrets, needs=robust.NEEDS_REGRET),
    "boxes": Kind(robust.failures, needs=robust.NEEDS_BOXES),
    "network": Kind(network.networks, table="links"),
}


def charts(results: Results, study: Study, kinds: Iterable[str] = tuple(KINDS)) -> Iterator[Chart]:
    """Every chart of some kinds that the folder's data allow. Raises BadInput for unknown kinds."""
    for name in kinds:
        yield from known(name).make(results, study)


def known(kind: str) -> Kind:
    """A kind by name; raises BadInput with the nearest one."""
    if kind not in KINDS:
        raise unknown("kind of chart", kind, KINDS, f"known: {', '.join(KINDS)}")
    return KINDS[kind]


def refuse(kind: str, results: Results) -> BadInput:
    """The sentence for a chart that a folder's data do not allow."""
    wanted = known(kind)
    lacking = wanted.needs or f"the table {wanted.table!r}"
    return BadInput(f"{results.folder} allows no {kind} chart: that needs {lacking}")
