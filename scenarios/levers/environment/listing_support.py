"""三(一)3: 上市挂牌, listings and quotations cost firms less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ListingSupport(Lever):
    """Shares the cost of listing on an exchange and of a quotation over the counter.

    Whether a listing succeeds depends on the window; a quotation that brings little is sought for
    the award.
    """

    id: ClassVar[str] = "listing_support"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)3"
    words: ClassVar[str] = "支持企业上市挂牌"
    phases: ClassVar[tuple[str, ...]] = ("leaving",)

    envelope: float = declared(20.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    listing_share: float = declared(0.25, "share", "of the cost of a listing", low=0, high=0.9)
    listing_cap: float = declared(
        2.0, "m yuan", "most paid for one listing (0: no bound)", low=0, high=100
    )
    quotation_share: float = declared(0.5, "share", "of the cost of a quotation", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """Prices before leaving."""
        return {"leaving": self._share}

    def _share(self, eco: Ecosystem) -> None:
        if self.funded(eco):
            eco.terms.leaving.contribute(
                self.id, listing_share=self.listing_share, listing_cap=self.listing_cap,
                quotation_share=self.quotation_share,
            )  # fmt: skip
