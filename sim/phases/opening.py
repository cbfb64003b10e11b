"""Opening: news of schemes spreads, the outside world moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import exp, exp_one
from sim import identity
from sim.markets.news import spread_news
from sim.markets.sums import share_by
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


class OpeningTerms(Terms):
    """What levers may change about the start of a quarter."""

    broadcast = term(
        Combine.ADD,
        "firms",
        "1/quarter",
        "chance added that a firm hears of the district's schemes",
    )
    reviews = term(
        Combine.COLLECT, "district", "share", "how far a yearly review may move an envelope"
    )


def run(eco: Ecosystem) -> None:
    """Start the quarter.

    Reads: world series, who knows of the schemes. Writes: conditions, sectors.market,
    firms.aware, quality, the calendar-year R&D columns, zones.rent_path. Dice: cycle, hears,
    forgets.
    """
    _advance_world(eco)
    _spread_news(eco)
    _review_lines(eco)
    if eco.quarter % 4 == 2:
        _turn_calendar_year(eco)


def _advance_world(eco: Ecosystem) -> None:
    """Move outside prices, demand and the frontier by a quarter."""
    now, world = eco.conditions, eco.world
    demand = world.demand
    now.nominal *= exp_one(world.costs.nominal_growth / 4.0)
    now.frontier *= exp_one(world.research.frontier_growth / 4.0)
    now.first_mover *= exp_one(-demand.first_mover_decay / 4.0)
    if eco.quarter >= 0:
        closing = exp_one(-0.6931471805599453 / (4.0 * demand.growth_half_life))
        now.demand_growth = (
            demand.growth_later + (now.demand_growth - demand.growth_later) * closing
        )
    growth = now.demand_growth
    if demand.shock_start <= eco.quarter < demand.shock_start + demand.shock_quarters:
        growth += demand.growth_shock
    now.demand *= exp_one(growth / 4.0)
    sector_ids = identity.number(0, len(eco.sectors))
    cycle = eco.dice.normal("cycle", sector_ids) * demand.cycle
    eco.sectors.market[:] *= exp(growth / 4.0 + cycle - 0.5 * demand.cycle**2)
    eco.firms.quality[:] *= exp_one(-world.research.frontier_growth / 4.0)
    eco.zones.rent_path[:] *= exp_one(world.zones.rent_growth / 4.0)


def _spread_news(eco: Ecosystem) -> None:
    """Bass (1969): firms hear from announcements and from firms in their sector that know."""
    firms, habits = eco.firms, eco.world.firms
    peers = share_by(firms.sector, firms.aware, len(eco.sectors))
    broadcast = eco.terms.opening.broadcast
    spread_news(
        firms.aware, firms.sector, habits.awareness_broadcast + habits.awareness_peers * peers,
        told=np.atleast_1d(broadcast), loss=habits.awareness_loss,
        hears=eco.dice.roll("hears", firms.uid), forgets=eco.dice.roll("forgets", firms.uid),
    )  # fmt: skip


def _review_lines(eco: Ecosystem) -> None:
    """Where lines are reviewed, envelopes follow the growth of recipients once a year."""
    reviews = eco.terms.opening.reviews
    eco.treasury.reviewing = bool(reviews)
    if reviews and eco.quarter % 4 == 0:
        for rate in reviews:
            eco.record.count(envelopes_moved=eco.treasury.reallocate(rate))


def _turn_calendar_year(eco: Ecosystem) -> None:
    """At the first quarter of a calendar year, last year's reported R&D is closed."""
    firms = eco.firms
    firms.rnd_year_4[:] = firms.rnd_year_3
    firms.rnd_year_3[:] = firms.rnd_year_2
    firms.rnd_year_2[:] = firms.rnd_year_1
    firms.rnd_year_1[:] = firms.rnd_year
    firms.rnd_year[:] = 0.0
