"""Promotion: a catalogue of new products, in which firms list what they expect to sell more of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.exact import exp
from agents.schema import Flags, Floats, Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Catalogue:
    """What a listing among few counts with a buyer (customers), how many listings halve that, what
    one costs a quarter (m yuan of 2014), and the share of it that the line pays.
    """

    lever: str
    worth: float
    room: float
    cost: float
    share: float
    eligible: Flags


def listed(eco: Ecosystem) -> Floats:
    """Customers that being listed counts for, by firm: firms weigh the sales that it wins against
    their own part of its cost.
    """
    out = np.zeros(len(eco.firms))
    for catalogue in eco.terms.selling.listings:
        rows, counts = _list(eco, catalogue)
        out[rows] += counts
    return out


def _list(eco: Ecosystem, catalogue: Catalogue) -> tuple[Ints, float]:
    """Rows of the firms that list their product, and what each listing counts."""
    firms, cost = eco.firms, catalogue.cost * eco.conditions.nominal
    new = catalogue.eligible & firms.aware & (firms.novelty > 0.25) & ~firms.anchor
    rows, part = rows_where(new), cost * catalogue.share
    most = _most_to_gain(eco, rows)
    gain = most * _noticed(eco, catalogue, _crowd(eco, catalogue, most, cost - part))
    asks = rows_where(gain > cost - part)
    # The line serves in turn; who gets nothing lists if it is worth the whole cost.
    turn = eco.dice.roll(f"{catalogue.lever}: turn", firms.uid[rows[asks]])
    asks = asks[np.argsort(turn, kind="stable")]
    aided = np.zeros(rows.size)
    aided[asks] = part * eco.treasury.served(catalogue.lever, np.full(asks.size, part))
    lists = gain > cost - aided
    rows, aided = rows[lists], aided[lists]
    eco.treasury.spend(catalogue.lever, "outside", "catalogue", total_of(aided))
    eco.ledger.pay("firms", "outside", "catalogue", cost - aided, payer_rows=rows)
    return rows, _counts(eco, catalogue, rows.size)


def _counts(eco: Ecosystem, catalogue: Catalogue, crowd: float) -> float:
    """Customers that a listing counts for among so many."""
    return catalogue.worth / (1.0 + crowd / (catalogue.room * eco.world.scale))


def _noticed(eco: Ecosystem, catalogue: Catalogue, crowd: float) -> float:
    """Share of the buyers in doubt who consider a firm for a listing among so many."""
    known = _counts(eco, catalogue, crowd) / eco.world.demand.trust_customers
    return float(1.0 - exp(np.array([-known]))[0])


def _crowd(eco: Ecosystem, catalogue: Catalogue, most: Floats, own: float) -> float:
    """How many list where each who does finds it worth the own part of the cost beside the others."""
    low, high = 0.0, float(most.size)
    for _ in range(8):
        middle = 0.5 * (low + high)
        if np.count_nonzero(most * _noticed(eco, catalogue, middle) > own) > middle:
            low = middle
        else:
            high = middle
    return low


def _most_to_gain(eco: Ecosystem, rows: Ints) -> Floats:
    """What it would bring a firm if no buyer were in doubt (m yuan): the usual new business of a
    quarter grows with the share of buyers who consider the firm, and lasts some years.
    """
    firms, world = eco.firms, eco.world.demand
    known = firms.customers[rows] + world.reference_worth * firms.references[rows]
    doubt = (1.0 - world.trust_floor) * exp(-known / world.trust_customers)
    margin = np.maximum(firms.profit_year[rows], 0.05 * firms.revenue_year[rows])
    return world.footloose * margin * world.buyer_years * doubt / (1.0 - doubt)
