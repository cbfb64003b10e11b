"""三(三)2: 产学研用协同, projects shared with universities."""

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
class JointRnd(Lever):
    """Shares the cost and the risk of projects that firms do with universities.

    A real partner adds to the effort; the tempted name one on paper.
    """

    id: ClassVar[str] = "joint_rnd"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)2"
    words: ClassVar[str] = "鼓励企业与高校院所、产业联盟共建研发机构和开展研发合作"
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(25.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the cost of a joint project", low=0, high=0.95)
    cap: float = declared(2.0, "m yuan", "most for one project", low=0, high=50)
    chance: float = declared(0.6, "share", "of joint projects that find a partner", low=0, high=1)
    gain: float = declared(0.15, "share", "effort added by working together", low=0, high=2)
    outside: float = declared(
        0.0, "share", "of the grant spent outside the district", low=0, high=1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The programme before granting."""
        return {"granting": self._hold}

    def _hold(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eligible = self.targeting.eligible(eco)
        partner = Partner(self.chance, self.gain, self.outside)
        programme = Programme(self.id, "joint", self.share, self.cap, eligible, partner)
        eco.terms.granting.contribute(self.id, programmes=programme)
