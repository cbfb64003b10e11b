"""Pilot lines: they take floor space of the district, and its rent, until their product is out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.columns import rows_where
from agents.schema import Flags, Floats, Ints
from sim.markets.innovation import WAITING_PACE
from sim.mechanisms import worth
from sim.zones import REGION

if TYPE_CHECKING:
    from sim.model import Ecosystem


def take_down(eco: Ecosystem, movers: Ints) -> Ints:
    """Lines whose product is out, or whose firm is gone, free their space; of the firms that would
    look for another zone those go on to that have no line standing.
    """
    firms, zones = eco.firms, eco.zones
    if not zones.lines.any():
        return movers
    standing = rows_where(firms.line_space > 0.0)
    firms.line_space[standing[firms.prototype[standing] <= 0.0]] = 0.0
    zones.lines[:] = np.bincount(firms.zone[standing], firms.line_space[standing], len(zones))
    return movers[firms.line_space[movers] <= 0.0]


class Room(NamedTuple):
    """What lines of `space` (m²) find: floor space `free` (m²) by zone, none in the region; and the
    `rent` that one is expected to cost until its product is out (m yuan): (zones, sectors).
    """

    space: float
    free: Floats
    rent: Floats


NO_ROOM = Room(0.0, np.zeros(0), np.zeros((1, 1)))  # for what needs none


def room_for(eco: Ecosystem, space: float) -> Room:
    """Room for lines of `space` (m²) as it is now."""
    if space <= 0.0:
        return NO_ROOM
    zones = eco.zones
    free = np.maximum(zones.floor_space - zones.used, 0.0)
    free[REGION] = 0.0
    wait = np.array(eco.world.sectors.development)
    return Room(space, free, (space * zones.rent * 3.0 / 1e6)[:, None] * wait)


def worth_their_rent(eco: Ecosystem, waits: Flags, room: Room) -> Flags:
    """Firms whose product waits for money, to whom bringing it out sooner is worth the room's rent: a
    year earlier is what it adds to a year's margin.
    """
    firms, time = eco.firms, np.array(eco.world.sectors.development)
    rows = rows_where(waits & (firms.prototype > 0.0))
    sector = firms.sector[rows]
    sooner = time[sector] * (1.0 / WAITING_PACE - 1.0) / 4.0
    gain = firms.prototype[rows] * worth.margin(eco, rows) * sooner
    out = np.zeros(len(firms), bool)
    out[rows] = gain > room.rent[firms.zone[rows], sector]
    return out


def build(eco: Ecosystem, space: float, rows: Ints) -> None:
    """Let the space of new lines, on which rent falls due from this quarter on."""
    firms, zones = eco.firms, eco.zones
    firms.line_space[rows] += space
    added = np.bincount(firms.zone[rows], minlength=len(zones)) * space
    zones.lines[:] += added
    zones.used[:] += added
