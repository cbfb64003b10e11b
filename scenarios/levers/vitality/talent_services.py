"""三(二)2: 人才服务机构, agencies' hours cost firms less, and help people to settle in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.settling_in import Service

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TalentServices(Lever):
    """Pays part of the price of talent agencies' hours, so that firms ask for more of them, and
    hours in which they find housing and schools for people, who weigh that when they think of
    coming.

    Hours are limited: where agencies are busy the queue grows before their capacity does, and
    people come last.
    """

    id: ClassVar[str] = "talent_services"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)2"
    words: ClassVar[str] = "强化创新创业人才服务，支持各类人才服务机构发展"
    phases: ClassVar[tuple[str, ...]] = ("hiring",)

    envelope: float = declared(5.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the price of an hour", low=0, high=0.95)
    people: float = declared(0.5, "share", "of the line kept for people who come", low=0, high=1)
    hours: float = declared(60.0, "hours", "that settling a person in takes", low=1, high=2000)
    saves: float = declared(
        0.3,
        "share",
        "of the first year's cost of housing and schooling that it saves",
        low=0,
        high=1,
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The price, and the help, before hiring."""
        return {"hiring": self._serve}

    @cached_property
    def service(self) -> Service:
        """Help with housing and schools for a person who comes."""
        return Service(self.id, self.hours, self.saves, self.people)

    def _serve(self, eco: Ecosystem) -> None:
        if not self.funded(eco):
            return
        if self.share > 0.0:
            eco.terms.hiring.contribute(self.id, matching_share=self.share)
        if self.saves > 0.0 and self.people > 0.0:
            eco.terms.hiring.contribute(self.id, services=self.service)
