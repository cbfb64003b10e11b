"""三(二)1: 权属清晰界定与储备库, the fee for clearing ownership is shared."""

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
class OwnershipClearance(Lever):
    """Pays part of the fee for clearing the ownership of inventions that lie in universities.

    Cleared inventions can be licensed or founded on; what nobody wants goes stale in the reserve.
    """

    id: ClassVar[str] = "ownership_clearance"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)1"
    words: ClassVar[str] = (
        "支持驻区高校院所开展知识产权权属清晰界定，对购买专业服务的费用给予补贴，构建科"
        "技成果转化储备库"
    )
    phases: ClassVar[tuple[str, ...]] = ("transferring",)

    envelope: float = declared(5.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.6, "share", "of the professional fee", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The price before transferring."""
        return {"transferring": self._share}

    def _share(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            share = np.full(len(eco.universities), self.share)
            eco.terms.transferring.contribute(self.id, clearance_share=share)
