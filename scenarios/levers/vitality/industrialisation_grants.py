"""三(二)1: 重大科技成果就地转化, grants for bringing a result to market here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.programmes import Programme

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class IndustrialisationGrants(Lever):
    """Pays part of what bringing a prototype to market costs, to firms with rights of their own.

    A grant frees the launch from waiting for cash; firms that have the cash would have gone ahead.
    """

    id: ClassVar[str] = "industrialisation_grants"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)1"
    words: ClassVar[str] = "重点支持符合核心区产业发展方向、具有广阔市场前景的重大科技成果就地转化"
    rule: ClassVar[str] = (
        "海行规发〔2014〕9号第5.2条: up to 10 m a project, rights reviewed first [P9]"
    )
    phases: ClassVar[tuple[str, ...]] = ("granting",)

    envelope: float = declared(50.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.4, "share", "of the cost of bringing to market", low=0, high=0.95)
    cap: float = declared(
        10.0, "m yuan", "most for one project", low=0, high=100, grade="A", source="P9"
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The programme before granting."""
        return {"granting": self._hold}

    def _hold(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eligible = (eco.firms.patents > 0.0) & self.targeting.eligible(eco)
        programme = Programme(self.id, "launch", self.share, self.cap, eligible)
        eco.terms.granting.contribute(self.id, programmes=programme)
