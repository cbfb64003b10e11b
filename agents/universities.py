"""Universities and institutes: research, inventions, transfer offices."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Floats, column


class University(Handle):
    """One university or institute, as Mesa sees it."""


class Universities(Population):
    """Sixty-eight universities and their neighbours, the institutes."""

    handle = University

    research: Floats = column("m yuan/year", "research outlay, 2014 money")
    inventions: Floats = column("inventions", "stock whose ownership is not clear")
    cleared: Floats = column("inventions", "stock whose ownership is clear")
    posts: Floats = column("posts", "transfer posts it pays itself")
    cash: Floats = column("m yuan", "licence income kept")
