"""A loan that cannot be paid: collateral, guarantee, pool, bank bear the loss in this order."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.reference.agents import Bank, Firm, Loan
from experiments.reference.money import pay
from experiments.reference.scalars import clip

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel


def collateral(firm: Firm) -> float:
    """Pledgeable assets (m yuan): they grow with revenue and age."""
    share = firm.model.world.credit.collateral
    return share * firm.revenue_year * firm.age / (firm.age + 6.0)


def default(model: ReferenceModel, loans: list[Loan]) -> None:
    """Write off what is left of `loans`; afterwards their principal is 0."""
    now = model.conditions
    debt: dict[Firm, float] = defaultdict(float)
    for loan in loans:
        debt[loan.firm] += loan.principal
    losses = [loan.principal - sell_collateral(loan, debt[loan.firm]) for loan in loans]
    called = [loss * loan.guaranteed for loss, loan in zip(losses, loans, strict=True)]
    payable = min(1.0, max(now.guarantee_cash, 0.0) / max(sum(called), 1e-12))
    for loan, amount in zip(loans, called, strict=True):
        pay(model.outside, loan.bank, amount * payable)
        now.guarantee_cash -= amount * payable
    left = [loss - amount * payable for loss, amount in zip(losses, called, strict=True)]
    claims = [(loan.bank, rest * loan.cover) for loan, rest in zip(loans, left, strict=True)]
    for loan, rest, borne in zip(loans, left, call_pool(model, claims), strict=True):
        loan.bank.losses += rest - borne
        loan.firm.debt -= loan.principal
        loan.principal = 0.0
    for firm in debt:
        firm.credit_record *= 0.5


def sell_collateral(loan: Loan, debt: float) -> float:
    """A loan's part of what the borrower's pledged assets fetch (m yuan)."""
    model = loan.firm.model
    pledged = model.world.credit.recovery * collateral(loan.firm)
    fetched = min(loan.principal, pledged * loan.principal / max(debt, 1e-9))
    pay(model.outside, loan.bank, fetched)
    return fetched


def call_pool(model: ReferenceModel, claims: Sequence[tuple[Bank, float]]) -> list[float]:
    """What the compensation pool pays on each claim (m yuan); calls are remembered."""
    total = sum(amount for _, amount in claims)
    if not model.offers.pools or total <= 0.0:
        return [0.0 for _ in claims]
    model.conditions.pool_calls += 0.15 * total
    return model.purser.settle(model.offers.pools[0], claims, administered=False)


def learn(model: ReferenceModel) -> None:
    """Branches that lost more than their rates allow for score the next applicants lower."""
    world = model.world.credit
    usual = 0.25 * (world.benchmark * (1.0 + world.spread) - world.funds_rate - world.hurdle)
    for bank in model.banks:
        rate = bank.losses / (bank.lent + 1.0)
        lesson = 0.5 * clip(math.log((rate + 0.002) / (usual + 0.002)), -1.0, 1.5)
        bank.caution += world.experience * (lesson - bank.caution)
        bank.losses = 0.0
