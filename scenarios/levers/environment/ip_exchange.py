"""三(一)4: 知识产权服务与技术转移平台, information and auctions for inventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IpExchange(Lever):
    """Runs a platform whose listings save search, and pays part of what examining a find costs.

    Listings find buyers for what is cleared: where little is, the market stays thin.
    """

    id: ClassVar[str] = "ip_exchange"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)4"
    words: ClassVar[str] = "支持知识产权服务与技术转移平台建设"
    phases: ClassVar[tuple[str, ...]] = ("transferring",)

    envelope: float = declared(6.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    listing: float = declared(
        3.0, "hours/hour", "of search that an hour's work on listings saves", low=0, high=50
    )
    search_share: float = declared(
        0.3, "share", "of the cost of finding and examining an invention", low=0, high=0.9
    )
    running: float = declared(
        4.0, "m yuan/year", "most that the listings cost", low=0.01, high=1000
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The platform runs before transferring."""
        return {"transferring": self._run}

    def _run(self, eco: Ecosystem) -> None:
        if not self.funded(eco):
            return
        need = self.running * eco.world.scale * eco.conditions.nominal / 4.0
        # Listings come first; what is left pays for examining.
        paid = float(eco.treasury.spend(self.id, "households", "running a platform", need)[0])
        hours = paid / (eco.world.agencies.hour_price * eco.conditions.nominal)
        eco.terms.transferring.contribute(
            self.id, listed_hours=self.listing * hours, search_share=self.search_share
        )
