"""三(一)3: 融资交易, bonds and placements cost firms less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class CapitalMarketFinancing(Lever):
    """Shares the cost of issuing bonds and placing shares.

    The fixed part of the cost keeps the small away: the money serves firms that are listed or quoted
    and large.
    """

    id: ClassVar[str] = "capital_market_financing"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)3"
    words: ClassVar[str] = "融资交易及并购重组，鼓励企业积极运用资本市场快速发展壮大"
    phases: ClassVar[tuple[str, ...]] = ("leaving",)

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the cost of an issue", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The price before leaving."""
        return {"leaving": self._share}

    def _share(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            eco.terms.leaving.contribute(self.id, issue_share=self.share)
