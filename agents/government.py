"""The district's government: one purse, programme lines, what it has learnt."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Floats, column


class District(Handle):
    """The district government, as Mesa sees it."""


class Government(Population):
    """One row: the district."""

    handle = District

    cash: Floats = column("m yuan", "treasury of the special fund")
