"""三(二)1: 带土移植、带技创业, researchers may leave to found and keep part of their salary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ResearcherFounders(Lever):
    """Makes good part of the salary that researchers give up, for their first years as founders.

    Those at the margin leave; so does the research they would have done, and those who would have
    left are paid as well.
    """

    id: ClassVar[str] = "researcher_founders"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)1"
    words: ClassVar[str] = "鼓励拥有科技成果的科研人员或团队“带土移植”、“带技创业”"
    phases: ClassVar[tuple[str, ...]] = ("founding",)

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    salary_share: float = declared(0.3, "share", "of the salary given up", low=0, high=0.95)
    years: float = declared(2.0, "years", "for which it is made good", low=0, high=5)

    def hooks(self) -> Mapping[str, Hook]:
        """The offer before founding."""
        return {"founding": self._make_good}

    def _make_good(self, eco: Ecosystem) -> None:
        if self.salary_share > 0.0 and self.years > 0.0 and self.funded(eco):
            eco.terms.founding.contribute(
                self.id, salary_share=self.salary_share, salary_years=self.years
            )
