"""四(一): 统筹协调, one project is supported by one scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class FundCoordination(Lever):
    """An office across departments keeps a project that one scheme supports from another.

    Money reaches more projects; combinations that would have helped are blocked.
    """

    id: ClassVar[str] = "fund_coordination"
    section: ClassVar[str] = "safeguards"
    clause: ClassVar[str] = "四(一)"
    words: ClassVar[str] = "确保专项资金错位支持、领域互补，避免多头支持和重复支持"
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(2.0, "m yuan/year", "yearly budget line", low=0, high=10_000)

    def hooks(self) -> Mapping[str, Hook]:
        """The rule before granting."""
        return {"granting": self._coordinate}

    def _coordinate(self, eco: Ecosystem) -> None:
        if self.envelope > 0.0 and self.spend_all(eco, "coordination") > 0.0:
            eco.terms.granting.contribute(self.id, one_scheme=True)
