"""三(四)2: 重点企业引进, leaders and headquarters are paid for moving here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.arrivals import Award

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class FirmAttraction(Lever):
    """Pays leaders that move here, who promise to stay for some years: whoever moves them away or
    buys them out before pays back the part for the years left.

    Rivals match part of the award; those who would have come are paid as well, and think again when
    the promise has run out.
    """

    id: ClassVar[str] = "firm_attraction"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)2"
    words: ClassVar[str] = "吸引国内外战略性新兴领域的龙头企业、总部型企业和总部机构入驻"
    phases: ClassVar[tuple[str, ...]] = ("founding",)

    envelope: float = declared(25.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    award: float = declared(8.0, "m yuan", "paid to a leader that moves here", low=0, high=500)
    years: float = declared(5.0, "years", "for which it promises to stay", low=0, high=20)

    def hooks(self) -> Mapping[str, Hook]:
        """The award before founding."""
        return {"founding": self._invite}

    @cached_property
    def offer(self) -> Award:
        """What a leader that moves here is paid, and promises."""
        return Award(self.id, self.award, self.years)

    def _invite(self, eco: Ecosystem) -> None:
        # Money put aside for a leader under negotiation does not lapse at the year's end.
        eco.treasury.carry_over(self.id)
        if self.award > 0.0 and self.funded(eco):
            eco.terms.founding.contribute(self.id, arrivals=self.offer)
