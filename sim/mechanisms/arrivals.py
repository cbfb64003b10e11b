"""Firms of fixed identity elsewhere that might move here: what brings leaders, and who is let in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.exact import log, normal
from agents.firms import INCOMER
from agents.schema import Flags, Floats, Ints
from sim import identity
from sim.markets.founding import pick

if TYPE_CHECKING:
    from sim.model import Ecosystem

# Firms elsewhere that might come: their staff, and the spread of their products' quality (of logs).
MEDIAN_STAFF, STAFF_SPREAD, QUALITY_SPREAD = 15.0, 0.7, 0.12


@dataclass(frozen=True)
class Award:
    """What a leader or headquarters that moves here is paid (m yuan of 2014), and for how many
    years it promises to stay.
    """

    lever: str
    amount: float
    years: float


@dataclass(frozen=True)
class Screen:
    """A review of firms that would move here: the output they promise against the people, land,
    energy and water it takes (one weight each). The weakest share is kept out, as far as assessors
    can tell.
    """

    lever: str
    strictness: float
    noise: float
    weights: tuple[float, ...]


def leaders(eco: Ecosystem, climate: float) -> Ints:
    """Leaders that come this quarter: what they gain here, with an award that rivals partly match,
    must exceed what moving costs them. climate: what all who might come see alike, in s.d.
    """
    intake, dice = eco.world.founders, eco.dice
    count = identity.rounded(intake.leaders * eco.world.scale / 4.0, dice.once("leaders"))
    if count == 0:
        return np.zeros(0, np.int64)
    uid = identity.number(identity.LEADER, count, eco.quarter)
    gain = dice.normal("leader gain", uid) + climate
    for award in eco.terms.founding.arrivals:
        worth = award.amount / intake.leader_award * (1.0 - intake.rivals)
        # The line promises its award to those who ask in turn, as far as it goes.
        asks = rows_where(gain + worth > intake.leader_barrier)
        if asks.size:
            price = np.full(asks.size, award.amount * eco.conditions.nominal)
            gain[asks] += worth * eco.treasury.served(award.lever, price)
    return uid[gain > intake.leader_barrier]


def reward(eco: Ecosystem, rows: Ints) -> None:
    """Pay the award to every leader that came, asked for or not, and note its promise."""
    for award in eco.terms.founding.arrivals:
        amount = np.full(rows.size, award.amount * eco.conditions.nominal)
        paid = eco.treasury.spend(
            award.lever, "firms", "leaders attracted", amount, payee_rows=rows
        )
        quarters = round(4 * award.years)
        eco.firms.bound_until[rows] = eco.quarter + quarters
        eco.firms.bound_line[rows] = eco.treasury.position(award.lever)
        eco.firms.award_rate[rows] = paid / max(quarters, 1)
    eco.record.count(leaders=rows.size)


def owed(eco: Ecosystem, rows: Ints) -> Floats:
    """What firms must pay back of their award if they go now: its part for the years promised that
    are left (m yuan).
    """
    firms = eco.firms
    return firms.award_rate[rows] * np.maximum(firms.bound_until[rows] - eco.quarter, 0)


def pay_back(eco: Ecosystem, rows: Ints, payer: str) -> None:
    """Those who go before their promise has run out (or who buys them) pay that part back."""
    firms, due = eco.firms, owed(eco, rows)
    if not due.any():
        return
    if payer == "firms":
        due = np.minimum(due, np.maximum(firms.cash[rows], 0.0))
    eco.treasury.restore_each(
        firms.bound_line[rows], payer, "awards paid back", due, rows if payer == "firms" else None
    )


def drawn_away(eco: Ecosystem, rows: Ints) -> Flags:
    """Leaders whose promise runs out and whom another district's award draws on: what they gain
    here by now, drawn afresh, falls short of the award's worth less what moving costs them.
    """
    intake = eco.world.founders
    gain = eco.dice.normal("leader gain later", eco.firms.uid[rows])
    gain = gain + 3.0 * eco.conditions.first_mover
    return gain < intake.rivals - intake.leader_barrier


def screened(eco: Ecosystem, coming: Ints, staff: Floats) -> Ints:
    """Positions of those whom the review lets in: its view of them is noisy."""
    passed = np.arange(coming.size)
    for screen in eco.terms.founding.screens:
        merit, spread = _merit(eco, coming[passed], staff[passed], screen.weights)
        noise = eco.dice.normal("screening of arrivals", coming[passed])
        # The cut that turns away the given share of a crowd that is spread like those at the door.
        bar = _cut(screen.strictness)
        bar *= spread * float(np.sqrt(1.0 + screen.noise * screen.noise))
        fits = merit + spread * screen.noise * noise > bar
        eco.record.count(arrivals_refused=int(np.count_nonzero(~fits)))
        passed = passed[fits]
    return passed


@cache
def _cut(strictness: float) -> float:
    """What the given share of a crowd stays below (s.d.)."""
    return float(normal(min(max(strictness, 1e-9), 0.999)))


def _merit(
    eco: Ecosystem, coming: Ints, staff: Floats, weights: tuple[float, ...]
) -> tuple[Floats, float]:
    """Log of promised output over what it will take, 0 for the usual firm at the door, and its
    spread among these: buyers follow quality; larger sales take fewer people, and their room, a
    yuan; energy and water go by sector.
    """
    world, dice = eco.world, eco.dice
    people, land, energy, water = weights
    promise = world.demand.choice_quality * QUALITY_SPREAD
    saved = (people + land) * (1.0 - world.costs.staff_elasticity)
    sectors = world.sectors
    thirst, variance = _thirst(sectors.firm_share, sectors.energy, sectors.water, energy, water)
    variance += promise * promise + (saved * STAFF_SPREAD) ** 2
    sector = pick(sectors.firm_share, dice.again("recruit sector", coming))
    merit = promise * normal(dice.again("recruit quality", coming))
    merit += saved * log(staff / MEDIAN_STAFF) - thirst[sector]
    return merit, float(np.sqrt(variance))


@cache
def _thirst(
    shares: tuple[float, ...], energy: tuple[float, ...], water: tuple[float, ...],
    energy_weight: float, water_weight: float,
) -> tuple[Floats, float]:  # fmt: skip
    """Log of the energy and water that a yuan takes by sector, 0 for the usual firm at the door, and
    its variance among these.
    """
    share = np.array(shares) / sum(shares)
    thirst = energy_weight * log(np.array(energy)) + water_weight * log(np.array(water))
    beyond = thirst - total_of(share * thirst)
    return beyond, total_of(share * beyond**2)


def falls_short(eco: Ecosystem, weights: tuple[float, ...], floor: float, years: float) -> Flags:
    """Firms that came at least some years ago and make less than `floor` of what the district makes
    out of the people, land, energy and water they take (weighted; one flag a firm).
    """
    firms, zones, sectors = eco.firms, eco.zones, eco.world.sectors
    out = np.zeros(len(firms), bool)
    rows = rows_where(firms.origin == INCOMER)
    rows = rows[eco.quarter - firms.birth_quarter[rows] >= 16 + 4.0 * years]
    if rows.size == 0 or floor <= 0.0 or sum(weights) <= 0.0:
        return out
    local = firms.local_staff()
    a_head = zones.used / np.maximum(eco.by_zone(local), 1.0)
    by_sector = eco.by_sector(firms.revenue_year)
    people, sold, sector = local[rows], firms.revenue_year[rows], firms.sector[rows]
    energy, water = np.array(sectors.energy), np.array(sectors.water)
    total = by_sector.sum()
    score = np.zeros(rows.size)
    for weight, taken, usual in (
        (weights[0], people, total_of(local)),
        (weights[1], people * a_head[firms.zone[rows]], total_of(zones.used)),
        (weights[2], energy[sector] * sold, total_of(energy * by_sector)),
        (weights[3], water[sector] * sold, total_of(water * by_sector)),
    ):
        score += weight * log(sold * usual / (np.maximum(taken, 1e-9) * total))
    out[rows] = score < sum(weights) * float(log(floor))
    return out
