"""Carriers of start-ups: incubators, accelerators, science parks, co-working, maker spaces."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Floats, Ints, column


class Incubator(Handle):
    """One carrier, as Mesa sees it."""


class Incubators(Population):
    """Carriers with places, mentors and an operator who wants a return."""

    handle = Incubator

    zone: Ints = column("code", "zone", 0)
    places: Floats = column("places", "places for counted firms")
    tenants: Floats = column("firms", "tenants now")
    mentors: Floats = column("persons", "mentors")
    quality: Floats = column("share", "skill of the operator", 0.5)
    cash: Floats = column("m yuan", "operator's cash")
    graduates: Floats = column("firms", "graduates so far, the raw indicator offices see")
