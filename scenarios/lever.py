"""What every lever is: frozen, declared values, a budget line, and hooks that write terms."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from agents.declare import declared
from agents.schema import Flags
from sim.markets.targets import EVERYWHERE, bits_of, within

if TYPE_CHECKING:
    from sim.model import Ecosystem
    from sim.world import World

Hook = Callable[["Ecosystem"], None]

MODES = ("universal", "focused", "distinctive", "results")


@dataclass(frozen=True)
class Targeting:
    """Who is eligible: bounds on the firm and one of the Opinion's four modes (part 二).

    universal 普惠 everybody within the bounds; focused 聚焦 the named sectors only (the "6+1" list
    where none is named); distinctive 特色 the district's strongest sectors; results 结果导向
    firms whose revenue or patents grew over the last year.
    """

    mode: str = "universal"
    max_staff: float = declared(0.0, "persons", "largest staff served; 0 = no bound", low=0)
    max_revenue: float = declared(0.0, "m yuan/year", "largest revenue; 0 = no bound", low=0)
    max_age: float = declared(0.0, "years", "oldest firm served; 0 = no bound", low=0)
    sectors: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()

    def eligible(self, eco: Ecosystem) -> Flags:
        """One flag a firm, not to be written into: the levers of a phase with one target share it."""
        fits = eco.shared.get(self)
        if fits is None:
            fits = eco.shared[self] = self._fits(eco)
        return fits

    def __hash__(self) -> int:
        """A quick hash, since every phase looks targets up; equality compares all values."""
        return hash((self.mode, self.max_staff, self.max_revenue, self.max_age))

    def _fits(self, eco: Ecosystem) -> Flags:
        firms, world = eco.firms, eco.world
        # Ages in whole quarters, which compare as the integers they are.
        bounded = 0.0 < self.max_age < math.inf
        earliest = eco.quarter - math.floor(4.0 * self.max_age) if bounded else -math.inf
        return within(
            firms.staff, firms.revenue_year, firms.revenue_year_before, firms.birth_quarter,
            firms.sector, firms.zone, self.max_staff or math.inf, self.max_revenue or math.inf,
            earliest, _bits(world.sectors, self.sectors_in(world)), _bits(world.zones, self.zones),
            self.mode == "results",
        )  # fmt: skip

    def sectors_in(self, world: World) -> tuple[str, ...]:
        """Names of the sectors served in a world; none where all are."""
        if self.sectors or self.mode not in ("focused", "distinctive"):
            return self.sectors
        return world.sectors.priority if self.mode == "focused" else world.sectors.distinctive


def _bits(declared: Any, names: tuple[str, ...]) -> np.uint64:
    return bits_of(declared.positions(names)) if names else EVERYWHERE


@dataclass(frozen=True)
class Lever:
    """One measure of the Opinion as a configurable intervention.

    Subclasses add declared values and override `hooks`; a hook runs just before its phase and only
    contributes to terms and draws on the lever's budget line. `zero` names values at which the
    lever must equal the baseline bit for bit; `excludes` names levers that claim the same thing,
    so that a scenario may switch on only one of them; `writes` names terms ("selling.orders") that
    cannot be read from the calls of `contribute` in its class.
    """

    id: ClassVar[str]
    section: ClassVar[str]
    clause: ClassVar[str]
    words: ClassVar[str]
    rule: ClassVar[str] = ""
    phases: ClassVar[tuple[str, ...]]
    zero: ClassVar[Mapping[str, Any]] = {"envelope": 0.0}
    excludes: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ()

    start: int = declared(0, "quarter", "first quarter in force; 0 = 2014Q3", low=0, high=400)
    end: int = declared(400, "quarter", "first quarter no longer in force", low=0, high=400)
    envelope: float = declared(0.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    targeting: Targeting = field(default_factory=Targeting)

    def hooks(self) -> Mapping[str, Hook]:
        """Phase name → method; a hook runs just before the phase."""
        raise NotImplementedError(f"lever {self.id} declares no hooks")

    def funded(self, eco: Ecosystem) -> bool:
        """Has the line any money left to pay with?"""
        return eco.treasury.available(self.id) > 0.0

    def spend_all(self, eco: Ecosystem, reason: str) -> float:
        """Pay the quarter's money for people who do the work; returns what was paid (m yuan)."""
        amount = eco.treasury.available(self.id)
        return float(eco.treasury.spend(self.id, "households", reason, amount)[0])

    def active(self, quarter: int) -> bool:
        """In force this quarter?"""
        return self.start <= quarter < self.end
