"""三(二)5: 新技术新产品推广, a catalogue that buyers trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.promotion import Catalogue

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ProductPromotion(Lever):
    """Pays part of a listing in a catalogue of new products, which counts with buyers who do not
    know the firm; firms list what they expect to sell more of.

    What a listing counts falls with how many are listed: a crowded catalogue tells buyers little.
    """

    id: ClassVar[str] = "product_promotion"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)5"
    words: ClassVar[str] = "加快推进新技术新产品推广应用，探索建立新技术新产品推广应用新机制新模式"
    phases: ClassVar[tuple[str, ...]] = ("selling",)

    envelope: float = declared(6.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    worth: float = declared(
        6.0, "customers", "what a listing among few counts with a buyer", low=0, high=100
    )
    room: float = declared(
        400.0, "firms", "listings that halve what each counts", low=1, high=100000
    )
    listing_cost: float = declared(
        0.004, "m yuan/quarter", "examining and showing a product", low=1e-06, high=1
    )
    share: float = declared(0.9, "share", "of the cost of a listing", low=0, high=1)

    def hooks(self) -> Mapping[str, Hook]:
        """The catalogue before selling."""
        return {"selling": self._open}

    def _open(self, eco: Ecosystem) -> None:
        if self.worth > 0.0 and self.funded(eco):
            catalogue = Catalogue(
                self.id, self.worth, self.room, self.listing_cost, self.share,
                self.targeting.eligible(eco),
            )  # fmt: skip
            eco.terms.selling.contribute(self.id, listings=catalogue)
