"""Projects done with a partner: what the levers for universities, the region and abroad share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from agents.schema import Flags
from scenarios.lever import Hook, Lever
from sim.mechanisms.programmes import Partner, Programme

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class JointProjects(Lever):
    """Shares the cost of projects that eligible firms do with a partner; subclasses say with whom."""

    phases: ClassVar[tuple[str, ...]] = ("granting",)

    share: float = declared(0.4, "share", "of the cost of a project", low=0, high=0.95)
    cap: float = declared(2.0, "m yuan", "most for one project", low=0, high=50)
    chance: float = declared(0.6, "share", "of joint projects that find a partner", low=0, high=1)
    gain: float = declared(0.15, "share", "effort added by working together", low=0, high=2)
    outside: float = declared(
        0.0, "share", "of the grant spent outside the district", low=0, high=1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The programme before granting."""
        return {"granting": self._hold}

    def eligible(self, eco: Ecosystem) -> Flags:
        """Who may apply, one flag a firm."""
        return self.targeting.eligible(eco)

    def _hold(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        partner = Partner(self.chance, self.gain, self.outside)
        programme = Programme(self.id, "joint", self.share, self.cap, self.eligible(eco), partner)
        eco.terms.granting.contribute(self.id, programmes=programme)
