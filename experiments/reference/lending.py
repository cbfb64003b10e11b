"""Lending, one applicant after another: ratings, scores, guarantees, rationing."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.reference.agents import Bank, Firm, Loan
from experiments.reference.default import collateral
from experiments.reference.money import pay
from experiments.reference.scalars import clip, logistic, normal

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel

RATER = 1
LARGE = 100.0  # m yuan of revenue a year


@dataclass(eq=False)
class Application:
    """A firm's request at a bank: amount (m yuan), the pool's cover promised and believed, log odds
    of repayment, chance and expected profit as the bank sees them, and the guarantee.
    """

    firm: Firm
    bank: Bank
    amount: float
    promised: float
    believed: float
    odds: float = 0.0
    profit: float = 0.0
    guaranteed: float = 0.0


def lending(model: ReferenceModel) -> None:
    """Firms ask, banks score through noise and ration (Stiglitz & Weiss 1981).

    Writes loans, firms.cash, debt, refused_quarter, rated, banks.lent, cash, agencies.sold, cash,
    conditions.guarantee_cash.
    """
    for bank in model.banks:
        bank.lent = 0.0
    for loan in model.loans:
        loan.bank.lent += loan.principal
    sell_ratings(model)
    applications = [apply(firm) for firm in model.firms if asks(firm)]
    draws = model.roll("score", [application.firm for application in applications])
    for application, draw in zip(applications, draws, strict=True):
        application.odds = log_odds(application.firm) - application.bank.caution
        application.profit = expected_profit(application, application.believed, normal(draw))
    guarantee(model, applications, draws)
    granted = ration(model, applications)
    for application in applications:
        pay(application.firm, model.households, effort_of_asking(model))
        if application in granted:
            lend(application)
        else:
            application.firm.refused_quarter = model.quarter


def sell_ratings(model: ReferenceModel) -> None:
    """Raters serve a queue of firms while they have hours; ratings grow stale."""
    rules = model.world.agencies
    price = rules.rating_hours * rules.hour_price * model.conditions.nominal
    raters = [agency for agency in model.agencies if agency.kind == RATER]
    hours = sum(agency.hours * agency.quality for agency in raters)
    queue = []
    draws = (model.roll(d, model.firms) for d in ("wants a rating", "rating queue"))
    for firm, wants, place in zip(model.firms, *draws, strict=True):
        firm.rated *= 1.0 - rules.rating_decay
        able = firm.revenue_year > 3.0 and firm.cash > 10.0 * price
        if wants < 0.05 and able and firm.rated < 0.3:
            queue.append((place, firm))
    served = sorted(queue, key=lambda entry: entry[0])[: int(hours / rules.rating_hours)]
    for number, (_, firm) in enumerate(served):
        rater = raters[number % len(raters)]
        firm.rated = min(0.5 + rater.quality, 1.0)
        pay(firm, rater, price)
    capacity = max(sum(agency.hours for agency in raters), 1e-9)
    for agency in raters:
        agency.sold = len(served) * rules.rating_hours * agency.hours / capacity


def effort_of_asking(model: ReferenceModel) -> float:
    """What one application for a loan costs (m yuan)."""
    return model.world.credit.apply_cost * model.conditions.nominal


def loan_size(firm: Firm) -> float:
    """What refills its cash buffer, within what its revenue bears (m yuan)."""
    world = firm.model.world
    most = world.credit.size * firm.revenue_year - firm.debt
    return min(max(world.costs.buffer * firm.cost - firm.cash, 0.0), most)


def asks(firm: Firm) -> bool:
    """Asks if cash is short, it has been about a while and has not been refused lately."""
    model, world = firm.model, firm.model.world.credit
    return (
        firm.runway < world.need
        and model.quarter > firm.birth_quarter + 2
        and model.quarter - firm.refused_quarter > world.discouraged
        and loan_size(firm) >= world.least * model.conditions.nominal
        and firm.cash > effort_of_asking(model)
    )


def apply(firm: Firm) -> Application:
    """Ask the bank that comes first to mind; a pool covers loans up to a size only."""
    model, amount = firm.model, loan_size(firm)
    bank = model.favourite("bank", firm, list(model.banks))
    small = amount <= model.offers.covered_loan
    promised = model.offers.cover.get(firm, 0.0) if small else 0.0
    believed = model.offers.cover_expected.get(firm, 0.0) if small else 0.0
    return Application(firm, bank, amount, promised, believed)


def log_odds(firm: Firm) -> float:
    """The scorecard: log odds of repayment by size, margin, cash, age and record."""
    world, nominal = firm.model.world.credit, firm.model.conditions.nominal
    constant, size, margin, cash, age = world.score
    return (
        constant
        + size * math.log((firm.revenue_year + 0.1) / (10.0 * nominal))
        + margin * clip(firm.profit_year / (firm.revenue_year + 0.1), -1.5, 0.4)
        + cash * min(firm.runway, 8.0)
        + age * math.log(1.0 + firm.age)
        + 1.5 * (firm.credit_record - 1.0)
    )


def lending_rate(model: ReferenceModel) -> float:
    """Interest on every loan (1/year)."""
    return model.world.credit.benchmark * (1.0 + model.world.credit.spread)


def expected_profit(application: Application, borne: float, z: float) -> float:
    """Profit a yuan lent beyond funds and hurdle (1/year) when others bear a share of the loss.

    The bank sees the odds through noise, which a rating lessens and covered loss, since it lowers
    the effort of screening, raises.
    """
    firm, bank = application.firm, application.bank
    model, world = firm.model, firm.model.world.credit
    pledged = world.recovery * collateral(firm)
    recovered = min(pledged / (application.amount + firm.debt + 1e-9), 0.95)
    noise = world.noise * (world.technology_noise if bank.technology else 1.0)
    noise *= 1.0 - model.world.agencies.rating_gain * firm.rated
    noise /= math.sqrt(max(1.0 - borne, world.screening_floor))
    chance = logistic(application.odds + noise * z)
    failure = recovered + borne * (1.0 - recovered)
    income = chance * (1.0 + lending_rate(model)) + (1.0 - chance) * failure
    return income - (1.0 + world.funds_rate) - world.hurdle


def guarantee(model: ReferenceModel, asked: list[Application], draws: list[float]) -> None:
    """The guarantee company backs refused applicants it believes in, up to its leverage.

    It looks itself; its fee must cover the loss it expects on its share.
    """
    world = model.world.credit
    outstanding = sum(loan.principal * loan.guaranteed for loan in model.loans)
    room = world.guarantee_leverage * max(model.conditions.guarantee_cash, 0.0) - outstanding
    own = model.roll("guarantor's score", [application.firm for application in asked])
    wanted = []
    for application, draw, look in zip(asked, draws, own, strict=True):
        chance = logistic(application.odds + normal(look))
        worth = world.guarantee_fee >= (1.0 - chance) * world.guarantee_share
        if application.profit < 0.0 and worth:
            wanted.append((-chance, application.firm.uid, application, draw))
    for _, _, application, draw in sorted(wanted, key=lambda entry: entry[:2]):
        room -= application.amount * world.guarantee_share
        if room < 0.0:
            break
        application.guaranteed = world.guarantee_share
        borne = 1.0 - (1.0 - application.believed) * (1.0 - world.guarantee_share)
        application.profit = expected_profit(application, borne, normal(draw))


def ration(model: ReferenceModel, asked: list[Application]) -> set[Application]:
    """Each bank lends to the most profitable first, while its limit has room."""
    queues = defaultdict(list)
    for application in asked:
        if application.profit >= 0.0:
            queues[application.bank].append(application)
    granted = set()
    for bank, queue in queues.items():
        limit = bank.limit * model.world.credit.squeeze * model.conditions.demand
        room = max(limit - bank.lent, 0.0)
        for application in sorted(queue, key=lambda one: (-one.profit, one.firm.uid)):
            room -= application.amount
            if room < -1e-9:
                break
            granted.add(application)
    return granted


def lend(application: Application) -> None:
    """Pay out the loan; the guarantee company takes its fee."""
    firm, bank, amount = application.firm, application.bank, application.amount
    model, world = firm.model, firm.model.world.credit
    pay(bank, firm, amount)
    firm.debt += amount
    bank.lent += amount
    if application.guaranteed > 0.0:
        pay(firm, model.outside, world.guarantee_fee * amount)
        model.conditions.guarantee_cash += world.guarantee_fee * amount
    model.loans.append(
        Loan(
            firm, bank, amount, lending_rate(model), model.quarter + world.term,
            application.promised, application.guaranteed, int(firm.revenue_year < LARGE),
        )
    )  # fmt: skip
