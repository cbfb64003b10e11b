"""三(二)5: 首套购买, planned government purchases are turned towards new products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.phases.selling import Orders

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class FirstPurchase(Lever):
    """Places orders for first products; the line pays the price preference and the failures.

    The orders replace purchases that government planned anyway, so incumbents lose what entrants
    win: three quarters of them outside the district, since government buys by market shares.
    """

    id: ClassVar[str] = "first_purchase"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)5"
    words: ClassVar[str] = "首套购买"
    rule: ClassVar[str] = "财库〔2011〕181号: 6-10 % price preference for small firms"
    phases: ClassVar[tuple[str, ...]] = ("selling",)
    zero: ClassVar[Mapping[str, Any]] = {"volume": 0.0}

    envelope: float = declared(
        120.0, "m yuan/year", "price preference and failures", low=0, high=10_000
    )
    volume: float = declared(
        800.0, "m yuan/year", "planned purchases turned towards new products", low=0, high=50_000
    )
    premium: float = declared(
        0.08, "share", "price preference", low=0, high=0.5, grade="C", source="instruments 4"
    )
    largest_order: float = declared(5.0, "m yuan", "largest order a quarter", low=0, high=500)
    targeting: Targeting = field(default_factory=lambda: Targeting(max_revenue=200.0))

    def hooks(self) -> Mapping[str, Hook]:
        """Tenders are called before selling."""
        return {"selling": self._call}

    def _call(self, eco: Ecosystem) -> None:
        volume = self.volume * eco.world.scale / 4.0
        if volume > 0.0 and self.funded(eco):
            orders = Orders(
                self.id, volume, self.largest_order, self.premium, self.targeting.eligible(eco)
            )
            eco.terms.selling.contribute(self.id, orders=orders)
