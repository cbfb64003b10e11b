"""The seven phases as a plain Mesa model: agents are objects, a phase is a loop over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import mesa
import numpy as np

from experiments.reference.agents import (
    Agency,
    Alliance,
    Bank,
    District,
    Firm,
    Founder,
    Fund,
    Incubator,
    Loan,
    Purse,
    Sector,
    Stake,
    University,
    Zone,
)
from experiments.reference.founding import founding
from experiments.reference.granting import granting
from experiments.reference.leaving import leaving
from experiments.reference.lending import lending
from experiments.reference.money import Purser
from experiments.reference.offers import Offers
from experiments.reference.researching import researching
from experiments.reference.selling import selling
from experiments.reference.settling import settling
from sim.conditions import Conditions
from sim.dice import Dice
from sim.world import World

# In the order of sim/quarter.py.
PHASES: dict[str, Callable[[ReferenceModel], None]] = {
    "founding": founding,
    "granting": granting,
    "lending": lending,
    "researching": researching,
    "selling": selling,
    "settling": settling,
    "leaving": leaving,
}


class ReferenceModel(mesa.Model):
    """A district of plain Mesa agents in some quarter; `state.read` fills it."""

    def __init__(self, world: World, seed: int, quarter: int) -> None:
        """Stand up an empty district with the dice of `seed`."""
        super().__init__(rng=seed)
        self.world = world
        self.quarter = quarter
        self.dice = Dice(seed)
        self.dice.turn(quarter)
        self.conditions = Conditions()
        self.offers = Offers()
        self.loans: list[Loan] = []
        self.stakes: list[Stake] = []
        self.households, self.outside = Purse(), Purse()
        self.state, self.landlords = Purse(), Purse()
        self.district = District(self)
        self.purser = Purser(self.district, self.households, world.purse.administration)

    def step(self) -> None:
        """One quarter of the seven phases; newcomers wait in the region, since none is hosted."""
        self.dice.turn(self.quarter)
        for name, phase in PHASES.items():
            phase(self)
            if name == "founding":
                for firm in self.firms:
                    firm.zone = firm.zone or list(self.zones)[-1]
        self.quarter += 1

    def kind(self, kind: type[mesa.Agent]) -> Any:
        """All agents of a kind, in the order of their arrival."""
        return self.agents_by_type.get(kind, ())

    def roll(self, decision: str, agents: Iterable[Any], k: int = 0) -> list[float]:
        """One uniform for each agent, by its identity."""
        return self.roll_ids(decision, [agent.uid for agent in agents], k)

    def roll_ids(self, decision: str, uids: list[int], k: int = 0) -> list[float]:
        """One uniform for each identity, which need not be an agent yet."""
        return self.dice.roll(decision, np.array(uids, np.int64), k=k).tolist()

    def favourite(self, decision: str, agent: Any, among: list[Any]) -> Any:
        """The one of `among` with the highest draw for the pair; None if there is nobody."""
        if not among:
            return None
        others = np.array([other.uid for other in among], np.int64)
        ids = np.full(len(among), agent.uid)
        draws = self.dice.liking(decision, ids, others).tolist()
        return among[draws.index(max(draws))]

    firms = property(lambda self: self.kind(Firm))
    founders = property(lambda self: self.kind(Founder))
    banks = property(lambda self: self.kind(Bank))
    funds = property(lambda self: self.kind(Fund))
    universities = property(lambda self: self.kind(University))
    incubators = property(lambda self: self.kind(Incubator))
    agencies = property(lambda self: self.kind(Agency))
    alliances = property(lambda self: self.kind(Alliance))
    zones = property(lambda self: self.kind(Zone))
    sectors = property(lambda self: self.kind(Sector))
