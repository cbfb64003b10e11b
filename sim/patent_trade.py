"""Patents change hands: operators pay what licence income is worth to them, holders sell for more
than keeping is worth, and what is bought is asserted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.schema import Floats, Ints

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
    firms = eco.firms
    firms.operated[:] *= 1.0 - STALE
    bids = eco.terms.transferring.bids
    if bids or firms.operated.any():
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
    own = np.maximum(firms.patents - firms.operated, 0.0)
    income = income_a_patent(eco, own)
    yearly = np.maximum(income - rules.operators_cost * eco.conditions.nominal, 0.0)
    # Operators outbid each other until their own part is what the income is worth to them.
    price = yearly / _discount(eco, 0.0) / (1.0 - bid.share)
    rows = rows_where((own >= 1.0) & (price[firms.sector] > 0.0))
    rows = rows[eco.dice.roll("offered to operators", firms.uid[rows]) < 0.25]
    pieces = np.minimum(own[rows], bid.most)
    each = price[firms.sector[rows]]
    sells = each > reserve(eco, rows, own[rows], pieces, income)
    rows, pieces, each = rows[sells], pieces[sells], each[sells]
    turn = np.argsort(eco.dice.roll("turn to sell patents", firms.uid[rows]), kind="stable")
    part = bid.share * each * pieces
    served = np.empty(rows.size)
    # Without the public part operators do not buy.
    served[turn] = eco.treasury.served(bid.lever, part[turn]) / np.maximum(part[turn], 1e-12)
    public = eco.treasury.spend(
        bid.lever, "firms", "patents bought", part * served, payee_rows=rows
    )
    private = (1.0 - bid.share) * each * pieces * served
    eco.ledger.pay("outside", "firms", "patents bought", private, payee_rows=rows)
    firms.operated[rows] += pieces * served
    eco.record.count(patents_operated=float((pieces * served)[public > 0.0].sum()))


def income_a_patent(eco: Ecosystem, own: Floats) -> Floats:
    """Royalties that a patent brings a year, by sector (m yuan), at this quarter's sales.

    own: patents by firm that operators do not hold.
    """
    firms, rules, count = eco.firms, eco.world.royalties, len(eco.sectors)
    paid_for = np.minimum(own, rules.portfolio)
    liable = firms.revenue / (1.0 + 4.0 * paid_for / rules.portfolio)
    due = np.bincount(firms.sector, liable, count) * rules.charge * (1.0 + rules.stack)
    held = np.bincount(firms.sector, paid_for + firms.operated, count)
    return 4.0 * due / np.maximum(held, 1.0)


def reserve(eco: Ecosystem, rows: Ints, own: Floats, pieces: Floats, income: Floats) -> Floats:
    """What keeping a patent is worth to its holder (m yuan): the royalties it brings, up to a
    portfolio, and the claims of others it wards off; less to those who are short of cash.
    """
    firms, rules = eco.firms, eco.world.royalties
    counted = np.minimum(own, rules.portfolio)
    lost = counted - np.minimum(own - pieces, rules.portfolio)
    rate = 4.0 * rules.charge * (1.0 + rules.stack) * firms.revenue[rows]
    warded = 1.0 / (1.0 + 4.0 * (counted - lost) / rules.portfolio)
    warded -= 1.0 / (1.0 + 4.0 * counted / rules.portfolio)
    yearly = (income[firms.sector[rows]] * lost + rate * warded) / np.maximum(pieces, 1e-12)
    buffer = firms.cash[rows] / (eco.world.costs.buffer * firms.cost[rows] + 1e-9)
    return yearly / _discount(eco, 1.0 - np.clip(buffer, 0.0, 1.0))


def _discount(eco: Ecosystem, scarcity: Floats | float) -> Floats | float:
    """Return asked of a patent a year, and its running out."""
    research = eco.world.research
    return research.hurdle + research.scarcity * scarcity + 4.0 * STALE
