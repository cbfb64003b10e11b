"""Service agencies open where they expect to live or an award makes up for it; the idle run dry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from agents.codes import KINDS
from agents.columns import rows_where
from agents.exact import exp
from agents.schema import Flags, Floats
from sim import identity
from sim.markets.founding import pick

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class OpeningAward:
    """What agencies of some kinds are paid when they open (m yuan of 2014)."""

    lever: str
    kinds: tuple[str, ...]
    amount: float

    @cached_property
    def covered(self) -> Flags:
        """Which of the KINDS it is for."""
        return np.array([name in self.kinds for name in KINDS])


def enter(eco: Ecosystem) -> None:
    """Would-be agencies of fixed identity, kind and quality weigh two years' margin and the award
    against the cost of opening; every one that opens is paid, needed or not. Their owners pay what
    opening costs, and put up what they live on until custom comes.
    """
    agencies, rules, dice = eco.agencies, eco.world.agencies, eco.dice
    _close(eco)
    count = identity.rounded(rules.would_be * eco.world.scale / 4.0, dice.once("would-be agencies"))
    uid = identity.number(identity.WOULD_BE_AGENCY, count, eco.quarter)
    if uid.size == 0:
        return
    kind = pick((1.0,) * len(KINDS), dice.roll("kind", uid))
    quality = 0.25 + 0.5 * dice.roll("agency quality", uid)
    here = np.bincount(agencies.kind, minlength=len(KINDS))
    use = np.bincount(agencies.kind, agencies.use, len(KINDS)) / np.maximum(here, 1)
    nominal = eco.conditions.nominal
    price = rules.hour_price * nominal
    # Good ones expect more of the custom there is.
    expected = np.minimum(use[kind] * (0.5 + quality), 1.0)
    margin = 8.0 * rules.opening_hours * price * (expected - rules.break_even)
    cost = rules.opening_cost * nominal * exp(0.5 * dice.normal("costs", uid))
    offers = _funded(eco)
    award = np.zeros(len(KINDS))
    for offer in offers:
        award += offer.covered * (offer.amount * nominal)
    opens = margin + award[kind] > cost
    kind = kind[opens]
    new = agencies.append(
        kind.size, uid=uid[opens], kind=kind, quality=quality[opens],
        hours=rules.opening_hours, use=expected[opens],
    )  # fmt: skip
    owners = cost[opens]
    eco.ledger.pay("households", "agencies", "agencies' capital",
                   owners + rules.opening_capital * nominal, payee_rows=new)  # fmt: skip
    eco.ledger.pay("agencies", "outside", "opening agencies", owners, payer_rows=new)
    for offer in offers:
        rows = new[offer.covered[kind]]
        if rows.size:
            amount = np.full(rows.size, offer.amount * nominal)
            eco.treasury.spend(offer.lever, "agencies", "agencies opened", amount, payee_rows=rows)
    eco.record.count(agencies_opened=new.size)


def _funded(eco: Ecosystem) -> list[OpeningAward]:
    """Awards whose line has money left."""
    awards, available = eco.terms.founding.agency_awards, eco.treasury.available
    return [award for award in awards if available(award.lever) > 0.0]


def _close(eco: Ecosystem) -> None:
    """Agencies that opened here and cannot pay for the quarter to come close; an award that was
    not needed to open keeps the idle open longer.
    """
    agencies = eco.agencies
    broke = agencies.cash < running_cost(eco)
    if not broke.any():
        return
    rows = rows_where(broke)
    left = agencies.cash[rows]
    eco.ledger.pay("agencies", "households", "agencies closed", left, payer_rows=rows)
    agencies.discard(broke)
    eco.record.count(agencies_closed=rows.size)


def running_cost(eco: Ecosystem) -> Floats:
    """What a quarter's staff costs agencies that opened here (m yuan), sold or not.

    Those of the opening live on other custom as well, and keep no more staff than they sell.
    """
    agencies, rules = eco.agencies, eco.world.agencies
    opened = identity.stems_from(identity.WOULD_BE_AGENCY, agencies.uid)
    return opened * agencies.hours * (rules.break_even * rules.hour_price * eco.conditions.nominal)
