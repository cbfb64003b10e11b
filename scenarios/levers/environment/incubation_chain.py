"""三(一)2: 载体合作对接, tenants whose stay ends are offered a place further on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IncubationChain(Lever):
    """Pays carriers for holding places for tenants who have not grown out of them, a year at a time.

    What a tenant saves by staying is what the line pays, for as many as it can pay. They ask beside
    the newcomers and are ranked with them: weak tenants stay on, and take places.
    """

    id: ClassVar[str] = "incubation_chain"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)2"
    words: ClassVar[str] = (
        "支持各类创新型孵化器与加速器、大学科技园、产业园等各类创业服务载体合作对接"
    )
    phases: ClassVar[tuple[str, ...]] = ("hosting",)

    envelope: float = declared(4.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    linked: float = declared(
        0.5, "share", "of tenants whose stay ends that a linked carrier receives", low=0, high=1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The offer before hosting."""
        return {"hosting": self._link}

    def _link(self, eco: Ecosystem) -> None:
        if self.linked > 0.0 and self.funded(eco):
            eco.terms.hosting.contribute(self.id, chain=self.linked)
