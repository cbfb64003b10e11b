"""四(二): 第三方标准化评价, hired evaluators read applications and look at the accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from agents.exact import power
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ThirdPartyEvaluation(Lever):
    """Buys evaluators' hours: reviews get less noisy, more misuse is found, applying takes longer."""

    id: ClassVar[str] = "third_party_evaluation"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(二)"
    words: ClassVar[str] = (
        "在专项资金支持项目选择评价、实施跟踪及绩效考核全过程引入第三方标准化评价"
    )
    phases: ClassVar[tuple[str, ...]] = ("granting",)
    zero: ClassVar[Mapping[str, Any]] = {"hours": 0.0}

    envelope: float = declared(15.0, "m yuan/year", "yearly budget line", low=0, high=1_000)
    hours: float = declared(8.0, "hours/application", "evaluators' hours", low=0, high=200)
    hour_price: float = declared(0.0006, "m yuan/hour", "price of an evaluator's hour", low=1e-6)
    audit: float = declared(
        0.15, "share", "of grantees audited beyond the usual, at eight hours", low=0, high=1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """Evaluators are hired before granting."""
        return {"granting": self._hire}

    def _hire(self, eco: Ecosystem) -> None:
        applications = max(eco.conditions.applications, 1.0)
        price = self.hour_price * eco.conditions.nominal
        affordable = eco.treasury.available(self.id) / (price * applications)
        hours = min(self.hours, affordable)
        if hours <= 0.0:
            return
        eco.treasury.spend(self.id, "households", "evaluators' hours", hours * applications * price)
        audit = 1.0 - float(power(1.0 - min(self.audit, 0.999), hours / 8.0))
        eco.terms.granting.contribute(
            self.id, review_hours=hours, audit=audit, paperwork=0.02 * hours
        )
