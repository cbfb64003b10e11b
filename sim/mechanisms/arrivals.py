"""Firms of fixed identity elsewhere that might move here: what brings leaders, and who is let in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import ceil, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.codes import INCOMER
from agents.columns import rows_where, total_of
from agents.exact import log, normal
from agents.schema import Flags, Floats, Ints
from sim import identity
from sim.markets import reviews
from sim.markets.founding import pick
from sim.markets.sums import heads_by

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


class Movers(NamedTuple):
    """Firms at the door: who they are, their sector, staff (persons) and product's quality (s.d.)."""

    uid: Ints
    sector: Ints
    staff: Floats
    quality: Floats

    def where(self, fits: Flags) -> Movers:
        """Those that are flagged."""
        return Movers(self.uid[fits], self.sector[fits], self.staff[fits], self.quality[fits])


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


def at_the_door(eco: Ecosystem, uid: Ints, staff: Floats) -> Movers:
    """What firms that would move here are beside their staff."""
    return Movers(
        uid,
        pick(eco.world.sectors.firm_share, eco.dice.roll("recruit sector", uid)),
        staff,
        eco.dice.normal("recruit quality", uid),
    )


def screened(eco: Ecosystem, movers: Movers) -> Movers:
    """Those whom the review lets in: its view of what they will make out of what they take is noisy.

    Buyers follow quality; larger sales take fewer people, and their room, a yuan; energy and water go
    by sector.
    """
    demand, costs, sectors = eco.world.demand, eco.world.costs, eco.world.sectors
    for screen in eco.terms.founding.screens if movers.uid.size else ():
        view = _view(
            screen, demand.choice_quality, costs.staff_elasticity, sectors.firm_share,
            sectors.energy, sectors.water,
        )  # fmt: skip
        merit = view.promise * movers.quality
        merit += view.saved * log(movers.staff / MEDIAN_STAFF) - view.thirst[movers.sector]
        noise = eco.dice.normal("screening of arrivals", movers.uid)
        fits = merit + view.noise * noise > view.bar
        eco.record.count(arrivals_refused=fits.size - int(np.count_nonzero(fits)))
        movers = movers.where(fits)
    return movers


@dataclass(frozen=True)
class _View:
    """How assessors look at the usual crowd at the door: what a better product and larger sales are
    worth, the log of energy and water that a yuan takes by sector (0 for the usual firm), the noise
    of their view, and the merit from which they let in.
    """

    promise: float
    saved: float
    thirst: Floats
    noise: float
    bar: float


@cache
def _view(
    screen: Screen, choice_quality: float, elasticity: float, shares: tuple[float, ...],
    energy: tuple[float, ...], water: tuple[float, ...],
) -> _View:  # fmt: skip
    people, land, energy_weight, water_weight = screen.weights
    promise, saved = choice_quality * QUALITY_SPREAD, (people + land) * (1.0 / elasticity - 1.0)
    share = np.array(shares) / sum(shares)
    thirst = energy_weight * log(np.array(energy)) + water_weight * log(np.array(water))
    beyond = thirst - total_of(share * thirst)
    variance = total_of(share * beyond**2) + (promise * promise + (saved * STAFF_SPREAD) ** 2)
    spread = sqrt(variance)
    # The cut that turns away the given share of a crowd that is spread like those at the door.
    cut = float(normal(min(max(screen.strictness, 1e-9), 0.999)))
    bar = cut * (spread * sqrt(1.0 + screen.noise * screen.noise))
    return _View(promise, saved, beyond, spread * screen.noise, bar)


def falls_short(eco: Ecosystem, weights: tuple[float, ...], floor: float, years: float) -> Flags:
    """Firms that came at least some years ago and make less than `floor` of what the district makes
    out of the people, land, energy and water they take (weighted; one flag a firm).
    """
    firms, zones = eco.firms, eco.zones
    latest = eco.quarter - ceil(16 + 4.0 * years)
    rows = rows_where((firms.origin == INCOMER) & (firms.birth_quarter <= latest))
    if rows.size == 0 or floor <= 0.0 or sum(weights) <= 0.0:
        return np.zeros(len(firms), bool)
    local, sales = firms.local_staff(), eco.by_sector(firms.revenue_year)
    heads = heads_by(firms.zone, firms.staff, firms.staff_region, len(zones))
    needs = _needs(eco.world.sectors.energy, eco.world.sectors.water)
    energy, water = needs * sales
    usual = (total_of(local), total_of(zones.used), total_of(energy), total_of(water))
    return reviews.below(
        rows, local, firms.zone, zones.used / np.maximum(heads, 1.0), firms.revenue_year,
        firms.sector, needs, usual, total_of(sales), weights, sum(weights) * float(log(floor)),
    )  # fmt: skip


@cache
def _needs(energy: tuple[float, ...], water: tuple[float, ...]) -> Floats:
    """Energy and water that a yuan takes by sector, shape (2, sectors)."""
    return np.array((energy, water))
