"""三(三)2: 产业联盟, cheaper membership and introductions among members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IndustryAlliances(Lever):
    """Pays part of members' fees and the secretariats' work of introducing members to buyers.

    Insiders only: who is too small to join is introduced to nobody.
    """

    id: ClassVar[str] = "industry_alliances"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)2"
    words: ClassVar[str] = (
        "鼓励产业联盟、行业协会等社会组织发挥平台作用，促进创新资源共享和供需有效对接"
    )
    phases: ClassVar[tuple[str, ...]] = ("selling", "settling")

    envelope: float = declared(4.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    fee_share: float = declared(0.5, "share", "of membership fees", low=0, high=0.95)
    introduced: float = declared(
        2.0, "customers", "what introductions count with members' buyers", low=0, high=50
    )
    secretariat: float = declared(
        0.08, "m yuan/year", "secretariat's work for one alliance", low=0.001, high=20
    )

    def hooks(self) -> Mapping[str, Hook]:
        """Introductions before selling, fees before settling."""
        return {"selling": self._introduce, "settling": self._share_fees}

    def _introduce(self, eco: Ecosystem) -> None:
        if self.introduced <= 0.0 or not self.funded(eco):
            return
        cost = (
            self.secretariat * eco.conditions.nominal / 4.0 * eco.world.scale * len(eco.alliances)
        )
        paid = float(eco.treasury.spend(self.id, "outside", "secretariats", cost)[0])
        known = np.zeros(len(eco.firms))
        known[eco.memberships.firm] = self.introduced * min(paid / max(cost, 1e-12), 1.0)
        eco.terms.selling.contribute(self.id, catalogue=known)

    def _share_fees(self, eco: Ecosystem) -> None:
        if self.fee_share > 0.0 and self.funded(eco):
            eco.terms.settling.contribute(self.id, membership=self.fee_share)
