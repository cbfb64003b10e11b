"""Raising capital from the public: quotation over the counter, bonds and placements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.exact import exp
from agents.schema import Flags, Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


def pay_share(eco: Ecosystem, name: str, cost: Floats, rows: Ints) -> None:
    """Lines pay the share of a cost (m yuan by row) that a term of leaving names."""
    terms = eco.terms.leaving
    eco.treasury.share_out(terms, name, cost * getattr(terms, name), "capital market", rows)


def counted_share(
    eco: Ecosystem, name: str, cost: Callable[[float], float], beside: float = 0.0
) -> float:
    """The share firms can count on: `cost` gives what all who would go at a share would pay."""
    terms = eco.terms.leaving
    if name not in terms.parts:
        return 0.0
    asked = cost(float(getattr(terms, name)))
    return float(eco.treasury.counted_on(terms, name, asked, beside))


@dataclass(frozen=True)
class Quotations:
    """Firms (rows) whose owners think of a quotation, what each sees in it and its fee (m yuan)."""

    rows: Ints
    worth: Floats
    cost: float

    def go(self, eco: Ecosystem, share: float) -> Flags:
        """Whose owner takes it where a share of the fee is paid."""
        own = self.cost * (1.0 - share)
        return np.minimum(self.worth, eco.firms.cash[self.rows]) > own

    def fees(self, eco: Ecosystem, share: float) -> float:
        """What all who take it where a share is paid would cost (m yuan)."""
        return self.cost * int(np.count_nonzero(self.go(eco, share)))

    def claim(self, eco: Ecosystem) -> float:
        """What lines are asked for if they pay their full share (m yuan)."""
        share = float(eco.terms.leaving.quotation_share)
        return share * self.fees(eco, share) if share > 0.0 else 0.0


def think_of_quotation(eco: Ecosystem) -> Quotations:
    """Owners of some firms ask themselves what a quotation over the counter is worth (新三板, open to
    the whole country since the end of 2013).
    """
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    rows = rows_where(eco.dice.roll("thinks of a quotation", firms.uid) < world.quotation_rate)
    old = eco.quarter - firms.birth_quarter[rows] >= 8
    rows = rows[old & ~(firms.quoted[rows] | firms.listed[rows] | firms.anchor[rows])]
    taste = exp(0.8 * eco.dice.normal("worth of a quotation", firms.uid[rows]))
    worth = world.quotation_worth * firms.revenue_year[rows] * taste
    return Quotations(rows, worth, world.quotation_cost * now.nominal)


def quote(eco: Ecosystem, thinking: Quotations) -> None:
    """A firm is quoted over the counter if what its owner sees in it is worth the fee; some capital
    comes of it.
    """
    firms, cost = eco.firms, thinking.cost
    share = counted_share(eco, "quotation_share", lambda full: thinking.fees(eco, full))
    rows = thinking.rows[thinking.go(eco, share) & ~firms.listed[thinking.rows]]
    eco.record.count(quotations=rows.size)
    if rows.size == 0:
        return
    whole = np.full(rows.size, cost)
    eco.ledger.pay("firms", "outside", "quotation", whole, payer_rows=rows)
    pay_share(eco, "quotation_share", whole, rows)
    raised = eco.world.leaving.quotation_raise * firms.revenue_year[rows]
    eco.ledger.pay("outside", "firms", "quotation", raised, payee_rows=rows)
    firms.quoted[rows] = True
    eco.record.event("was quoted over the counter", rows, raised)


def issue(eco: Ecosystem) -> None:
    """Listed and quoted firms short of cash issue bonds or place shares if that costs less than
    doing without: the fixed part of the cost keeps the small away.
    """
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    rows = rows_where(firms.listed | firms.quoted)
    rows = rows[firms.cash[rows] < 3.0 * firms.cost[rows]]
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
