"""四(三): 政策宣传, firms are told of the schemes, some of them in person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.markets.news import told

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class PolicyOutreach(Lever):
    """Raises the chance that a firm hears of the schemes; precise push messages reach the unaware.

    Messages that are not targeted reach those who knew already in proportion to their number.
    """

    id: ClassVar[str] = "policy_outreach"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(三)"
    words: ClassVar[str] = (
        "灵活运用微信、微博等现代社交媒体精准推送……提高政策宣传的及时性、可及性、有效性和精准性"
    )
    phases: ClassVar[tuple[str, ...]] = ("opening",)
    zero: ClassVar[Mapping[str, Any]] = {"reach": 0.0}

    envelope: float = declared(12.0, "m yuan/year", "yearly budget line", low=0, high=1_000)
    reach: float = declared(
        0.06, "1/quarter", "chance that a message reaches a firm", low=0, high=1, source="5b-53"
    )
    precision: float = declared(
        0.30, "share", "of messages aimed at firms that do not know", low=0, high=1
    )
    message_price: float = declared(0.003, "m yuan", "cost of reaching a firm", low=1e-6, high=1)

    def hooks(self) -> Mapping[str, Hook]:
        """Messages go out before opening."""
        return {"opening": self._tell}

    def _tell(self, eco: Ecosystem) -> None:
        firms = eco.firms
        price = self.message_price * eco.conditions.nominal
        affordable = eco.treasury.available(self.id) / (price * max(len(firms), 1))
        reach = min(self.reach, affordable)
        if reach <= 0.0:
            return
        chance = told(self.targeting.eligible(eco), firms.aware, reach, self.precision)
        eco.treasury.spend(self.id, "outside", "outreach", reach * len(firms) * price)
        eco.terms.opening.contribute(self.id, broadcast=chance)
