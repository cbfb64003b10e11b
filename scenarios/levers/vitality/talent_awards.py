"""三(二)2: 高层次人才多方位支持, one-off awards to top people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TalentAwards(Lever):
    """Raises the income top people expect here; residents apply too and cannot be told apart."""

    id: ClassVar[str] = "talent_awards"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)2"
    words: ClassVar[str] = "对高层次创新创业人才给予多方位支持，吸引高层次创新创业人才落地生根"
    phases: ClassVar[tuple[str, ...]] = ("hiring",)
    zero: ClassVar[Mapping[str, Any]] = {"award": 0.0}

    envelope: float = declared(90.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    award: float = declared(
        1.0, "m yuan", "one-off award", low=0, high=20, grade="C", source="instruments 4"
    )
    quota: float = declared(80.0, "persons/year", "awards a year", low=0, high=5_000)
    newcomer_share: float = declared(
        0.50, "share", "of awards kept for people not yet here", low=0, high=1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """Awards are announced before hiring."""
        return {"hiring": self._announce}

    def _announce(self, eco: Ecosystem) -> None:
        award = self.award
        affordable = eco.treasury.available(self.id) / max(award, 1e-9)
        quota = min(self.quota * eco.world.scale / 4.0, affordable)
        if award > 0.0 and quota > 0.0:
            eco.terms.hiring.contribute(
                self.id, award=award, quota=quota, newcomer_share=self.newcomer_share
            )
