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
    """Runs a platform that lists inventions and holds auctions, and pays part of buyers' search.

    What it adds shrinks with the money it runs on; where few inventions are cleared the market stays
    thin.
    """

    id: ClassVar[str] = "ip_exchange"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)4"
    words: ClassVar[str] = "支持知识产权服务与技术转移平台建设"
    phases: ClassVar[tuple[str, ...]] = ("transferring",)

    envelope: float = declared(6.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    matching: float = declared(
        0.15, "share", "added to matches by a platform that is fully run", low=0, high=2
    )
    search_share: float = declared(
        0.3, "share", "of buyers' cost of finding technology", low=0, high=0.9
    )
    running: float = declared(
        6.0, "m yuan/year", "cost of running the platform fully", low=0.01, high=1000
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The platform runs before transferring."""
        return {"transferring": self._run}

    def _run(self, eco: Ecosystem) -> None:
        if not self.funded(eco):
            return
        need = self.running * eco.world.scale * eco.conditions.nominal / 4.0
        paid = float(eco.treasury.spend(self.id, "outside", "running a platform", need)[0])
        run = min(paid / need, 1.0)
        eco.terms.transferring.contribute(
            self.id, matching=1.0 + run * self.matching, search_share=run * self.search_share
        )
