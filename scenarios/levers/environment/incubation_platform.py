"""三(一)2: 整合创业服务资源的公共平台, pooled services make founding and the first years cheaper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.markets.targets import share_of

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IncubationPlatform(Lever):
    """Pays part of what registration, licences and equipment cost founders, and of young firms' books.

    A lower cost of entry tips founders at the margin; most of the money goes to those who would have
    founded, and to services that the market sells as well.
    """

    id: ClassVar[str] = "incubation_platform"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)2"
    words: ClassVar[str] = "整合创业服务资源的公共平台"
    phases: ClassVar[tuple[str, ...]] = ("founding", "settling")

    envelope: float = declared(12.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    entry_share: float = declared(0.25, "share", "of founders' entry cost", low=0, high=0.9)
    overhead_share: float = declared(
        0.25, "share", "of young firms' fixed overhead", low=0, high=0.9
    )
    targeting: Targeting = field(default_factory=lambda: Targeting(max_age=2.0))

    def hooks(self) -> Mapping[str, Hook]:
        """Entry before founding, overhead before settling."""
        return {"founding": self._ease_entry, "settling": self._ease_overhead}

    def _ease_entry(self, eco: Ecosystem) -> None:
        if self.entry_share > 0.0 and self.funded(eco):
            eco.terms.founding.contribute(self.id, entry_share=self.entry_share * self._kept(eco))

    def _kept(self, eco: Ecosystem) -> float:
        """The part of both promises that the quarter's money keeps, if as many found as did last."""
        firms, world, nominal = eco.firms, eco.world, eco.conditions.nominal
        young = np.count_nonzero(self.targeting.eligible(eco) & firms.aware)
        overhead = self.overhead_share * world.costs.overhead_fixed / 4.0 * young
        founded = np.count_nonzero(firms.birth_quarter >= eco.quarter - 1)
        entry = self.entry_share * world.founders.entry_cost * founded
        return eco.treasury.held_of(self.id, (entry + overhead) * nominal)

    def _ease_overhead(self, eco: Ecosystem) -> None:
        if self.overhead_share > 0.0 and self.funded(eco):
            share = share_of(self.overhead_share, self.targeting.eligible(eco) & eco.firms.aware)
            eco.terms.settling.contribute(self.id, overhead=share)
