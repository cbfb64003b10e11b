"""三(四)2: 重点企业协调服务, account managers for key firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.markets.picking import greatest

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class KeyFirmServices(Lever):
    """Account managers do part of key firms' reporting, siting and compliance for them.

    The largest are served: they need it least, and are heard most. A manager does no more for a firm
    than a manager's time is worth.
    """

    id: ClassVar[str] = "key_firm_services"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)2"
    words: ClassVar[str] = "做好重点企业的协调服务"
    phases: ClassVar[tuple[str, ...]] = ("settling",)

    envelope: float = declared(4.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    served: float = declared(80.0, "firms", "with an account manager", low=0, high=10000)
    share: float = declared(0.3, "share", "of compliance done for the firm at most", low=0, high=1)
    manager: float = declared(0.04, "m yuan/year", "cost of serving one firm", low=0.001, high=5)

    def hooks(self) -> Mapping[str, Hook]:
        """The service before settling."""
        return {"settling": self._serve}

    def _serve(self, eco: Ecosystem) -> None:
        if self.served <= 0.0 or self.share <= 0.0 or not self.funded(eco):
            return
        firms, price = eco.firms, self.manager * eco.conditions.nominal / 4.0
        wanted = max(round(self.served * eco.world.scale), 1)
        count = min(wanted, int(eco.treasury.available(self.id) / price))
        largest = greatest(firms.revenue_year, firms.uid, self.targeting.eligible(eco), count)
        eco.treasury.spend(self.id, "households", "account managers", price * largest.size)
        done = np.zeros(len(firms))
        whole = eco.world.costs.compliance * firms.revenue[largest]
        done[largest] = np.minimum(self.share, price / np.maximum(whole, 1e-12))
        eco.terms.settling.contribute(self.id, compliance=done)
