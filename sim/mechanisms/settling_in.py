"""Settling in: agencies help people find housing and schools, in the hours that firms leave them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import total_of
from agents.schema import Flags, Floats
from sim import identity

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Service:
    """Hours that settling a person takes, the part of the first year's cost of housing and schooling
    that it saves, and the share of the line's money that is kept for people.
    """

    lever: str
    hours: float
    saves: float
    kept: float


def eased(eco: Ecosystem, rows: np.ndarray, comes: Callable[[float], Flags]) -> float:
    """Part of the first year's cost of housing and schooling that people may expect to be spared:
    agencies and lines say how many of those who would come they can serve. rows: talent agencies.
    """
    spared = 0.0
    for service in eco.terms.hiring.services:
        asks = int(np.count_nonzero(comes(service.saves)))
        chance = min(_places(eco, service, total_of(_free(eco, rows))) / max(asks, 1), 1.0)
        spared = 1.0 - (1.0 - spared) * (1.0 - chance * service.saves)
    return spared


def serve(eco: Ecosystem, rows: np.ndarray, people: int) -> None:
    """Agencies serve those who came as far as their hours go; lines pay them for it."""
    agencies = eco.agencies
    for service in eco.terms.hiring.services:
        free = _free(eco, rows)
        total = total_of(free)
        places = min(_places(eco, service, total), float(people))
        served = min(identity.rounded(places, eco.dice.once(f"{service.lever}: served")), people)
        if served == 0:
            continue
        price = service.hours * eco.world.agencies.hour_price * eco.conditions.nominal
        part = free / max(total, 1e-9)
        paid = eco.treasury.spend(
            service.lever, "agencies", "settling people in", served * price * part, payee_rows=rows
        )
        hours = paid / (eco.world.agencies.hour_price * eco.conditions.nominal)
        agencies.sold[rows] += hours
        agencies.prepaid[rows] += paid


def _free(eco: Ecosystem, rows: np.ndarray) -> Floats:
    """Hours that firms leave of those on offer, one value for each of the agencies (rows)."""
    return eco.agencies.hours[rows] - eco.agencies.sold[rows]


def _places(eco: Ecosystem, service: Service, free: float) -> float:
    """People whom the `free` hours that firms leave, and the line's money, can serve this quarter."""
    price = service.hours * eco.world.agencies.hour_price * eco.conditions.nominal
    return min(free / service.hours, eco.treasury.available(service.lever) / price)
