"""Industry alliances with a shared platform."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Floats, Ints, column


class Alliance(Handle):
    """One industry alliance, as Mesa sees it."""


class Alliances(Population):
    """Alliances by sector; members pay, the platform is shared."""

    handle = Alliance

    sector: Ints = column("code", "sector", 0)
    members: Floats = column("firms", "members")
    platform: Floats = column("m yuan", "platform equipment, depreciating")
    cash: Floats = column("m yuan", "fees not yet spent")
