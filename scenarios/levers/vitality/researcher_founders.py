"""三(二)1: 带土移植、带技创业, researchers may leave to found: part of their pay, and a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.researchers import Leave

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ResearcherFounders(Lever):
    """Makes good part of the salary that researchers give up, year by year while their firm lives,
    and keeps their post for those who fail.

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
    kept: float = declared(3.0, "years", "for which the post is kept", low=0, high=5)

    def hooks(self) -> Mapping[str, Hook]:
        """The offer before founding."""
        return {"founding": self._offer}

    @cached_property
    def offer(self) -> Leave:
        """Pay for some years, and the post kept for some."""
        return Leave(self.id, self.salary_share, self.years, self.kept)

    def _offer(self, eco: Ecosystem) -> None:
        if self.funded(eco):
            eco.terms.founding.contribute(self.id, leaves=self.offer)
