"""三(三)1: 产业技术研发平台, leaders' platforms that their alliance shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IndustryRndPlatforms(Lever):
    """Pays part of what it costs the leader of an alliance to build a platform for its members.

    A leader builds if its own use is worth its part; members share what is there, outsiders do not.
    """

    id: ClassVar[str] = "industry_rnd_platforms"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)1"
    words: ClassVar[str] = "引导龙头企业面向技术创新需求，搭建一批专业领域的产业技术研发平台"
    phases: ClassVar[tuple[str, ...]] = ("researching",)

    envelope: float = declared(20.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the cost of a platform", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The price before researching."""
        return {"researching": self._share}

    def _share(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            eco.terms.researching.contribute(self.id, platform_share=self.share)
