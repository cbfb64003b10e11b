"""Promotion: a catalogue of new products, in which firms list what they expect to sell more of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import total_of
from agents.schema import Flags, Floats, Ints
from sim.markets import listings
from sim.mechanisms import worth

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
    firms, world, cost = eco.firms, eco.world.demand, catalogue.cost * eco.conditions.nominal
    part, room = cost * catalogue.share, catalogue.room * eco.world.scale
    rows, gain = listings.wanted(
        catalogue.eligible, firms.aware, firms.anchor, firms.novelty,
        customers=firms.customers, references=firms.references,
        reference_worth=world.reference_worth, margin=worth.margin(eco),
        footloose=world.footloose, buyer_years=world.buyer_years, floor=world.trust_floor,
        enough=world.trust_customers, worth=catalogue.worth, room=room, own=cost - part,
    )  # fmt: skip
    takes, aided = listings.take(
        gain, eco.dice.roll(f"{catalogue.lever}: turn", firms.uid[rows]), cost, part,
        eco.treasury.available(catalogue.lever),
    )  # fmt: skip
    rows = rows[takes]
    eco.treasury.spend(catalogue.lever, "outside", "catalogue", total_of(aided))
    eco.ledger.pay("firms", "outside", "catalogue", cost - aided, payer_rows=rows)
    return rows, listings.counts_for(catalogue.worth, float(rows.size), room)
