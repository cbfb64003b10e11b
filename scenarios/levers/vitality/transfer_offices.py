"""三(二)1: 成果转化专职岗位, universities' transfer posts are paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from agents.columns import total_of
from agents.declare import declared
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TransferOffices(Lever):
    """Adds hours to transfer offices, spread by research outlay."""

    id: ClassVar[str] = "transfer_offices"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)1"
    words: ClassVar[str] = (
        "鼓励驻区高校院所设立科技成果转化专职岗位或专门机构，提升科技成果转化服务专业化水平"
    )
    phases: ClassVar[tuple[str, ...]] = ("transferring",)
    zero: ClassVar[Mapping[str, Any]] = {"posts": 0.0}

    envelope: float = declared(40.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    posts: float = declared(120.0, "posts", "posts paid for", low=0, high=5_000)

    def hooks(self) -> Mapping[str, Hook]:
        """Posts are filled before transferring."""
        return {"transferring": self._fill}

    def _fill(self, eco: Ecosystem) -> None:
        cost = eco.world.universities.post_cost * eco.conditions.nominal / 4.0
        affordable = eco.treasury.available(self.id) / cost
        posts = min(self.posts * eco.world.scale, affordable)
        if posts <= 0.0:
            return
        research = eco.universities.research
        eco.terms.transferring.contribute(self.id, posts=posts * research / total_of(research))
