"""三(一)2: 高成长性毕业企业跟踪筛选和落地, fast graduates are offered space here first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from agents.schema import Flags
from scenarios.lever import Hook, Lever, Targeting
from sim.markets.places import fast_graduates
from sim.markets.targets import share_of

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class GraduateLanding(Lever):
    """Tracks graduates, and offers those that grow fast floor space first and part of its rent.

    The rent counts when a firm reckons what leaving the district would save; it is paid as well to
    those who would have stayed.
    """

    id: ClassVar[str] = "graduate_landing"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)2"
    words: ClassVar[str] = "同步形成高成长性毕业企业跟踪筛选和落地机制"
    phases: ClassVar[tuple[str, ...]] = ("hosting", "settling", "leaving")

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    growth: float = declared(
        0.25, "share/year", "growth of revenue from which a graduate is tracked", low=0, high=5
    )
    rent_share: float = declared(
        0.3, "share", "of rent in the district", low=0, high=0.9, grade="B", source="CK17"
    )
    targeting: Targeting = field(default_factory=lambda: Targeting(max_age=8.0))

    def hooks(self) -> Mapping[str, Hook]:
        """First offers before hosting, rent before settling and leaving."""
        return {"hosting": self._offer, "settling": self._pay_rent, "leaving": self._hold}

    def tracked(self, eco: Ecosystem) -> Flags:
        """Graduates of carriers that grow fast, one flag a firm."""
        firms = eco.firms
        return fast_graduates(
            self.targeting.eligible(eco), firms.aware, firms.tenancy, firms.incubator,
            firms.revenue_year, firms.revenue_year_before, self.growth,
        )  # fmt: skip

    def _offer(self, eco: Ecosystem) -> None:
        if self.funded(eco):
            eco.terms.hosting.contribute(self.id, first_offer=self.tracked(eco))

    def _pay_rent(self, eco: Ecosystem) -> None:
        if self.rent_share > 0.0 and self.funded(eco):
            share = share_of(self.rent_share, self.tracked(eco))
            eco.terms.settling.contribute(self.id, landing_rent=share)

    def _hold(self, eco: Ecosystem) -> None:
        # What was paid of the rent this quarter is what a firm that thinks of leaving reckons with.
        terms = eco.terms.settling
        promised = dict(terms.parts.get("landing_rent", ())).get(self.id)
        if promised is not None:
            eco.terms.leaving.contribute(self.id, rent_relief=promised * terms.kept["landing_rent"])
