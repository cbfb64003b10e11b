"""三(一)3: 并购重组, finding and buying a firm costs acquirers less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class MergerSupport(Lever):
    """Shares acquirers' fees, so that they look at more firms.

    Most acquirers sit outside: with the firm its product and its head office leave the district.
    """

    id: ClassVar[str] = "merger_support"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)3"
    words: ClassVar[str] = "并购重组"
    phases: ClassVar[tuple[str, ...]] = ("leaving",)

    envelope: float = declared(10.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of acquirers' fees", low=0, high=0.95)

    def hooks(self) -> Mapping[str, Hook]:
        """The price before leaving."""
        return {"leaving": self._share}

    def _share(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            eco.terms.leaving.contribute(self.id, merger_share=self.share)
