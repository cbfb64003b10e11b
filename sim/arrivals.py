"""Firms of fixed identity elsewhere that might move here: what brings leaders, and who is let in."""

from __future__ import annotations

from dataclasses import dataclass
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
    uid = identity.number(identity.LEADER, count, eco.quarter)
    gain = dice.normal("leader gain", uid) + climate
    for award in eco.terms.founding.arrivals:
        worth = award.amount / intake.leader_award * (1.0 - intake.rivals)
        # The line promises its award to those who ask in turn, as far as it goes.
        asks = rows_where(gain + worth > intake.leader_barrier)
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
        bar = float(normal(np.array([min(max(screen.strictness, 1e-9), 0.999)]))[0])
        bar *= spread * float(np.sqrt(1.0 + screen.noise * screen.noise))
        fits = merit + spread * screen.noise * noise > bar
        eco.record.count(arrivals_refused=int(np.count_nonzero(~fits)))
        passed = passed[fits]
    return passed


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
    share = np.array(world.sectors.firm_share) / sum(world.sectors.firm_share)
    thirst = energy * log(np.array(world.sectors.energy)) + water * log(
        np.array(world.sectors.water)
    )
    usual = total_of(share * thirst)
    variance = total_of(share * (thirst - usual) ** 2)
    variance += promise * promise + (saved * STAFF_SPREAD) ** 2
    sector = pick(world.sectors.firm_share, dice.again("recruit sector", coming))
    merit = promise * normal(dice.again("recruit quality", coming))
    merit += saved * log(staff / MEDIAN_STAFF) - (thirst[sector] - usual)
    return merit, float(np.sqrt(variance))


def falls_short(eco: Ecosystem, weights: tuple[float, ...], floor: float, years: float) -> Flags:
    """Firms that came at least some years ago and make less than `floor` of what the district makes
    out of the people, land, energy and water they take (weighted; one flag a firm).
    """
    firms, zones, sectors = eco.firms, eco.zones, eco.world.sectors
    out = np.zeros(len(firms), bool)
    came = (firms.origin == INCOMER) & (eco.quarter - firms.birth_quarter >= 16 + 4.0 * years)
    rows = rows_where(came)
    if rows.size == 0 or floor <= 0.0 or sum(weights) <= 0.0:
        return out
    local, sold = firms.local_staff(), firms.revenue_year
    a_head = zones.used / np.maximum(eco.by_zone(local), 1.0)
    by_sector = eco.by_sector(sold)
    score = np.zeros(rows.size)
    for weight, taken, usual in (
        (weights[0], local[rows], local.sum()),
        (weights[1], local[rows] * a_head[firms.zone[rows]], zones.used.sum()),
        *(
            (weight, need[firms.sector[rows]] * sold[rows], (need * by_sector).sum())
            for weight, need in zip(
                weights[2:], (np.array(sectors.energy), np.array(sectors.water)), strict=True
            )
        ),
    ):
        score += weight * log(sold[rows] * usual / (np.maximum(taken, 1e-9) * by_sector.sum()))
    out[rows] = score < sum(weights) * float(log(np.array([floor]))[0])
    return out
