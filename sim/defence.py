"""Defence work: firms weigh what qualifying costs, and how long it takes, against limited orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Flags, Floats, Ints

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
    since = eco.quarter - eco.firms.qualified_from
    return (since >= 0) & (since < 4.0 * valid)


def qualify(eco: Ecosystem, offer: Qualification) -> None:
    """Firms that may, in turn, apply if their part of the orders, beside all who are before them,
    earns what they pay of the cost.
    """
    firms, cost = eco.firms, offer.cost * eco.conditions.nominal
    out = eco.quarter - firms.qualified_from >= 4.0 * offer.valid
    rows = np.flatnonzero(offer.able & out & firms.aware & (firms.cash > cost))
    if rows.size == 0:
        return
    rows = rows[np.argsort(eco.dice.roll("turn to qualify", firms.uid[rows]), kind="stable")]
    ahead = len(firms) - int(np.count_nonzero(out))
    sold = np.maximum(firms.revenue_year[rows], 1e-9)
    margin = np.clip(firms.profit_year[rows] / sold, 0.05, 0.5)
    most = 4.0 * np.minimum(firms.revenue[rows], offer.largest)

    def worth(rank: Ints) -> Floats:
        return np.minimum(most, offer.yearly / (ahead + rank + 1.0)) * margin * offer.valid

    part = cost * offer.share
    would = worth(np.zeros(rows.size, np.int64)) > cost - part
    gain = worth(np.cumsum(would) - would)
    asks = np.flatnonzero(gain > cost - part)
    # The line serves in turn; who gets nothing applies if it is worth the whole cost.
    aided = np.zeros(rows.size)
    aided[asks] = part * eco.treasury.served(offer.lever, np.full(asks.size, part))
    goes = gain > cost - aided
    rows, aided = rows[goes], aided[goes]
    eco.ledger.pay("firms", "outside", "qualification", np.full(rows.size, cost), payer_rows=rows)
    eco.treasury.spend(offer.lever, "firms", "qualification", aided, payee_rows=rows)
    firms.qualified_from[rows] = eco.quarter + round(offer.delay)
