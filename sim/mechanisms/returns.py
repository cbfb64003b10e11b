"""What private partners of funds learn: from every stake that ends, however it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.columns import total_of
from agents.exact import exp, log
from agents.schema import Floats, Ints
from sim.markets import equity

if TYPE_CHECKING:
    from sim.model import Ecosystem


def expect(eco: Ecosystem) -> None:
    """Begin with what partners believe: stakes held for half a fund's life at the prior return."""
    world, now = eco.world.equity, eco.conditions
    years = 0.5 * world.life
    now.ended_cost = world.prior_weight * eco.world.scale
    now.ended_years = years * now.ended_cost
    now.ended_proceeds = now.ended_cost * float(exp(years * log(1.0 + world.prior_return)))
    now.equity_return = world.prior_return


def forget(eco: Ecosystem) -> None:
    """What ended long ago counts less."""
    now, kept = eco.conditions, 1.0 - eco.world.equity.forgetting
    now.ended_cost *= kept
    now.ended_proceeds *= kept
    now.ended_years *= kept


def learn(eco: Ecosystem, rows: Ints, proceeds: Floats) -> None:
    """Take up stakes that end (rows) with what each brought (m yuan).

    Money is pooled before a return is reckoned: a mean of the returns of small lots would look worse
    the fewer stakes end in a quarter, and the smaller the district.
    """
    stakes, now = eco.stakes, eco.conditions
    cost = stakes.cost[rows]
    years = np.maximum((eco.quarter - stakes.quarter[rows]) * 0.25, 0.5)
    now.ended_cost += total_of(cost)
    now.ended_proceeds += total_of(proceeds)
    now.ended_years += total_of(years * cost)
    now.equity_return = equity.yearly_return(now.ended_cost, now.ended_proceeds, now.ended_years)
    multiple = proceeds / np.maximum(cost, 1e-9)
    eco.record.count(
        stakes_ended=rows.size, stakes_lost=total_of(multiple < 1.0),
        stakes_tenfold=total_of(multiple >= 10.0), stakes_proceeds=total_of(proceeds),
    )  # fmt: skip
