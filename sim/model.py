"""The ecosystem: a world, the levers that are on, and a seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

import mesa
import numpy as np
from mesa.agentset import AgentSet

from agents.agencies import Agencies
from agents.alliances import Alliances
from agents.banks import Banks
from agents.firms import Firms
from agents.founders import Founders
from agents.funds import Funds
from agents.government import Government
from agents.incubators import Incubators
from agents.links import Loans, Memberships, Stakes
from agents.population import Population
from agents.schema import Floats, Ints
from agents.universities import Universities
from sim.conditions import Conditions
from sim.dice import Dice
from sim.ledger import Ledger
from sim.markets.sums import sum_by
from sim.mechanisms.programmes import Due
from sim.quarter import PHASES
from sim.record import Record
from sim.treasury import Treasury
from sim.world import World
from sim.zones import Sectors, Zones

if TYPE_CHECKING:
    from sim.snapshot import Snapshot


class LeverLike(Protocol):
    """All that the simulation knows of a lever."""

    id: Any
    start: int
    end: int
    envelope: float

    def active(self, quarter: int) -> bool:
        """In force this quarter?"""
        ...

    def hooks(self) -> Mapping[str, Any]:
        """Phase name → method that runs just before it."""
        ...


class _ByType(dict):
    """Mesa's agents_by_type, with the columns' rows made into agents when they are asked for."""

    def __init__(self, base: Mapping[type, AgentSet], populations: Sequence[Population]) -> None:
        super().__init__(base)
        self._rows = {population.handle: population for population in populations}

    def __missing__(self, kind: type) -> AgentSet:
        return self._rows[kind].handles()

    def __contains__(self, kind: object) -> bool:
        return super().__contains__(kind) or kind in self._rows


class Ecosystem(mesa.Model):
    """An innovation district, quarter by quarter.

    World + levers + seed decide everything; the same three give the same numbers to the last bit.
    """

    def __init__(
        self,
        world: World,
        levers: Sequence[LeverLike] = (),
        seed: int = 0,
        *,
        snapshot: Snapshot | None = None,
        sample: int = 64,
        strict: bool = False,
        checks: bool = True,
    ) -> None:
        """Stand the district up at its opening (`snapshot`), or empty if none is given.

        One firm in `sample` is followed in micro-data. `strict` makes the dice refuse a repeated
        draw; `checks` compares cash with the books every quarter.
        """
        super().__init__(rng=seed)
        self.world = world
        self.levers = tuple(levers)
        self.dice = Dice(seed, strict=strict)
        self.checks = checks
        self.quarter = 0
        self._stand_up()
        self.terms = SimpleNamespace(**{phase.name: phase.terms() for phase in PHASES})
        self._hooks = self._gather_hooks()
        self.record = Record(self, sample)
        self.dues: list[Due] = []
        # What the hooks of one phase work out alike, such as who is eligible; see `step`.
        self.shared: dict[Any, Any] = {}
        for lever in self.levers:
            self.treasury.open_line(lever.id, lever.envelope, lever.start, lever.end)
        if snapshot is not None:
            snapshot.restore(self)

    def _stand_up(self) -> None:
        self.firms, self.founders = Firms(self), Founders(self)
        self.universities, self.incubators = Universities(self), Incubators(self)
        self.funds, self.banks = Funds(self), Banks(self)
        self.agencies, self.alliances = Agencies(self), Alliances(self)
        self.government = Government(self)
        self.zones, self.sectors = Zones(), Sectors()
        self.loans, self.stakes, self.memberships = Loans(), Stakes(), Memberships()
        self.conditions = Conditions()
        self.populations = {
            "firms": self.firms, "universities": self.universities, "incubators": self.incubators,
            "funds": self.funds, "banks": self.banks, "agencies": self.agencies,
            "alliances": self.alliances, "government": self.government,
        }  # fmt: skip
        self.ledger = Ledger(self.populations)
        self.treasury = Treasury(
            self.ledger, self.world.purse.programme_budget, self.world.purse.administration,
            self.world.scale,
        )  # fmt: skip

    @property
    def tables(self) -> dict[str, Any]:
        """Every table of state, by name; a snapshot holds these and the conditions."""
        return {
            **self.populations, "founders": self.founders, "zones": self.zones,
            "sectors": self.sectors, "loans": self.loans, "stakes": self.stakes,
            "memberships": self.memberships,
        }  # fmt: skip

    @property
    def agents_by_type(self) -> _ByType:
        """Mesa's index of agents; `agents_by_type[Firm]` makes row handles on demand."""
        base = super().agents_by_type
        if not hasattr(self, "populations"):
            return base
        return _ByType(base, (*self.populations.values(), self.founders))

    def _gather_hooks(self) -> dict[str, list[tuple[LeverLike, Any]]]:
        hooks: dict[str, list[tuple[LeverLike, Any]]] = {phase.name: [] for phase in PHASES}
        for lever in self.levers:
            for phase, hook in lever.hooks().items():
                hooks[phase].append((lever, hook))
        return hooks

    def step(self) -> None:
        """One quarter: the phases in the order of sim/quarter.py, each after its levers' hooks."""
        self.dice.turn(self.quarter)
        self.ledger.turn()
        self.record.turn()
        self.treasury.turn(self.quarter)
        for phase in PHASES:
            terms = getattr(self.terms, phase.name)
            terms.reset()
            self.shared.clear()
            for lever, hook in self._hooks[phase.name]:
                if lever.active(self.quarter):
                    hook(self)
            phase.run(self)
            if terms.parts:
                self.record.terms(phase.name, terms)
        self.quarter += 1

    def run(self, quarters: int) -> Record:
        """Run `quarters` quarters and return what was recorded."""
        if quarters:  # Mesa warns of no time at all
            self.run_for(quarters)
        return self.record

    def ages(self) -> Floats:
        """Ages of the firms in years."""
        return np.multiply(self.quarter - self.firms.birth_quarter, 0.25)

    def by_sector(self, values: Floats) -> Floats:
        """Sum firms' values by sector."""
        return sum_by(self.firms.sector, values, len(self.sectors))

    def remove_firms(self, gone: np.ndarray) -> Ints:
        """Take flagged firms out of the population; their links must be gone already."""
        moved = self.firms.discard(gone)
        for links in (self.loans, self.stakes, self.memberships):
            links.follow(moved)
        return moved
