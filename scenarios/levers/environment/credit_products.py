"""三(一)5: 信用产品应用, ratings cost less and count in loans, grants and tenders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class CreditProducts(Lever):
    """Pays part of the price of a rating, and lets a fresh one count with reviewers and in tenders.

    The young have no record to be rated: where ratings count, they stand behind. That they count is a
    rule, and holds when the money for their price is used up.
    """

    id: ClassVar[str] = "credit_products"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)5"
    words: ClassVar[str] = (
        "加快信用产品在政府采购、专项资金申报、工程建设项目招投标、信用融资等领域推广应用"
    )
    phases: ClassVar[tuple[str, ...]] = ("granting", "lending", "selling")
    zero: ClassVar[Mapping[str, Any]] = {"share": 0.0, "weight": 0.0}

    envelope: float = declared(4.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.5, "share", "of the price of a rating", low=0, high=0.95)
    weight: float = declared(
        0.4, "s.d. of merit", "what a fresh rating counts in reviews and tenders", low=0, high=5
    )

    def hooks(self) -> Mapping[str, Hook]:
        """Weights before granting and selling, the price before lending."""
        return {
            "granting": self._count_in_grants,
            "lending": self._cheapen,
            "selling": self._count_in_tenders,
        }

    def _count_in_grants(self, eco: Ecosystem) -> None:
        if self.weight > 0.0:
            eco.terms.granting.contribute(self.id, rating_weight=self.weight)

    def _cheapen(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            eco.terms.lending.contribute(self.id, rating_share=self.share)

    def _count_in_tenders(self, eco: Ecosystem) -> None:
        if self.weight > 0.0:
            eco.terms.selling.contribute(self.id, rating_weight=self.weight)
