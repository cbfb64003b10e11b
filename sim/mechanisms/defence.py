"""Defence work: firms weigh what qualifying costs, and how long it takes, against limited orders."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Flags
from sim.markets import qualifying

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Qualification:
    """What qualifying costs a firm (m yuan of 2014; a share is paid), the quarters it takes and the
    years it is valid; a year's orders in all, and the largest of one quarter (m yuan).
    """

    lever: str
    cost: float
    share: float
    delay: float
    valid: float
    yearly: float
    largest: float
    able: Flags


def qualified(eco: Ecosystem, valid: float) -> Flags:
    """Firms whose qualification has been granted and has not run out, one flag a firm."""
    now = eco.quarter
    return qualifying.held(eco.firms.qualified_from, now, floor(now - 4.0 * valid))


def qualify(eco: Ecosystem, offer: Qualification) -> None:
    """Firms that may, in turn, apply if their part of the orders, beside all who are before them,
    earns what they pay of the cost.
    """
    firms, cost = eco.firms, offer.cost * eco.conditions.nominal
    part, valid = cost * offer.share, offer.valid
    # Who would not apply if nobody of those who now may were before it applies in no turn.
    rows, most, margin, ahead = qualifying.keen(
        offer.able, firms.aware, firms.qualified_from, floor(eco.quarter - 4.0 * valid),
        firms.cash, cost, sales=firms.revenue_year, profit=firms.profit_year,
        revenue=firms.revenue, largest=offer.largest, yearly=offer.yearly, valid=valid,
        own=cost - part,
    )  # fmt: skip
    if rows.size == 0:
        return
    rows, aided = qualifying.apply(
        rows, eco.dice.roll("turn to qualify", firms.uid[rows]), most, margin, ahead,
        offer.yearly, valid, cost, part, eco.treasury.available(offer.lever),
    )  # fmt: skip
    eco.ledger.pay("firms", "outside", "qualification", np.full(rows.size, cost), payer_rows=rows)
    eco.treasury.spend(offer.lever, "firms", "qualification", aided, payee_rows=rows)
    firms.qualified_from[rows] = eco.quarter + round(offer.delay)
