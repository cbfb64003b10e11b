"""Service agencies: brokers, raters, talent agencies, IP agencies."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Floats, Ints, column


class Agency(Handle):
    """One service agency, as Mesa sees it."""


class Agencies(Population):
    """Agencies sell hours; those with customers stay, new ones enter where hours run short."""

    handle = Agency

    kind: Ints = column("code", "KINDS: broker, rater, talent, ip", 0)
    hours: Floats = column("hours", "hours on offer a quarter")
    sold: Floats = column("hours", "hours sold this quarter")
    prepaid: Floats = column("m yuan", "that lines have paid for hours sold this quarter")
    use: Floats = column("share", "of its hours that were sold of late", 0.6)
    quality: Floats = column("share", "quality of its work", 0.5)
    cash: Floats = column("m yuan", "cash")
