"""三(一)3: 信贷风险补偿, a pool bears part of what banks lose on loans to small technology firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class CreditRiskCompensation(Lever):
    """Promises banks a share of lost principal on eligible loans, out of a pool that can run dry.

    Banks believe the promise as far as the pool covers the calls they expect.
    """

    id: ClassVar[str] = "credit_risk_compensation"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)3"
    words: ClassVar[str] = (
        "加快建立支持科技创新的信贷风险补偿机制，促使金融机构加大对早期创新项目的金融服务力度"
    )
    rule: ClassVar[str] = "中关村小微企业信贷风险补偿资金管理办法 [RC]; share by analogy [YZ25]"
    phases: ClassVar[tuple[str, ...]] = ("lending", "settling")
    zero: ClassVar[Mapping[str, Any]] = {"share": 0.0}

    envelope: float = declared(
        50.0, "m yuan/year", "paid into the pool each year until it is full", low=0, high=10_000
    )
    pool: float = declared(
        100.0, "m yuan", "size of the pool", low=0, high=10_000, grade="B", source="YZ25, 5b-46"
    )
    share: float = declared(
        0.40, "share", "of lost principal borne", low=0, high=0.9, grade="B", source="YZ25, 5b-46"
    )
    largest_loan: float = declared(
        5.0, "m yuan", "largest loan covered", low=0, high=100, grade="B", source="CD11"
    )
    targeting: Targeting = field(default_factory=lambda: Targeting(max_revenue=100.0))

    def hooks(self) -> Mapping[str, Hook]:
        """The promise before lending; the pool itself behind settling and leaving."""
        return {"lending": self._promise, "settling": self._stand_behind}

    def _promise(self, eco: Ecosystem) -> None:
        if self.share <= 0.0:
            return
        eco.treasury.keep_pool(self.id, self.pool)
        expected = 4.0 * eco.conditions.pool_calls
        money = eco.treasury.available(self.id)
        belief = 1.0 if expected <= 0.0 else min(1.0, money / expected)
        if money <= 0.0:
            return
        eligible = self.targeting.eligible(eco)
        cover = self.share * eligible
        eco.terms.lending.contribute(
            self.id,
            cover=cover,
            cover_expected=cover if belief == 1.0 else self.share * belief * eligible,
            covered_loan=self.largest_loan * eco.conditions.nominal,
        )

    def _stand_behind(self, eco: Ecosystem) -> None:
        if self.share > 0.0:
            eco.terms.settling.contribute(self.id, pools=self.id)
