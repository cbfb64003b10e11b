"""三(四)1: 先进制造, pilot lines and the room they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.mechanisms.programmes import Programme

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class AdvancedManufacturing(Lever):
    """Pays part of pilot lines, of firms that make things and have a product to bring to market.

    A line takes floor space until its product is out: where a zone is full none is built, elsewhere
    rents rise for all, and who has one here moves no production to the region.
    """

    id: ClassVar[str] = "advanced_manufacturing"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)1"
    words: ClassVar[str] = "支持核心区具有发展基础和竞争优势的先进制造等新兴产业发展"
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(25.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.3, "share", "of the cost of a pilot line", low=0, high=0.95)
    cap: float = declared(5.0, "m yuan", "most for one line", low=0, high=100)
    space: float = declared(800.0, "m²", "floor space of a pilot line", low=0, high=50000)
    targeting: Targeting = field(
        default_factory=lambda: Targeting(
            sectors=("integrated_circuits", "bio_medicine", "materials_energy")
        )
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The programme before granting."""
        return {"granting": self._hold}

    def _hold(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eligible = self.targeting.eligible(eco)
        programme = Programme(self.id, "launch", self.share, self.cap, eligible, space=self.space)
        eco.terms.granting.contribute(self.id, programmes=programme)
