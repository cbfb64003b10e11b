"""四(一): 知识产权前置审核, applicants' rights are looked at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IpPreReview(Lever):
    """Examiners look at applicants' rights before the review: who has none mostly fails, who has strong
    ones ranks higher.

    The young and those who keep secrets rather than patents are shut out.
    """

    id: ClassVar[str] = "ip_pre_review"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(一)"
    words: ClassVar[str] = "加强对申报支持项目的知识产权前置审核"
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(2.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    strictness: float = declared(
        0.7, "share", "of applicants without patents who are turned away", low=0, high=1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The examination before granting."""
        return {"granting": self._examine}

    def _examine(self, eco: Ecosystem) -> None:
        if self.strictness > 0.0 and self.spend_all(eco, "examiners") > 0.0:
            eco.terms.granting.contribute(self.id, ip_strictness=self.strictness)
