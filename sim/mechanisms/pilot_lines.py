"""Pilot lines: they take floor space of the district, and its rent, until their product is out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where
from agents.schema import Flags, Floats, Ints
from sim.markets.ranking import within_group
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


def may_build(eco: Ecosystem, space: float, rows: Ints) -> Flags:
    """Which firms sit where a line of `space` (m²) finds room: in the district, in no carrier, and
    with their production here.
    """
    firms, zones = eco.firms, eco.zones
    room = zones.floor_space - zones.used >= space
    room[REGION] = False
    here = (firms.incubator[rows] < 0) & (firms.staff_region[rows] <= 0.0)
    return room[firms.zone[rows]] & here


def rents_until_market(eco: Ecosystem, space: float) -> Floats:
    """Rent that a line is expected to cost until its product is out (m yuan): (zones, sectors)."""
    wait = np.array(eco.world.sectors.development)
    return (space * eco.zones.rent * 3.0 / 1e6)[:, None] * wait


def with_room(eco: Ecosystem, space: float, rows: Ints, merit: Floats) -> Flags:
    """Of the winners those whose zone still has room when it is their turn, the best first."""
    firms, zones = eco.firms, eco.zones
    zone, free = firms.zone[rows], np.maximum(zones.floor_space - zones.used, 0.0)
    if (np.bincount(zone, minlength=len(zones)) * space <= free).all():
        return np.ones(rows.size, bool)
    order = np.lexsort((firms.uid[rows], -merit, zone))
    zone = zone[order]
    turn = within_group(zone)
    out = np.zeros(rows.size, bool)
    out[order] = (turn + 1) * space <= free[zone]
    return out


def build(eco: Ecosystem, space: float, rows: Ints) -> None:
    """Let the space of new lines, on which rent falls due from this quarter on."""
    firms, zones = eco.firms, eco.zones
    firms.line_space[rows] += space
    added = np.bincount(firms.zone[rows], minlength=len(zones)) * space
    zones.lines[:] += added
    zones.used[:] += added
