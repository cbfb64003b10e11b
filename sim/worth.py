"""What a firm is worth to an informed buyer: funds, acquirers and the market price it alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import exp
from agents.schema import Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


def valuation(eco: Ecosystem, rows: Ints) -> Floats:
    """What the firm would fetch (m yuan): a multiple of revenue, growth and the product's promise."""
    return revenue_worth(eco, rows) * promise(eco, rows)


def revenue_worth(eco: Ecosystem, rows: Ints) -> Floats:
    """What revenue and its growth are worth, whatever the product (m yuan)."""
    firms, world, now = eco.firms, eco.world.equity, eco.conditions
    revenue = firms.revenue_year[rows]
    growth = revenue / (firms.revenue_year_before[rows] + 0.1 * now.nominal)
    return world.multiple * revenue * np.sqrt(np.minimum(np.maximum(growth, 0.5), 3.0))


def promise(eco: Ecosystem, rows: Ints) -> Floats:
    """What buyers of a firm make of its product and its prototype (a factor, 1 at the frontier)."""
    firms = eco.firms
    return exp(1.6 * (firms.quality[rows] + 0.6 * firms.prototype[rows] - 1.0))


def asking_price(eco: Ecosystem, rows: Ints) -> Floats:
    """Least valuation at which firms sell shares in their next round (m yuan)."""
    base = np.array(eco.world.equity.pre_money)
    return base[np.minimum(eco.firms.rounds[rows], 2)] * eco.conditions.nominal
