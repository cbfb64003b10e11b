"""三(二)3: 创业投资引导基金, public capital in sub-funds that private partners lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.phases.investing import Offer

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class GuidanceFund(Lever):
    """Offers managers public commitments beside their private partners'.

    Private money still decides: a sub-fund closes only with what partners commit, which the
    concession raises and quota and slow approval lower.
    """

    id: ClassVar[str] = "guidance_fund"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)3"
    words: ClassVar[str] = (
        "设立海淀区创业投资引导基金，引导社会资本重点支持区域特色、优势产业领域的创业企业发展"
    )
    rule: ClassVar[str] = "500 m over five years, 29.4 % of planned sub-funds [HL10]"
    phases: ClassVar[tuple[str, ...]] = ("investing",)
    zero: ClassVar[Mapping[str, Any]] = {"share": 0.0}

    envelope: float = declared(
        100.0, "m yuan/year", "new public capital a year, beside the 500 m of 2010",
        low=0, high=10_000, grade="B", source="HL10",
    )  # fmt: skip
    share: float = declared(
        0.30, "share", "public share of a sub-fund", low=0, high=0.6, grade="C",
        source="instruments 4",
    )  # fmt: skip
    quota: float = declared(
        0.60, "share", "of a sub-fund bound to local firms in named sectors", low=0, high=1
    )
    concession: float = declared(
        0.30, "share", "of public gains left to private partners 让利", low=0, high=1
    )
    delay: float = declared(
        0.008, "1/year", "return lost to slower decisions under public governance", low=0, high=0.1
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The offer stands before investing."""
        return {"investing": self._offer}

    def _offer(self, eco: Ecosystem) -> None:
        if self.share <= 0.0:
            return
        # Capital set aside for sub-funds waits for managers who can raise the rest.
        eco.treasury.carry_over(self.id)
        amount = eco.treasury.available(self.id)
        if amount > 0.0:
            offer = Offer(self.id, amount, self.share, self.quota, self.concession, self.delay)
            eco.terms.investing.contribute(self.id, offers=offer)
