"""三(二)4: 大赛、论坛与会展, founders elsewhere hear of the chance, exhibitors are seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from agents.schema import Floats
from scenarios.lever import Hook, Lever
from sim.markets.listings import at_fair
from sim.mechanisms.contests import Contest

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class InnovationEvents(Lever):
    """Holds contests and fairs: founders elsewhere who hear of a contest enter it if they would found
    here or the prize is worth the effort; exhibitors are better known to funds and buyers.

    Who is good at contests comes for the prize; a fair shows a firm to many who will not buy.
    """

    id: ClassVar[str] = "innovation_events"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)4"
    words: ClassVar[str] = (
        "支持区内企业举办、申办具有国际影响力的创新创业大赛和重要科技会议、产业论坛、行业国际会展"
    )
    phases: ClassVar[tuple[str, ...]] = ("founding", "investing", "selling")

    envelope: float = declared(12.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    told: float = declared(
        0.2, "share", "of founders elsewhere who hear of the contest", low=0, high=1
    )
    seen: float = declared(
        2.0, "customers", "what a fair counts with an exhibitor's buyers", low=0, high=50
    )
    noise: float = declared(0.9, "factor", "on funds' noise about exhibitors", low=0.3, high=1)
    event_cost: float = declared(
        2.0, "m yuan/quarter", "cost of a full season without its prizes", low=0.01, high=500
    )
    prizes: float = declared(5.0, "prizes/quarter", "in a full season", low=0, high=1000)
    prize: float = declared(0.1, "m yuan", "paid to each winner", low=0, high=10)

    def hooks(self) -> Mapping[str, Hook]:
        """The contest before founding, the fair before investing and selling."""
        return {
            "founding": self._announce,
            "investing": self._show_to_funds,
            "selling": self._show_to_buyers,
        }

    def season(self, eco: Ecosystem) -> float:
        """How much of a full season the line pays for, 0 to 1."""
        full = (self.event_cost + self.prizes * self.prize) * eco.world.scale
        full *= eco.conditions.nominal
        line = eco.treasury.lines[self.id]
        if line.yearly <= 0.0 or eco.government.cash[0] <= 0.0:
            return 0.0
        return min(line.yearly / 4.0 / (full * (1.0 + eco.treasury.administration)), 1.0)

    def by_exhibitor(self, eco: Ecosystem, shown: float, unseen: float) -> Floats:
        """What a fair counts for, by firm: those that know of it and have a new product exhibit, each
        every second year.
        """
        firms = eco.firms
        return at_fair(
            firms.uid, eco.quarter % 8, self.targeting.eligible(eco), firms.aware, firms.novelty,
            shown, unseen,
        )  # fmt: skip

    def _announce(self, eco: Ecosystem) -> None:
        season = self.season(eco)
        if season > 0.0:
            full = self.event_cost * eco.world.scale * eco.conditions.nominal
            eco.treasury.spend(self.id, "outside", "contests and fairs", season * full)
            contest = Contest(self.id, self.told * season, self.prizes * season, self.prize)
            eco.terms.founding.contribute(self.id, contests=contest)

    def _show_to_funds(self, eco: Ecosystem) -> None:
        season = self.season(eco)
        if season > 0.0 and self.noise < 1.0:
            factor = self.by_exhibitor(eco, 1.0 - (1.0 - self.noise) * season, 1.0)
            eco.terms.investing.contribute(self.id, signal_noise=factor)

    def _show_to_buyers(self, eco: Ecosystem) -> None:
        season = self.season(eco)
        if season > 0.0 and self.seen > 0.0:
            known = self.by_exhibitor(eco, self.seen * season, 0.0)
            eco.terms.selling.contribute(self.id, catalogue=known)
