"""三(三)3: 标准制定, awards for leading a standard and for taking part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.phases.selling import StandardAward

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Standards(Lever):
    """Pays firms that lead a standard, and those that take part in making it.

    Buyers follow the leader's product, away from its neighbours'; most awards are paid for taking
    part.
    """

    id: ClassVar[str] = "standards"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)3"
    words: ClassVar[str] = (
        "支持企业、产业联盟和行业协会等积极参与重点产业领域的国际标准、国家标准和行业标准制定"
    )
    phases: ClassVar[tuple[str, ...]] = ("selling",)

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    lead: float = declared(1.0, "m yuan", "paid to a firm that leads a standard", low=0, high=50)
    join: float = declared(0.05, "m yuan", "paid to a firm that takes part", low=0, high=10)
    least_staff: float = declared(30.0, "persons", "smaller firms send nobody", low=0, high=10000)

    def hooks(self) -> Mapping[str, Hook]:
        """Awards before selling."""
        return {"selling": self._award}

    def _award(self, eco: Ecosystem) -> None:
        if self.lead + self.join > 0.0 and self.funded(eco):
            eligible = (eco.firms.staff >= self.least_staff) & self.targeting.eligible(eco)
            award = StandardAward(self.id, self.lead, self.join, eligible)
            eco.terms.selling.contribute(self.id, standards=award)
