"""Zones and sectors: the places and the markets of the district, as small tables."""

from __future__ import annotations

from functools import cache

import numpy as np

from agents.schema import Floats, column
from agents.table import Table

REGION = 4  # the last zone: the region around the district


class Zones(Table):
    """Places with floor space and rent, in the order of `world.zones.names`."""

    floor_space: Floats = column("m²", "floor space for technology firms")
    coming: Floats = column("m²", "space under construction")
    used: Floats = column("m²", "space let")
    lines: Floats = column("m²", "of it, for pilot lines")
    amenity: Floats = column("m yuan of 2014", "facilities and services built by programmes")
    rent: Floats = column("yuan/m²/month", "rent")
    rent_path: Floats = column("yuan/m²/month", "rent had it followed the city")

    def dearness(self) -> float:
        """Rent in the district's own zones against the city's path, on average (1 = as dear)."""
        return float(np.add.reduce(self.rent[:REGION] / self.rent_path[:REGION])) / REGION


@cache
def split_by_zone(split: tuple[float, ...]) -> Floats:
    """Each zone's share of what is split among the district's own, none of it in the region."""
    return np.array([*split, 0.0]) / sum(split)


class Sectors(Table):
    """Markets, in the order of `world.sectors.names`."""

    market: Floats = column("m yuan/year", "demand, outside competitors' sales included")
    outside_share: Floats = column("share", "of the market that outside competitors serve")
    knowledge: Floats = column("m yuan", "R&D of the district's firms this quarter")
