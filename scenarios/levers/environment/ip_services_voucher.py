"""三(一)4: 购买知识产权高端服务, vouchers for protection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.markets.targets import share_of

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IpServicesVoucher(Lever):
    """Pays part of the price of high-end services, so that more firms ask for them.

    Agencies' hours are the limit. What is protected is imitated less; it is no better for it.
    """

    id: ClassVar[str] = "ip_services_voucher"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)4"
    words: ClassVar[str] = "支持企业购买知识产权高端服务，提升企业知识产权保护和运营水平"
    phases: ClassVar[tuple[str, ...]] = ("transferring",)

    envelope: float = declared(15.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(
        0.5,
        "share",
        "of the price of a service",
        low=0,
        high=0.95,
    )
    targeting: Targeting = field(default_factory=lambda: Targeting(max_staff=300.0))

    def hooks(self) -> Mapping[str, Hook]:
        """The price before transferring."""
        return {"transferring": self._voucher}

    def _voucher(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            share = share_of(self.share, self.targeting.eligible(eco))
            eco.terms.transferring.contribute(self.id, voucher_share=share)
