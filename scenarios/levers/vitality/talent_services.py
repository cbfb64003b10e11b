"""三(二)2: 人才服务机构, agencies' hours cost firms less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TalentServices(Lever):
    """Pays part of the price of talent agencies' hours, so that firms ask for more of them.

    Hours are limited: where agencies are busy the queue grows before their capacity does.
    """

    id: ClassVar[str] = "talent_services"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)2"
    words: ClassVar[str] = "强化创新创业人才服务，支持各类人才服务机构发展"
    phases: ClassVar[tuple[str, ...]] = ("hiring",)

    envelope: float = declared(5.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the price of an hour", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The price before hiring."""
        return {"hiring": self._cheapen}

    def _cheapen(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            eco.terms.hiring.contribute(self.id, matching_share=self.share)
