"""What a firm is worth to an informed buyer: funds, acquirers and the market price it alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Floats, Ints
from sim.markets import equity

if TYPE_CHECKING:
    from sim.model import Ecosystem


def valuation(eco: Ecosystem, rows: Ints) -> Floats:
    """What the firm would fetch (m yuan): a multiple of revenue, growth and the product's promise."""
    return revenue_worth(eco, rows) * promise(eco, rows)


def revenue_worth(eco: Ecosystem, rows: Ints) -> Floats:
    """What revenue and its growth are worth, whatever the product (m yuan)."""
    firms, world, now = eco.firms, eco.world.equity, eco.conditions
    return equity.revenue_worth(
        rows, firms.revenue_year, firms.revenue_year_before, world.multiple, 0.1 * now.nominal
    )


def promise(eco: Ecosystem, rows: Ints) -> Floats:
    """What buyers of a firm make of its product and its prototype (a factor, 1 at the frontier)."""
    return equity.promise(rows, eco.firms.quality, eco.firms.prototype)


def asking_price(eco: Ecosystem, rows: Ints) -> Floats:
    """Least valuation at which firms sell shares in their next round (m yuan)."""
    base = np.array(eco.world.equity.pre_money)
    return base[np.minimum(eco.firms.rounds[rows], 2)] * eco.conditions.nominal
