"""三(三)3: 知识产权运营, operators buy patents with a public part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.patent_trade import Bid

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class PatentOperations(Lever):
    """Puts up a share of the price at which operators buy patents.

    Operators pay what the licence income is worth to them after their costs; holders sell what is
    worth less to them, most of all what they would not use and what they need money for. Operators
    assert what they bought against everybody who sells in the sector.
    """

    id: ClassVar[str] = "patent_operations"
    section: ClassVar[str] = "capability"
    clause: ClassVar[str] = "三(三)3"
    words: ClassVar[str] = "鼓励知识产权运营服务机构开展知识产权运营投资"
    phases: ClassVar[tuple[str, ...]] = ("transferring",)

    envelope: float = declared(8.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.3, "share", "of the price of patents", low=0.05, high=0.95)
    most: float = declared(10.0, "patents", "bought of one firm in a quarter", low=0, high=1000)

    def hooks(self) -> Mapping[str, Hook]:
        """The bid before transferring."""
        return {"transferring": self._bid}

    def _bid(self, eco: Ecosystem) -> None:
        if self.most > 0.0 and self.funded(eco):
            bid = Bid(self.id, self.share, self.most)
            eco.terms.transferring.contribute(self.id, bids=bid)
