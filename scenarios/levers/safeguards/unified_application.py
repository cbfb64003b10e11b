"""四(一): 统一申报, one portal for every scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class UnifiedApplication(Lever):
    """One portal cuts the effort of applying to the district's schemes.

    More apply, the unlikely among them; the money stays the same, and chances fall.
    """

    id: ClassVar[str] = "unified_application"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(一)"
    words: ClassVar[str] = (
        "完善“统一预算安排、统一支持方向、统一申报平台、统一审批权限、统一管理流程”的管理机制"
    )
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(3.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    cut: float = declared(0.4, "share", "of the effort of an application saved", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The portal before granting."""
        return {"granting": self._open}

    def _open(self, eco: Ecosystem) -> None:
        if self.cut > 0.0 and self.spend_all(eco, "portal") > 0.0:
            eco.terms.granting.contribute(self.id, effort_cut=self.cut)
