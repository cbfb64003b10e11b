"""What happens to a loan that cannot be paid: collateral, pool, guarantor, bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.columns import total_of
from agents.schema import Floats, Ints
from sim.markets import credit

if TYPE_CHECKING:
    from sim.model import Ecosystem


def default(eco: Ecosystem, loans: Ints, unpaid: Floats) -> None:
    """Write off what borrowers cannot pay and let those who promised bear their parts.

    loans: rows of loans; unpaid: m yuan left of each. Collateral is sold first; of the rest the
    guarantee company and the pool bear their shares as far as they have money, the bank what is
    left. The loans are closed (principal 0); the caller discards them.
    """
    if loans.size == 0:
        return
    book, firms, now = eco.loans, eco.firms, eco.conditions
    firm, bank = book.firm[loans], book.other[loans]
    pledged = eco.world.credit.recovery * collateral(eco, firm, bank)
    debt = np.bincount(firm, unpaid)[firm]
    recovered = np.minimum(unpaid, pledged * unpaid / np.maximum(debt, 1e-9))
    eco.ledger.pay("outside", "banks", "collateral sold", recovered, payee_rows=bank)
    loss = unpaid - recovered
    borne = loss * book.guaranteed[loans]
    asked = total_of(borne)
    payable = min(1.0, max(now.guarantee_cash, 0.0) / max(asked, 1e-12))
    borne *= payable
    eco.ledger.pay("outside", "banks", "guarantees called", borne, payee_rows=bank)
    now.guarantee_cash -= asked * payable
    loss -= borne
    called = _call_pool(eco, loss * book.cover[loans], bank)
    left = loss - called
    np.add.at(eco.banks.losses, bank, left)
    np.subtract.at(firms.debt, firm, book.principal[loans])
    book.principal[loans] = 0.0
    firms.credit_record[firm] *= 0.5
    small = book.small[loans] > 0
    eco.record.count(
        defaults=total_of(unpaid), defaults_count=loans.size, pool_called=total_of(called),
        defaults_small=total_of(unpaid[small]), bank_losses=total_of(left),
    )  # fmt: skip
    eco.record.event("defaulted on a loan", firm, unpaid)


def _call_pool(eco: Ecosystem, claims: Floats, bank: Ints) -> Floats:
    pools = eco.terms.settling.pools or eco.treasury.pools()
    total = total_of(claims)
    if not pools or total <= 0.0:
        return np.zeros_like(claims)
    eco.conditions.pool_calls += 0.15 * total
    return eco.treasury.spend(
        pools[0], "banks", "loan losses borne", claims, payee_rows=bank, administered=False
    )


def collateral(eco: Ecosystem, rows: Ints, bank: Ints) -> Floats:
    """Pledgeable assets (m yuan): they grow with revenue and age; the young have hardly any but
    their patents, where they owe a technology branch (`bank`) that takes them.
    """
    firms, world = eco.firms, eco.world.credit
    age = (eco.quarter - firms.birth_quarter[rows]) * 0.25
    tangible = world.collateral * firms.revenue_year[rows] * age / (age + 6.0)
    pledged = float(eco.terms.lending.ip_collateral)
    if pledged <= 0.0:
        return tangible
    worth = pledged * world.patent_value * eco.conditions.nominal * eco.banks.technology[bank]
    return tangible + worth * firms.patents[rows]


def learn(eco: Ecosystem) -> None:
    """Branches that lost more than their rates allow for score the next applicants lower."""
    banks, world = eco.banks, eco.world.credit
    usual = 0.25 * (world.benchmark * (1.0 + world.spread) - world.funds_rate - world.hurdle)
    credit.learn(banks.losses, banks.lent, banks.caution, usual, world.experience)


def benchmark_interest(eco: Ecosystem) -> Floats:
    """A quarter's interest at the benchmark rate on the loans of firms that know of the district's
    schemes, one value a firm (m yuan).
    """
    loans, firms = eco.loans, eco.firms
    return credit.interest_by_firm(
        loans.firm, loans.principal, eco.world.credit.benchmark, firms.aware, len(firms)
    )
