"""四(二): 实施跟踪及绩效考核, part of a grant waits for its milestone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ProjectAppraisal(Lever):
    """Holds back part of every award until what it was for is done.

    Less can be taken out, and who took it forfeits the rest; who has no cash to go ahead with cannot
    begin.
    """

    id: ClassVar[str] = "project_appraisal"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(二)"
    words: ClassVar[str] = "加强对支持项目的科学化、规范化评价和绩效考核"
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(3.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    held_back: float = declared(0.3, "share", "of an award", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The rule before granting."""
        return {"granting": self._hold_back}

    def _hold_back(self, eco: Ecosystem) -> None:
        if self.held_back > 0.0 and self.spend_all(eco, "appraisers") > 0.0:
            eco.terms.granting.contribute(self.id, held_back=self.held_back)
