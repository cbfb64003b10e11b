"""三(一)1: 创新导师, mentors at carriers of start-ups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class InnovationMentors(Lever):
    """Pays mentors beside the operators' own, up to a sum a station.

    Mentors raise what a team can do, and with it how well it judges its projects; where they are
    thinly spread each tenant gets little, and the ablest teams have least to learn.
    """

    id: ClassVar[str] = "innovation_mentors"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)1"
    words: ClassVar[str] = "鼓励大学科技园、孵化器、专业园区等各类创新载体建立“创新导师”队伍"
    rule: ClassVar[str] = "海行规发〔2014〕7号: innovation posts and mentors, up to 0.5 m [P7]"
    phases: ClassVar[tuple[str, ...]] = ("transferring",)

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    per_100: float = declared(3.0, "persons", "mentors paid for per 100 tenants", low=0, high=100)
    station: float = declared(
        0.5,
        "m yuan/year",
        "most for the station of one carrier",
        low=0,
        high=20,
        grade="A",
        source="P7",
    )

    def hooks(self) -> Mapping[str, Hook]:
        """Mentors before transferring."""
        return {"transferring": self._mentor}

    def _mentor(self, eco: Ecosystem) -> None:
        if self.per_100 <= 0.0 or not self.funded(eco):
            return
        most = self.station / eco.world.incubators.mentor_cost
        mentors = np.minimum(self.per_100 / 100.0 * eco.incubators.tenants, most)
        eco.terms.transferring.contribute(self.id, mentors=mentors)
