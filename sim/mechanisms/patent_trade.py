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
from sim.markets.ranking import best_first

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
    firms, rules = eco.firms, eco.world.royalties
    own = firms.patents - firms.operated
    np.maximum(own, 0.0, out=own)
    income = income_a_patent(eco, own)
    yearly = np.maximum(income - rules.operators_cost * eco.conditions.nominal, 0.0)
    # Operators outbid each other until their own part is what the income is worth to them.
    price = yearly / (eco.world.research.hurdle + 4.0 * STALE) / (1.0 - bid.share)
    drawn = eco.dice.roll("offered to operators", firms.uid)
    rows = transfer.offered(drawn, 0.25, own, price, firms.sector)
    pieces = np.minimum(own[rows], bid.most)
    each = price[firms.sector[rows]]
    sells = rows_where(each > reserve(eco, rows, own[rows], pieces, income))
    rows, pieces, each = rows[sells], pieces[sells], each[sells]
    part, uid = bid.share * each * pieces, firms.uid[rows]
    turn = best_first(
        -eco.dice.roll("turn to sell patents", uid), part, uid, eco.treasury.available(bid.lever)
    )
    served = np.zeros(rows.size)
    # Without the public part operators do not buy.
    served[turn] = eco.treasury.served(bid.lever, part[turn])
    public = eco.treasury.spend(
        bid.lever, "firms", "patents bought", part * served, payee_rows=rows
    )
    sold = rows_where(served > 0.0)
    rows, bought = rows[sold], pieces[sold] * served[sold]
    private = (1.0 - bid.share) * each[sold] * pieces[sold] * served[sold]
    eco.ledger.pay("outside", "firms", "patents bought", private, payee_rows=rows)
    firms.operated[rows] += bought
    eco.record.count(patents_operated=float(bought[public[sold] > 0.0].sum()))


def income_a_patent(eco: Ecosystem, own: Floats) -> Floats:
    """Royalties that a patent brings a year, by sector (m yuan), at this quarter's sales.

    own: patents by firm that operators do not hold.
    """
    firms, rules, count = eco.firms, eco.world.royalties, len(eco.sectors)
    liable, held = transfer.licensed(
        firms.sector, own, firms.operated, firms.revenue, rules.portfolio, count
    )
    due = liable * rules.charge * (1.0 + rules.stack)
    return 4.0 * due / np.maximum(held, 1.0)


def reserve(eco: Ecosystem, rows: Ints, own: Floats, pieces: Floats, income: Floats) -> Floats:
    """What keeping a patent is worth to its holder (m yuan): the royalties it brings, up to a
    portfolio, and the claims of others it wards off; less to those who are short of cash.
    """
    firms, rules, research = eco.firms, eco.world.royalties, eco.world.research
    return transfer.kept_for(
        rows, own, pieces, rules.portfolio, income, firms.sector,
        rate=4.0 * rules.charge * (1.0 + rules.stack), revenue=firms.revenue, cash=firms.cash,
        buffer=eco.world.costs.buffer, running=firms.cost, hurdle=research.hurdle,
        scarcity=research.scarcity, stale=4.0 * STALE,
    )  # fmt: skip
