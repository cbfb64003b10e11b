"""三(四)2: 准入评价与动态退出, firms that move here are reviewed, and leave if they disappoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.arrivals import Screen, falls_short

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class EntryScreening(Lever):
    """Reviews firms that would move here by what they will make out of the people, land, energy and
    water they take, and later those that came by what they do make.

    Start-ups are not reviewed. Assessors err: the next winner may be kept out.
    """

    id: ClassVar[str] = "entry_screening"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)2"
    words: ClassVar[str] = (
        "在重点企业引进过程中强化人口、用地、水耗、能耗、环境影响等综合评价，制定严格准"
        "入和动态退出机制"
    )
    phases: ClassVar[tuple[str, ...]] = ("founding", "leaving")
    zero: ClassVar[Mapping[str, Any]] = {"strictness": 0.0}

    envelope: float = declared(2.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    strictness: float = declared(0.4, "share", "of arrivals to be kept out", low=0, high=0.99)
    noise: float = declared(0.8, "s.d.", "of assessors' view", low=0, high=10)
    weights: tuple[float, ...] = declared(
        (0.25, 0.25, 0.25, 0.25), "–",
        "of the people, land, energy and water that a yuan of output takes", low=0, high=5,
    )  # fmt: skip
    floor: float = declared(
        0.35,
        "× district mean",
        "output for what it takes below which a recruited firm is asked to leave",
        low=0,
        high=2,
    )
    years: float = declared(
        3.0, "years", "before a recruited firm is reviewed again", low=0, high=20
    )

    def hooks(self) -> Mapping[str, Hook]:
        """Arrivals before founding, the recruited before leaving."""
        return {"founding": self._screen, "leaving": self._review}

    @cached_property
    def review(self) -> Screen:
        """How firms at the door are looked at."""
        return Screen(self.id, self.strictness, self.noise, self.weights)

    def _screen(self, eco: Ecosystem) -> None:
        if self.strictness > 0.0 and self.spend_all(eco, "assessors") > 0.0:
            eco.terms.founding.contribute(self.id, screens=self.review)

    def _review(self, eco: Ecosystem) -> None:
        line = eco.treasury.lines[self.id]
        if self.strictness <= 0.0 or line.spent_quarter <= 0.0:
            return
        short = falls_short(eco, self.weights, self.floor, self.years)
        eco.terms.leaving.contribute(self.id, asked_to_leave=short)
