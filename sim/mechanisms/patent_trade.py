"""Patents change hands: operators pay what licence income is worth to them, holders sell for more
than keeping is worth, and what is bought is asserted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.schema import Floats, Ints
from sim.markets import transfer
from sim.markets.picking import queue

if TYPE_CHECKING:
    from sim.model import Ecosystem

IP_AGENCY = 3
STALE = 0.03  # of what operators hold runs out in a quarter


@dataclass(frozen=True)
class Bid:
    """What a programme puts up beside operators for patents: its share of the price, and the most
    patents bought of one firm.
    """

    lever: str
    share: float
    most: float


def operate(eco: Ecosystem) -> None:
    """Operators run what they hold, and bid for more where a line puts up part of the price."""
    bids = eco.terms.transferring.bids
    if not bids and not eco.firms.operated.any():
        return
    eco.firms.operated[:] *= 1.0 - STALE
    _run(eco)
    for bid in bids:
        _buy(eco, bid)


def _run(eco: Ecosystem) -> None:
    """Keeping and asserting patents is work that operators buy of agencies here."""
    held = total_of(eco.firms.operated)
    cost = held * eco.world.royalties.operators_cost * eco.conditions.nominal / 4.0
    rows = rows_where(eco.agencies.kind == IP_AGENCY)
    if rows.size:
        part = np.full(rows.size, cost / rows.size)
        eco.ledger.pay("outside", "agencies", "patents asserted", part, payee_rows=rows)
    else:
        eco.ledger.pay("outside", "households", "patents asserted", cost)


def _buy(eco: Ecosystem, bid: Bid) -> None:
    firms = eco.firms
    income = income_a_patent(eco)
    yearly = np.maximum(income - eco.world.royalties.operators_cost * eco.conditions.nominal, 0.0)
    # Operators outbid each other until their own part is what the income is worth to them.
    price = yearly / (eco.world.research.hurdle + 4.0 * STALE) / (1.0 - bid.share)
    rows, pieces, each = sellers(eco, price, bid.most, income)
    part, served = bid.share * each * pieces, np.zeros(rows.size)
    turn = queue(eco.dice.roll("turn to sell patents", firms.uid[rows]))
    # Without the public part operators do not buy.
    served[turn] = eco.treasury.served(bid.lever, part[turn])
    eco.treasury.spend(bid.lever, "firms", "patents bought", part * served, payee_rows=rows)
    rows, private, bought = transfer.hand_in(
        rows, pieces, each, served, 1.0 - bid.share, firms.operated
    )
    eco.ledger.pay("outside", "firms", "patents bought", private, payee_rows=rows)
    eco.record.count(patents_operated=total_of(bought))


def income_a_patent(eco: Ecosystem) -> Floats:
    """Royalties that a patent brings a year, by sector (m yuan), at this quarter's sales."""
    firms, rules = eco.firms, eco.world.royalties
    return transfer.licence_income(
        firms.sector, firms.patents, firms.operated, firms.revenue, rules.portfolio,
        rules.charge, 1.0 + rules.stack, len(eco.sectors),
    )  # fmt: skip


def sellers(
    eco: Ecosystem, price: Floats, most: float, income: Floats
) -> tuple[Ints, Floats, Floats]:
    """Rows of the holders who part with patents at a price by sector (m yuan each), how many each
    sells and for how much apiece: what is worth less to them than that, which to those who are short
    of cash is more.
    """
    firms, rules, research = eco.firms, eco.world.royalties, eco.world.research
    return transfer.sellers(
        eco.dice.roll("offered to operators", firms.uid), 0.25, price, most, firms.patents,
        firms.operated, firms.sector, income, rules.portfolio,
        rate=4.0 * rules.charge * (1.0 + rules.stack), revenue=firms.revenue, cash=firms.cash,
        buffer=eco.world.costs.buffer, running=firms.cost, hurdle=research.hurdle,
        scarcity=research.scarcity, stale=4.0 * STALE,
    )  # fmt: skip
