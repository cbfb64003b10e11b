"""三(四)4: 产业区域转移, moving production to the region costs firms less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.relocation import MovingAid

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class RegionalTransfer(Lever):
    """Pays part of what moving production to the region costs; research stays.

    Rent is saved and space freed; jobs leave, and products take longer from bench to market. Firms for
    which moving pays without aid move anyway, and are paid too.
    """

    id: ClassVar[str] = "regional_transfer"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)4"
    words: ClassVar[str] = "加快推动核心区生产、加工等环节跨区域转移布局"
    phases: ClassVar[tuple[str, ...]] = ("hosting",)

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.6, "share", "of the cost of moving", low=0, high=0.95)
    cap: float = declared(5.0, "m yuan", "most for one firm", low=0, high=100)

    def hooks(self) -> Mapping[str, Hook]:
        """The aid before hosting."""
        return {"hosting": self._aid}

    def _aid(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            aid = MovingAid(self.id, self.share, self.cap, self.targeting.eligible(eco))
            eco.terms.hosting.contribute(self.id, relocations=aid)
