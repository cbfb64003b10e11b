"""Firms of fixed identity elsewhere that might move here: what brings leaders, and who is let in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.exact import normal
from agents.schema import Flags, Ints
from sim import identity
from sim.markets.founding import pick

if TYPE_CHECKING:
    from sim.model import Ecosystem


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
    """A review of firms that would move here by output and by the people, land, energy and water
    they take; the weakest share is kept out, as far as assessors can tell.
    """

    lever: str
    strictness: float
    noise: float
    weight: float


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
        asks = np.flatnonzero(gain + worth > intake.leader_barrier)
        price = np.full(asks.size, award.amount * eco.conditions.nominal)
        gain[asks] += worth * eco.treasury.served(award.lever, price)
    return uid[gain > intake.leader_barrier]


def reward(eco: Ecosystem, rows: Ints) -> None:
    """Pay the award to every leader that came, asked for or not, and note its promise."""
    for award in eco.terms.founding.arrivals:
        amount = np.full(rows.size, award.amount * eco.conditions.nominal)
        eco.treasury.spend(award.lever, "firms", "leaders attracted", amount, payee_rows=rows)
        eco.firms.bound_until[rows] = eco.quarter + round(4 * award.years)
    eco.record.count(leaders=rows.size)


def drawn_away(eco: Ecosystem, rows: Ints) -> Flags:
    """Leaders whose promise runs out and whom another district's award draws on: what they gain
    here by now, drawn afresh, falls short of the award's worth less what moving costs them.
    """
    intake = eco.world.founders
    gain = eco.dice.normal("leader gain later", eco.firms.uid[rows])
    gain = gain + 3.0 * eco.conditions.first_mover
    return gain < intake.rivals - intake.leader_barrier


def screened(eco: Ecosystem, coming: Ints) -> Ints:
    """Those whom the review lets in: its view of their product and sector is noisy."""
    dice, sectors = eco.dice, eco.world.sectors
    for screen in eco.terms.founding.screens:
        quality = normal(dice.again("recruit quality", coming))
        sector = pick(sectors.firm_share, dice.again("recruit sector", coming))
        thirst = np.array(sectors.energy) / np.mean(sectors.energy)
        error = screen.noise * dice.normal("screening of arrivals", coming)
        seen = quality - screen.weight * (thirst[sector] - 1.0) + error
        # The cut that turns away the given share of a standard normal crowd.
        bar = float(normal(np.array([min(max(screen.strictness, 1e-9), 0.999)]))[0])
        bar *= float(np.sqrt(1.0 + screen.noise * screen.noise))
        passed = seen > bar
        eco.record.count(arrivals_refused=int(np.count_nonzero(~passed)))
        coming = coming[passed]
    return coming
