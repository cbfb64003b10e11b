"""三(三)4: 国际创新合作, projects with partners abroad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.programmes import Partner, Programme

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class GlobalInnovation(Lever):
    """Shares the cost of projects that firms do with partners abroad.

    Partners abroad add much to the effort; a good part of the money is spent there.
    """

    id: ClassVar[str] = "global_innovation"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)4"
    words: ClassVar[str] = (
        "鼓励企业通过人才引进、技术引进、合作研发、委托研发、建立联合研发中心、参股并购"
        "海外研发机构等方式开展国际创新合作"
    )
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(12.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.3, "share", "of the cost of a project", low=0, high=0.95)
    cap: float = declared(3.0, "m yuan", "most for one project", low=0, high=50)
    chance: float = declared(0.7, "share", "of joint projects that find a partner", low=0, high=1)
    gain: float = declared(0.2, "share", "effort added by working together", low=0, high=2)
    outside: float = declared(
        0.5, "share", "of the grant spent outside the district", low=0, high=1
    )
    least_revenue: float = declared(
        20.0, "m yuan/year", "smaller firms have nobody abroad", low=0, high=100000
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The programme before granting."""
        return {"granting": self._hold}

    def _hold(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eligible = (eco.firms.revenue_year >= self.least_revenue) & self.targeting.eligible(eco)
        partner = Partner(self.chance, self.gain, self.outside)
        programme = Programme(self.id, "joint", self.share, self.cap, eligible, partner)
        eco.terms.granting.contribute(self.id, programmes=programme)
