"""Raising capital from the public: quotation over the counter, bonds and placements."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from agents.exact import exp, total_of
from agents.schema import Flags, Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


def pay_share(eco: Ecosystem, name: str, cost: Floats, rows: Ints) -> None:
    """Lines pay the share of a cost (m yuan by row) that a term of leaving names."""
    terms = eco.terms.leaving
    eco.treasury.share_out(terms, name, cost * getattr(terms, name), "capital market", rows)


def counted_share(eco: Ecosystem, name: str, cost: Callable[[float], float]) -> float:
    """The share firms can count on: `cost` gives what all who would go at a share would pay."""
    terms = eco.terms.leaving
    if name not in terms.parts:
        return 0.0
    return float(eco.treasury.counted_on(terms, name, cost(float(getattr(terms, name)))))


def quote(eco: Ecosystem) -> None:
    """A firm is quoted over the counter (新三板, open to the whole country since the end of 2013)
    if what its owner sees in it is worth the fee; some capital comes of it.
    """
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    thinks = eco.dice.roll("thinks of a quotation", firms.uid) < world.quotation_rate
    rows = np.flatnonzero(thinks & ~firms.quoted)
    old = eco.quarter - firms.birth_quarter[rows] >= 8
    rows = rows[old & ~firms.listed[rows] & ~firms.anchor[rows]]
    cost = world.quotation_cost * now.nominal
    taste = exp(0.8 * eco.dice.normal("worth of a quotation", firms.uid[rows]))
    worth = world.quotation_worth * firms.revenue_year[rows] * taste

    def goes(share: float) -> Flags:
        own = cost * (1.0 - share)
        return (worth > own) & (firms.cash[rows] > own)

    rows = rows[
        goes(counted_share(eco, "quotation_share", lambda full: cost * float(goes(full).sum())))
    ]
    eco.record.count(quotations=rows.size)
    if rows.size == 0:
        return
    whole = np.full(rows.size, cost)
    eco.ledger.pay("firms", "outside", "quotation", whole, payer_rows=rows)
    pay_share(eco, "quotation_share", whole, rows)
    raised = world.quotation_raise * firms.revenue_year[rows]
    eco.ledger.pay("outside", "firms", "quotation", raised, payee_rows=rows)
    firms.quoted[rows] = True
    eco.record.event("was quoted over the counter", rows, raised)


def issue(eco: Ecosystem) -> None:
    """Listed and quoted firms short of cash issue bonds or place shares if that costs less than
    doing without: the fixed part of the cost keeps the small away.
    """
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    open_ = (firms.listed | firms.quoted) & (firms.cash < 3.0 * firms.cost)
    rows = np.flatnonzero(open_)
    rows = rows[eco.dice.roll("thinks of an issue", firms.uid[rows]) < world.issue_rate]
    amount = world.issue_size * firms.revenue_year[rows]
    cost = world.issue_fixed * now.nominal + world.issue_cost * amount
    a_year = np.maximum(firms.project_required[rows] - world.issue_return, 0.0) * amount
    gain = world.issue_years * a_year
    share = counted_share(
        eco, "issue_share", lambda full: total_of(cost[gain > cost * (1.0 - full)])
    )
    goes = gain > cost * (1.0 - share)
    rows, amount, cost = rows[goes], amount[goes], cost[goes]
    eco.ledger.pay("outside", "firms", "issues", amount, payee_rows=rows)
    eco.ledger.pay("firms", "outside", "issuing cost", cost, payer_rows=rows)
    pay_share(eco, "issue_share", cost, rows)
    eco.record.count(issues=rows.size, issued=total_of(amount))
    eco.record.event("issued bonds or shares", rows, amount)
