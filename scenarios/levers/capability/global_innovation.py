"""三(三)4: 国际创新合作, projects with partners abroad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from agents.schema import Flags
from scenarios.joint import JointProjects

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class GlobalInnovation(JointProjects):
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

    def eligible(self, eco: Ecosystem) -> Flags:
        """Firms large enough to have somebody abroad."""
        return super().eligible(eco) & (eco.firms.revenue_year >= self.least_revenue)
