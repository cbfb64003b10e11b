"""三(三)1: 面向社会重大需求的研发, paid R&D for public needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.mechanisms.programmes import Programme

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class MissionRnd(Lever):
    """Pays firms of the named fields for R&D that a public need asks of them.

    The work is done, and feeds their own products in part only: it diverts the same people.
    """

    id: ClassVar[str] = "mission_rnd"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)1"
    words: ClassVar[str] = "鼓励企业面向社会重大需求开展研发"
    rule: ClassVar[str] = "海行规发〔2014〕9号第5.3条: up to 1 m [P9]"
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(20.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(1.0, "share", "of the cost of the R&D asked for", low=0, high=1)
    cap: float = declared(
        1.0, "m yuan", "most for one project", low=0, high=50, grade="A", source="P9"
    )
    targeting: Targeting = field(default_factory=lambda: Targeting(mode="focused"))

    def hooks(self) -> Mapping[str, Hook]:
        """The programme before granting."""
        return {"granting": self._hold}

    def _hold(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eligible = self.targeting.eligible(eco)
        programme = Programme(self.id, "mission", self.share, self.cap, eligible)
        eco.terms.granting.contribute(self.id, programmes=programme)
