"""三(四)3: 重点产业功能区, floor space is built where industry is to grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.zones import split_by_zone

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class FunctionalZones(Lever):
    """Pays part of the cost of new floor space in the functional zones; developers pay the rest."""

    id: ClassVar[str] = "functional_zones"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)3"
    words: ClassVar[str] = (
        "深入推动中关村科学城、北部科技生态新区等重点功能区，“专精特新”产业园和北部乡镇产业园建设"
    )
    phases: ClassVar[tuple[str, ...]] = ("hosting",)
    zero: ClassVar[Mapping[str, Any]] = {"space": 0.0}

    envelope: float = declared(75.0, "m yuan/year", "yearly budget line", low=0, high=20_000)
    space: float = declared(45_000.0, "m²/year", "floor space started a year", low=0, high=5e6)
    cost_share: float = declared(0.20, "share", "of the cost of building", low=0.01, high=1)
    split: tuple[float, ...] = declared(
        (0.25, 0.40, 0.20, 0.15), "share",
        "over Science City, northern area, specialised and town parks",
    )  # fmt: skip

    def hooks(self) -> Mapping[str, Hook]:
        """Building starts before hosting."""
        return {"hosting": self._build}

    def _build(self, eco: Ecosystem) -> None:
        price = eco.world.zones.build_cost * eco.conditions.nominal / 1e6 * self.cost_share
        affordable = eco.treasury.available(self.id) / price
        space = min(self.space * eco.world.scale / 4.0, affordable)
        if space <= 0.0:
            return
        eco.terms.hosting.contribute(
            self.id, new_space=space * split_by_zone(self.split), space_share=self.cost_share
        )
