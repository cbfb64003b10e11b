"""三(一)4: 知识产权服务和技术转移机构集聚, agencies are paid for opening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.agency_entry import OpeningAward

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IpAgencies(Lever):
    """Pays agencies for intellectual property and transfer that open here.

    The award tips those that expect too little custom to open unasked: it brings the weaker ones, and
    is paid to all.
    """

    id: ClassVar[str] = "ip_agencies"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)4"
    words: ClassVar[str] = "加速优质知识产权服务和技术转移机构聚集"
    phases: ClassVar[tuple[str, ...]] = ("founding",)

    envelope: float = declared(5.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    award: float = declared(0.8, "m yuan", "paid to an agency that opens", low=0, high=20)

    def hooks(self) -> Mapping[str, Hook]:
        """The award before founding."""
        return {"founding": self._welcome}

    @cached_property
    def offer(self) -> OpeningAward:
        """What an agency for property or transfer is paid when it opens."""
        return OpeningAward(self.id, ("ip", "broker"), self.award)

    def _welcome(self, eco: Ecosystem) -> None:
        if self.award > 0.0 and self.funded(eco):
            eco.terms.founding.contribute(self.id, agency_awards=self.offer)
