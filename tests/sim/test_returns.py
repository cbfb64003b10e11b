"""What partners of funds learn from stakes that end."""

from __future__ import annotations

import numpy as np
import pytest
from factories import after, changed, district

from sim.mechanisms import returns
from sim.phases import leaving
from sim.world import World


def test_partners_learn_from_what_a_fund_holds_to_its_end():
    """Survivors are most of what a fund earns: who looks at the failed and the listed only would
    believe that funds lose money, and commit ever less.
    """
    eco = after(2)
    eco.stakes.cost[:] *= 0.05
    eco.funds.vintage[:] = eco.quarter - round(eco.world.equity.life * 4.0)
    eco.conditions.ended_cost = eco.conditions.ended_proceeds = eco.conditions.ended_years = 1e-6
    believed = eco.conditions.equity_return
    held = len(eco.stakes)
    eco.dice.turn(eco.quarter)
    leaving.run(eco)
    assert len(eco.stakes) < 0.2 * held
    assert eco.conditions.equity_return > 2.0 * believed


def test_the_lots_in_which_stakes_end_do_not_matter():
    """A small district, where few end in a quarter, learns what a large one does."""
    whole, lots = after(2), after(2)
    rows = np.arange(len(whole.stakes))
    # One in four returns eight times its cost, the others nothing.
    proceeds = whole.stakes.cost * np.where(rows % 4 == 0, 8.0, 0.0)
    returns.learn(whole, rows, proceeds)
    for row in rows:
        returns.learn(lots, rows[row : row + 1], proceeds[row : row + 1])
    assert lots.conditions.equity_return == pytest.approx(whole.conditions.equity_return, rel=1e-9)


def test_partners_begin_with_their_prior_and_forget_it_as_stakes_end():
    eco = district(world=changed(World(scale=0.02), {"equity.prior_return": 0.4}))
    returns.expect(eco)
    assert eco.conditions.equity_return == pytest.approx(0.4)
    for _ in range(400):
        returns.forget(eco)
    rows = np.arange(len(eco.stakes))
    returns.learn(eco, rows, np.zeros(rows.size))
    assert eco.conditions.equity_return < 0.0
