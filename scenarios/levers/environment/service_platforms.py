"""三(一)1: 创新服务平台, shared equipment at a lower price and brokers for needs and supply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.markets.targets import share_of

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ServicePlatforms(Lever):
    """Pays small firms part of what equipment and testing cost them, and buys brokers' hours for all.

    Equipment support lowers the price of a further project; it also pays for tests that firms would
    have bought. Brokers work longer, by half at most, and where few look for technology in vain.
    """

    id: ClassVar[str] = "service_platforms"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)1"
    words: ClassVar[str] = "支持创新服务平台建设，强化技术创新供需对接和技术研发基础支撑服务"
    phases: ClassVar[tuple[str, ...]] = ("transferring", "researching")

    envelope: float = declared(15.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    cost_share: float = declared(
        0.3, "share", "of the cost of equipment and testing", low=0, high=0.9
    )
    hours: float = declared(3000.0, "hours/quarter", "brokers' hours bought", low=0, high=1000000.0)
    targeting: Targeting = field(default_factory=lambda: Targeting(max_staff=100.0))

    def hooks(self) -> Mapping[str, Hook]:
        """Brokers' hours before transferring, equipment before researching."""
        return {"transferring": self._broker, "researching": self._equip}

    def _broker(self, eco: Ecosystem) -> None:
        if self.hours > 0.0 and self.funded(eco):
            hours = self.hours * eco.world.scale
            eco.terms.transferring.contribute(self.id, brokered_hours=hours)

    def _equip(self, eco: Ecosystem) -> None:
        if self.cost_share > 0.0 and self.funded(eco):
            share = share_of(self.cost_share, self.targeting.eligible(eco))
            eco.terms.researching.contribute(self.id, equipment_share=share)
