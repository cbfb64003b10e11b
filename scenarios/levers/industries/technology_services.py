"""三(四)1: 科技服务业, service firms of every kind are paid for opening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from agents.codes import KINDS
from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.agency_entry import OpeningAward

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TechnologyServices(Lever):
    """Pays service agencies of every kind that open here.

    Hours on offer grow; those that open for the award find little custom and close again.
    """

    id: ClassVar[str] = "technology_services"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)1"
    words: ClassVar[str] = "支持知识产权运营、专利战略布局等智力密集型科技服务业发展"
    phases: ClassVar[tuple[str, ...]] = ("founding",)

    envelope: float = declared(6.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    award: float = declared(0.5, "m yuan", "paid to an agency that opens", low=0, high=20)

    def hooks(self) -> Mapping[str, Hook]:
        """The award before founding."""
        return {"founding": self._welcome}

    @cached_property
    def offer(self) -> OpeningAward:
        """What an agency of any kind is paid when it opens."""
        return OpeningAward(self.id, KINDS, self.award)

    def _welcome(self, eco: Ecosystem) -> None:
        if self.award > 0.0 and self.funded(eco):
            eco.terms.founding.contribute(self.id, agency_awards=self.offer)
