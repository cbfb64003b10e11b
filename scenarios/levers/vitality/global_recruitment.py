"""三(二)2: 企业引、社会评、政府跟进配套, firms' offers abroad are co-funded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.phases.hiring import CoFunding

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class GlobalRecruitment(Lever):
    """Raises firms' offers to people whom third parties find able.

    Those who would have come are paid as well, and part of those who come leave a neighbour.
    """

    id: ClassVar[str] = "global_recruitment"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)2"
    words: ClassVar[str] = (
        "面向全球遴选高端创新创业人才或团队，形成企业引、社会评、政府跟进配套支持的人才服务新机制"
    )
    phases: ClassVar[tuple[str, ...]] = ("hiring",)

    envelope: float = declared(15.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    match: float = declared(0.5, "share", "of a firm's offer that the district adds", low=0, high=2)
    offer: float = declared(0.8, "m yuan", "what a firm offers a person to come", low=0, high=20)
    quota: float = declared(80.0, "persons/year", "co-funded at most", low=0, high=1000)
    strictness: float = declared(
        0.3, "share", "of candidates whom assessors turn down", low=0, high=1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The offer before hiring."""
        return {"hiring": self._match}

    def _match(self, eco: Ecosystem) -> None:
        if self.match > 0.0 and self.quota > 0.0 and self.funded(eco):
            price = self.match * self.offer * eco.conditions.nominal
            affordable = eco.treasury.available(self.id) / max(price, 1e-9)
            quota = min(self.quota * eco.world.scale / 4.0, affordable)
            offer = CoFunding(self.id, self.match, self.offer, quota, self.strictness)
            eco.terms.hiring.contribute(self.id, matches=offer)
