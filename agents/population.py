"""A population: one Mesa agent that keeps all agents of a kind as rows of plain columns."""

from __future__ import annotations

from typing import Any, ClassVar

import mesa
from mesa.agentset import AgentSet

from agents.schema import Ints, column
from agents.table import Table


class Handle(mesa.Agent):
    """One row seen as a Mesa agent: reads and writes go to the columns.

    Made on demand and valid for the quarter it was made in. The quarter itself never makes one.
    """

    population: Population

    def __init__(self, population: Population, row: int) -> None:
        """Point at a row. Not Agent.__init__: registering would give a new unique_id."""
        self.__dict__.update(population=population, row=row, model=population.model, pos=None)

    @property
    def unique_id(self) -> int:
        """The uid, the same in every scenario."""
        return int(self.population.uid[self.row])

    def __getattr__(self, name: str) -> Any:
        """Read a column at this row, as a plain Python number."""
        population = self.__dict__.get("population")
        if population is None or name not in population.columns:
            raise AttributeError(f"{type(self).__name__} has no column {name!r}")
        return getattr(population, name)[self.row].item()

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a column at this row."""
        if name not in self.population.columns:
            raise AttributeError(f"{type(self).__name__} has no column {name!r}")
        getattr(self.population, name)[self.row] = value

    def remove(self) -> None:
        """Refuse: agents leave in the phase `leaving`, with a cause and their money settled."""
        raise RuntimeError(
            f"{type(self).__name__} {self.unique_id} cannot be removed by hand: "
            "firms leave in sim/phases/leaving.py, with a cause and their accounts settled"
        )


class Population(Table, mesa.Agent):
    """All agents of one kind; rows are dense, identity is `uid`."""

    handle: ClassVar[type[Handle]] = Handle
    uid: Ints = column("–", "identity, the same in every scenario and never reused", 0)

    def handles(self) -> AgentSet:
        """Mesa agents for the rows of this moment, kept alive until the next call in a new quarter.

        Mesa's sets hold members weakly, so the population keeps the strong list.
        """
        stamp = (self.model.time, len(self))
        if self.__dict__.get("_stamp") != stamp:
            rows = [self.handle(self, row) for row in range(len(self))]
            self.__dict__.update(_stamp=stamp, _rows=rows)
        return AgentSet(self.__dict__["_rows"], random=self.model.random)
