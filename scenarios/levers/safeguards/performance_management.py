"""四(一): 绩效管理与督查, envelopes follow what recipients' figures show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class PerformanceManagement(Lever):
    """Once a year moves envelopes towards lines whose recipients' revenue grew more.

    An office sees raw figures: lines that choose the growing are rewarded for choosing, and noise is
    chased.
    """

    id: ClassVar[str] = "performance_management"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(一)"
    words: ClassVar[str] = "综合督查或专项检查，纳入全区绩效管理体系"
    phases: ClassVar[tuple[str, ...]] = ("opening",)

    envelope: float = declared(2.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    rate: float = declared(
        0.2, "share/year", "most that a year moves of an envelope", low=0, high=0.9
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The review before opening."""
        return {"opening": self._review}

    def _review(self, eco: Ecosystem) -> None:
        if self.rate > 0.0 and self.spend_all(eco, "inspectors") > 0.0:
            eco.terms.opening.contribute(self.id, reviews=self.rate)
