"""三(四)4: 区域协同创新, projects with partners in the region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from agents.declare import declared
from scenarios.joint import JointProjects


@dataclass(frozen=True)
class RegionalCoInnovation(JointProjects):
    """Shares the cost of projects that firms do with partners in the region around.

    Partners are easily found and add little; much of the money is spent there.
    """

    id: ClassVar[str] = "regional_co_innovation"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)4"
    words: ClassVar[str] = "推动区域协同创新体系建设，打造京津冀一体化发展的先行示范区"

    envelope: float = declared(8.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the cost of a project", low=0, high=0.95)
    cap: float = declared(1.5, "m yuan", "most for one project", low=0, high=50)
    chance: float = declared(0.8, "share", "of joint projects that find a partner", low=0, high=1)
    gain: float = declared(0.06, "share", "effort added by working together", low=0, high=2)
    outside: float = declared(
        0.6, "share", "of the grant spent outside the district", low=0, high=1
    )
