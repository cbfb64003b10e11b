"""三(一)2: 创新型孵化器, private capital builds carriers of start-ups at lower cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.markets.ranking import by_score
from sim.markets.targets import share_of

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IncubatorSupport(Lever):
    """Shares operators' capital cost, tenants' rent, and awards the carriers rated best.

    The rating uses what an office sees: the raw number of tenants that graduated.
    """

    id: ClassVar[str] = "incubator_support"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)2"
    words: ClassVar[str] = "鼓励社会资本投资建设创新型孵化器、加速器、集中办公区等各类创业服务载体"
    rule: ClassVar[str] = "海行规发〔2014〕7号第6条: carriers rated, award up to 0.5 m [P7]"
    phases: ClassVar[tuple[str, ...]] = ("founding", "hosting", "settling")
    zero: ClassVar[Mapping[str, Any]] = {"envelope": 0.0}

    envelope: float = declared(60.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    capital_share: float = declared(
        0.30, "share", "of the cost of building places", low=0, high=0.9
    )
    rent_share: float = declared(
        0.30, "share", "of tenants' rent", low=0, high=0.9, grade="B", source="CK17, 5b-49"
    )
    award: float = declared(
        0.5, "m yuan", "award to a carrier rated excellent", low=0, high=5, grade="A", source="P7"
    )
    awarded: float = declared(0.10, "share/year", "carriers rated excellent", low=0, high=1)

    def hooks(self) -> Mapping[str, Hook]:
        """News before founding, capital and awards before hosting, rent before settling."""
        return {"founding": self._tell, "hosting": self._build, "settling": self._rent}

    def _tell(self, eco: Ecosystem) -> None:
        # Founders hear what tenants were paid last quarter, not what is promised.
        if self.rent_share > 0.0 and eco.treasury.available(self.id) > 0.0:
            kept = eco.terms.settling.kept.get("tenant_rent", 1.0)
            eco.terms.founding.contribute(self.id, rent_support=self.rent_share * kept)

    def _build(self, eco: Ecosystem) -> None:
        money = eco.treasury.available(self.id)
        if money <= 0.0:
            return
        eco.terms.hosting.contribute(
            self.id, place_capital=self.capital_share, carrier_award=self._awards(eco, money)
        )

    def _awards(self, eco: Ecosystem, money: float) -> np.ndarray:
        """Once a year, to the carriers with the most graduates for each of their places."""
        incubators = eco.incubators
        award = np.zeros(len(incubators))
        if eco.quarter % 4 == 1:
            rating = incubators.graduates / incubators.places
            order = by_score(rating, incubators.uid)
            best = order[: round(self.awarded * len(incubators))]
            award[best] = min(self.award, money / max(best.size, 1))
        return award

    def _rent(self, eco: Ecosystem) -> None:
        if eco.treasury.available(self.id) > 0.0:
            eco.terms.settling.contribute(
                self.id, tenant_rent=share_of(self.rent_share, self.targeting.eligible(eco))
            )
