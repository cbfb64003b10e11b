"""三(一)3: 科技金融特色机构, branches that specialise in technology firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TechFinanceBranches(Lever):
    """Shares the running cost of technology branches and their scoring staff; they take patents as
    collateral.

    A branch specialises while the share covers what it lacks; those that are specialised anyway are
    paid as well, and the best-scored firms among the applicants get the loans.
    """

    id: ClassVar[str] = "tech_finance_branches"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)3"
    words: ClassVar[str] = "鼓励引导科技金融特色机构面向科技型中小微企业开展金融产品创新和服务创新"
    phases: ClassVar[tuple[str, ...]] = ("lending",)

    envelope: float = declared(12.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    cost_share: float = declared(
        0.5, "share", "of a technology branch's running cost", low=0, high=0.95
    )
    scoring: float = declared(
        0.85, "factor", "on technology branches' noise, by scoring staff paid", low=0.3, high=1
    )
    patents_taken: float = declared(
        0.5, "share", "of patents' value taken as collateral", low=0, high=1, source="CD11"
    )

    def hooks(self) -> Mapping[str, Hook]:
        """Terms before lending."""
        return {"lending": self._support}

    def _support(self, eco: Ecosystem) -> None:
        if self.cost_share > 0.0 and self.funded(eco):
            eco.terms.lending.contribute(
                self.id, branch_share=self.cost_share, scoring_noise=self.scoring,
                ip_collateral=self.patents_taken,
            )  # fmt: skip
