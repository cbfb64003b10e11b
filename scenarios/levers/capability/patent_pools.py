"""三(三)3: 专利联盟与专利池, stacked claims become one for members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class PatentPools(Lever):
    """Pays part of what setting up and running patent pools costs, in the named sectors.

    Members of an alliance pay one royalty for what is pooled; outsiders pay what the pool asks.
    """

    id: ClassVar[str] = "patent_pools"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)3"
    words: ClassVar[str] = "鼓励企业、产业技术联盟和行业协会合作建立专利联盟或专利池"
    phases: ClassVar[tuple[str, ...]] = ("settling",)
    zero: ClassVar[Mapping[str, Any]] = {"share": 0.0}

    envelope: float = declared(6.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.5, "share", "of the cost of a pool", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The price before settling."""
        return {"settling": self._share}

    def _share(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        sectors = eco.world.sectors
        share = np.zeros(len(sectors.names))
        share[sectors.positions(self.targeting.sectors or sectors.priority)] = self.share
        eco.terms.settling.contribute(self.id, pooled=share)
