"""三(三)2: 产学研用协同, projects shared with universities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from agents.declare import declared
from scenarios.joint import JointProjects


@dataclass(frozen=True)
class JointRnd(JointProjects):
    """Shares the cost and the risk of projects that firms do with universities.

    A real partner adds to the effort; the tempted name one on paper.
    """

    id: ClassVar[str] = "joint_rnd"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)2"
    words: ClassVar[str] = "鼓励企业与高校院所、产业联盟共建研发机构和开展研发合作"

    envelope: float = declared(25.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the cost of a joint project", low=0, high=0.95)
    cap: float = declared(2.0, "m yuan", "most for one project", low=0, high=50)
    chance: float = declared(0.6, "share", "of joint projects that find a partner", low=0, high=1)
    gain: float = declared(0.15, "share", "effort added by working together", low=0, high=2)
    outside: float = declared(
        0.0, "share", "of the grant spent outside the district", low=0, high=1
    )
