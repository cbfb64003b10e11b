"""三(三)3: 自主品牌, building a brand costs firms less."""

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
class Brands(Lever):
    """Pays part of what firms spend on their brands.

    A brand wins buyers from others in the sector: where all build, few gain, and the usual outlay is
    paid for too.
    """

    id: ClassVar[str] = "brands"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)3"
    words: ClassVar[str] = "鼓励支持企业积极开展自主品牌经营，鼓励企业创建和培育知名品牌"
    phases: ClassVar[tuple[str, ...]] = ("selling",)

    envelope: float = declared(12.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.2, "share", "of outlay on brands", low=0, high=0.9)
    targeting: Targeting = field(default_factory=lambda: Targeting(max_revenue=200.0))

    def hooks(self) -> Mapping[str, Hook]:
        """The price before selling."""
        return {"selling": self._share}

    def _share(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            share = share_of(self.share, self.targeting.eligible(eco) & ~eco.firms.anchor)
            eco.terms.selling.contribute(self.id, brand_share=share)
