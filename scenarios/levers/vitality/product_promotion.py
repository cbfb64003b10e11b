"""三(二)5: 新技术新产品推广, a catalogue that buyers trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class ProductPromotion(Lever):
    """Lists new products in a catalogue, which counts with buyers who do not know the firm.

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

    def hooks(self) -> Mapping[str, Hook]:
        """The catalogue before selling."""
        return {"selling": self._list}

    def _list(self, eco: Ecosystem) -> None:
        if self.worth <= 0.0 or not self.funded(eco):
            return
        firms = eco.firms
        listed = firms.aware & (firms.novelty > 0.25) & ~firms.anchor & self.targeting.eligible(eco)
        count = np.count_nonzero(listed)
        cost = self.listing_cost * eco.conditions.nominal * count
        paid = float(eco.treasury.spend(self.id, "outside", "catalogue", cost)[0])
        crowd = 1.0 + count / (self.room * eco.world.scale)
        each = self.worth / crowd * min(paid / max(cost, 1e-12), 1.0)
        eco.terms.selling.contribute(self.id, catalogue=each * listed)
