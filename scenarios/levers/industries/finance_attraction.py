"""三(四)2: 科技金融要素入驻, managers are paid for opening an office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.public_equity import Welcome

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class FinanceAttraction(Lever):
    """Pays managers of funds that open here.

    Those whom only the award brings have the whole country to invest in, and put a part of their
    money to work here; those who would have come are paid as well.
    """

    id: ClassVar[str] = "finance_attraction"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)2"
    words: ClassVar[str] = "鼓励各类科技金融要素和主体入驻，支持总部金融机构和科技金融专营机构发展"
    phases: ClassVar[tuple[str, ...]] = ("investing",)

    envelope: float = declared(20.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    award: float = declared(0.8, "m yuan", "paid to a manager who opens an office", low=0, high=100)

    def hooks(self) -> Mapping[str, Hook]:
        """The award before investing."""
        return {"investing": self._welcome}

    def _welcome(self, eco: Ecosystem) -> None:
        if self.award > 0.0 and self.funded(eco):
            welcome = Welcome(self.id, self.award)
            eco.terms.investing.contribute(self.id, welcomes=welcome)
