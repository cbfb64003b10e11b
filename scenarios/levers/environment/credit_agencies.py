"""三(一)5: 信用中介服务机构, raters are paid for opening."""

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
class CreditAgencies(Lever):
    """Pays credit raters that open here.

    More raters rate more firms; those that only the award brings rate worse.
    """

    id: ClassVar[str] = "credit_agencies"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)5"
    words: ClassVar[str] = "加快推动信用中介服务机构发展"
    phases: ClassVar[tuple[str, ...]] = ("founding",)

    envelope: float = declared(3.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    award: float = declared(0.8, "m yuan", "paid to a rater that opens", low=0, high=20)

    def hooks(self) -> Mapping[str, Hook]:
        """The award before founding."""
        return {"founding": self._welcome}

    @cached_property
    def offer(self) -> OpeningAward:
        """What a rater is paid when it opens."""
        return OpeningAward(self.id, ("rater",), self.award)

    def _welcome(self, eco: Ecosystem) -> None:
        if self.award > 0.0 and self.funded(eco):
            eco.terms.founding.contribute(self.id, agency_awards=self.offer)
