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
    firms, world = eco.firms, eco.world.equity
    return equity.valuation(
        rows, firms.revenue_year, firms.revenue_year_before, firms.quality, firms.prototype,
        world.multiple, 0.1 * eco.conditions.nominal,
    )  # fmt: skip


def margin(eco: Ecosystem, rows: Ints | slice = slice(None)) -> Floats:
    """What firms (rows, or all) reckon to earn on their sales (m yuan/year): profit, or a twentieth."""
    firms = eco.firms
    return np.maximum(firms.profit_year[rows], 0.05 * firms.revenue_year[rows])


def prospects(eco: Ecosystem, rows: Ints) -> Floats:
    """What an exact eye would make of firms at the price they ask (log)."""
    firms, world = eco.firms, eco.world.equity
    return equity.prospects(
        rows, firms.rounds, asking_prices(eco), firms.revenue_year, firms.revenue_year_before,
        firms.quality, firms.prototype, firms.capability, firms.ip_protection, world.multiple,
        0.1 * eco.conditions.nominal,
    )  # fmt: skip


def asking_prices(eco: Ecosystem) -> Floats:
    """Least valuation at which firms sell shares, by round (m yuan)."""
    return np.array(eco.world.equity.pre_money) * eco.conditions.nominal
