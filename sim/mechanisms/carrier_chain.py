"""Carriers that work together: tenants whose stay ends are held a place further on, paid for in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Floats, Ints
from sim.markets import places

if TYPE_CHECKING:
    from sim.model import Ecosystem

# Quarters for which a place is held; who wants to stay longer asks, and is paid for, again.
YEAR = 4


@dataclass(frozen=True)
class Offer:
    """Tenants who may move on (rows), where they sat (rows of carriers), and for a year of each (m
    yuan) what the lines promise and what the market asks for the space it fills beyond a place.
    """

    rows: Ints
    homes: Ints
    price: Floats
    larger: Floats


NOBODY = Offer(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))


def offer(eco: Ecosystem, rows: Ints, homes: Ints, per_head: Floats) -> Offer:
    """Who of those whose stay ends, and have not grown too large, is promised a further year, as far
    as the lines can pay for it.

    A tenant asks where the rent it saves exceeds the fee, and grows no cheaper for that: the lines
    pay what it saves, and its mentors. per_head: floor space by zone (m²).
    """
    hosts, nominal, terms = eco.world.incubators, eco.conditions.nominal, eco.terms.hosting
    money = sum(eco.treasury.available(lever) for lever, _ in terms.parts["chain"])
    if rows.size == 0 or money <= 0.0:
        return NOBODY
    return Offer(*places.stay_on(
        rows, homes, eco.firms.staff, hosts.graduate_staff, eco.incubators.zone, per_head,
        eco.zones.rent, hosts.rent_share, hosts.service_fee * nominal,
        hosts.mentors_per_100 / 100.0 * hosts.mentor_cost * nominal, hosts.place_space,
        eco.dice.roll("moves on", eco.firms.uid[rows]), float(terms.chain), money,
    ))  # fmt: skip


def hold(eco: Ecosystem, given: Offer) -> None:
    """Pay the carriers that took them; they rent what room it takes beyond a place. Who stays on
    has not graduated.
    """
    firms, stays = eco.firms, eco.firms.incubator[given.rows] >= 0
    rows, homes = given.rows[stays], given.homes[stays]
    if rows.size == 0:
        return
    hosts = firms.incubator[rows]
    firms.tenancy[rows] = max(eco.world.incubators.stay + 1 - YEAR, 0)
    np.subtract.at(eco.incubators.graduates, homes, 1.0)
    eco.record.count(graduates=-rows.size)
    for lever, part in eco.terms.hosting.split("chain", given.price[stays]):
        eco.treasury.spend(lever, "incubators", "places held", part, payee_rows=hosts)
    eco.ledger.pay(
        "incubators", "landlords", "larger premises", given.larger[stays], payer_rows=hosts
    )
