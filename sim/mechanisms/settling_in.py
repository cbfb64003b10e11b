"""Settling in: agencies help people find housing and schools, in the hours that firms leave them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import total_of
from agents.schema import Flags
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
        chance = min(_places(eco, service, rows) / max(asks, 1), 1.0)
        spared = 1.0 - (1.0 - spared) * (1.0 - chance * service.saves)
    return spared


def serve(eco: Ecosystem, rows: np.ndarray, people: int) -> None:
    """Agencies serve those who came as far as their hours go; lines pay them for it."""
    agencies = eco.agencies
    for service in eco.terms.hiring.services:
        price = service.hours * eco.world.agencies.hour_price * eco.conditions.nominal
        places = min(_places(eco, service, rows), float(people))
        served = min(identity.rounded(places, eco.dice.once(f"{service.lever}: served")), people)
        free = agencies.hours[rows] - agencies.sold[rows]
        part = free / max(total_of(free), 1e-9)
        paid = eco.treasury.spend(
            service.lever, "agencies", "settling people in", served * price * part, payee_rows=rows
        )
        hours = paid / (eco.world.agencies.hour_price * eco.conditions.nominal)
        agencies.sold[rows] += hours
        agencies.prepaid[rows] += paid


def _places(eco: Ecosystem, service: Service, rows: np.ndarray) -> float:
    """People whom the hours that firms leave, and the line's money, can serve this quarter."""
    free = total_of(eco.agencies.hours[rows] - eco.agencies.sold[rows])
    price = service.hours * eco.world.agencies.hour_price * eco.conditions.nominal
    return min(free / service.hours, eco.treasury.available(service.lever) / price)
