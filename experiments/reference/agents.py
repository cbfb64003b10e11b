"""The district's residents as plain Mesa agents: one object each, with ordinary attributes.

Attributes bear the names, units and starting values that agents/ declares for the columns. Where a
column holds a row number or a code, an attribute holds the object itself (`firm.sector.market`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import mesa

from agents.agencies import Agencies
from agents.alliances import Alliances
from agents.banks import Banks
from agents.firms import Firms
from agents.founders import Founders
from agents.funds import Funds
from agents.government import Government
from agents.incubators import Incubators
from agents.table import Table
from agents.universities import Universities
from sim import identity
from sim.zones import Sectors, Zones

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel


class Resident(mesa.Agent):
    """An agent whose attributes start as `declared` says; keyword arguments say what differs."""

    declared: ClassVar[type[Table]]
    newborn: ClassVar[dict[str, Any]]
    model: ReferenceModel

    def __init_subclass__(cls, **options: Any) -> None:
        """Look up the starting values once for each kind of agent."""
        super().__init_subclass__(**options)
        cls.newborn = {name: column.start for name, column in cls.declared.columns.items()}

    def __init__(self, model: ReferenceModel, **values: Any) -> None:
        super().__init__(model)
        self.__dict__.update(self.newborn)
        self.__dict__.update(values)

    # Attributes come from the declarations, which a type checker cannot see.
    def __getattr__(self, name: str) -> Any:
        """Refuse what was never declared."""
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")


class Zone(Resident):
    """A place; `code` is its position in `world.zones.names`."""

    declared = Zones


class Sector(Resident):
    """A market; `code` is its position in `world.sectors.names`."""

    declared = Sectors


class University(Resident):
    """A university or institute."""

    declared = Universities


class Incubator(Resident):
    """A carrier of start-ups; `zone` is a Zone."""

    declared = Incubators


class Bank(Resident):
    """A bank branch."""

    declared = Banks


class Fund(Resident):
    """A fund."""

    declared = Funds


class Agency(Resident):
    """A service agency."""

    declared = Agencies

    @property
    def running_cost(self) -> float:
        """A quarter's staff of one that opened here, sold or not (m yuan)."""
        rules, nominal = self.model.world.agencies, self.model.conditions.nominal
        opened = identity.stems_from(identity.WOULD_BE_AGENCY, self.uid)
        return opened * self.hours * rules.break_even * rules.hour_price * nominal


class Alliance(Resident):
    """An industry alliance; `sector` is a Sector, `members` its number of members."""

    declared = Alliances


class District(Resident):
    """The district's government, whose cash all programme lines are paid from."""

    declared = Government


class Founder(Resident):
    """A would-be founder; `sector` is a Sector, `university` a University or None."""

    declared = Founders


class Firm(Resident):
    """A technology firm; `sector`, `zone` and `incubator` are objects, or None where there is none.

    `alliance` is the one it belongs to, or None.
    """

    declared = Firms

    @property
    def age(self) -> float:
        """Age in years."""
        return (self.model.quarter - self.birth_quarter) / 4.0

    @property
    def runway(self) -> float:
        """Quarters that its cash covers at this quarter's cost."""
        return self.cash / (self.cost + 1e-9)

    @property
    def top_pay(self) -> float:
        """What its top people cost in a quarter (m yuan), which is part of its R&D."""
        pay = self.model.world.talent.pay * self.model.conditions.nominal
        return self.top_talent * pay / 4.0


@dataclass(eq=False, slots=True)
class Loan:
    """A loan of a bank to a firm: principal in m yuan, rate a year, due in a quarter."""

    firm: Firm
    bank: Bank
    principal: float
    rate: float
    due: int
    cover: float
    guaranteed: float
    small: int


@dataclass(eq=False, slots=True)
class Stake:
    """A fund's share of a firm, what it cost (m yuan) and when it was bought."""

    firm: Firm
    fund: Fund
    share: float
    cost: float
    quarter: int


@dataclass(eq=False, slots=True)
class Purse:
    """A sector that has no agents of its own: households, the state, landlords, the outside."""

    cash: float = 0.0
