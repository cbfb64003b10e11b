"""Leaving, one firm after another: listings, insolvency, closure, sale, departure, funds' ends."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from experiments.reference.agents import Firm, Fund, Stake, Zone
from experiments.reference.default import default
from experiments.reference.money import pay
from experiments.reference.scalars import clip, normal
from experiments.reference.settling import hand_over, rent_in_region, rent_per_head

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel

NEW_GUIDANCE = 2  # sub-funds of the Opinion's fund; 1 is the fund of 2010, 0 private
Values = dict[Firm, float]


def leaving(model: ReferenceModel) -> None:
    """Firms fail, close, are sold, list or move away; stakes are realised.

    Writes firms (some go), loans, stakes, incubators.tenants, sectors.outside_share, funds, cash,
    conditions of equity. A firm has one cause of exit, the first that applies.
    """
    forget(model)
    list_shares(model)
    quote(model)
    issue(model)
    arrears = model.world.leaving.arrears
    insolvent, closing, sold, departing = [], [], [], []
    monthly = rent_per_head(model)
    draws = (model.roll(decision, model.firms) for decision in ("acquirer", "thinks of leaving"))
    for firm, meets, thinks in zip(model.firms, *draws, strict=True):
        tired = owner_gives_up(firm)
        if firm.cash < -arrears * firm.cost:
            insolvent.append(firm)
        elif tired:
            closing.append(firm)
        elif is_wanted(firm) and meets < model.world.leaving.sale_rate:
            sold.append(firm)
        elif thinks < model.world.leaving.rethink and is_driven_out(firm, monthly):
            departing.append(firm)
    end(model, insolvent + closing, sell(model, sold), departing)
    for fund in list(model.funds):
        if model.quarter - fund.vintage >= model.world.equity.life * 4.0:
            close_fund(fund)


def valuation(firm: Firm) -> float:
    """What informed buyers would pay (m yuan): revenue, its growth, the promise of the product."""
    world, nominal = firm.model.world.equity, firm.model.conditions.nominal
    growth = firm.revenue_year / (firm.revenue_year_before + 0.1 * nominal)
    promise = math.exp(1.6 * (firm.quality + 0.6 * firm.prototype - 1.0))
    return world.multiple * firm.revenue_year * math.sqrt(clip(growth, 0.5, 3.0)) * promise


def list_shares(model: ReferenceModel) -> None:
    """Large, profitable firms list as the window admits: they raise capital, and funds sell."""
    world, nominal = model.world.leaving, model.conditions.nominal
    fit = [
        firm for firm in model.firms
        if not firm.listed and firm.revenue_year > world.listing_revenue * nominal
        and firm.profit_year > world.listing_profit * nominal
    ]  # fmt: skip
    listed: Values = {}
    for firm, draw in zip(fit, model.roll("window", fit), strict=True):
        if draw < world.listing_rate * model.world.equity.window:
            raised = world.listing_raise * firm.revenue_year
            pay(model.outside, firm, raised)
            pay(firm, model.outside, world.listing_cost * raised)
            listed[firm] = 1.3 * valuation(firm)
    realise(model, listed)
    for firm in listed:
        firm.listed = True


def quote(model: ReferenceModel) -> None:
    """Owners who see more in a quotation over the counter than it costs take it, and raise some."""
    world, nominal = model.world.leaving, model.conditions.nominal
    cost = world.quotation_cost * nominal
    draws = (
        model.roll(decision, model.firms)
        for decision in ("thinks of a quotation", "worth of a quotation")
    )
    for firm, thinks, liking in zip(model.firms, *draws, strict=True):
        fit = not (firm.quoted or firm.listed or firm.anchor) and firm.age >= 2.0
        worth = world.quotation_worth * firm.revenue_year * math.exp(0.8 * normal(liking))
        if fit and thinks < world.quotation_rate and worth > cost and firm.cash > cost:
            pay(firm, model.outside, cost)
            pay(model.outside, firm, world.quotation_raise * firm.revenue_year)
            firm.quoted = True


def issue(model: ReferenceModel) -> None:
    """Listed and quoted firms short of cash issue if that costs less than doing without."""
    world, nominal = model.world.leaving, model.conditions.nominal
    draws = model.roll("thinks of an issue", model.firms)
    for firm, thinks in zip(model.firms, draws, strict=True):
        short = (firm.listed or firm.quoted) and firm.cash < 3.0 * firm.cost
        amount = world.issue_size * firm.revenue_year
        cost = world.issue_fixed * nominal + world.issue_cost * amount
        gain = max(firm.project_required - world.issue_return, 0.0) * amount * world.issue_years
        if short and thinks < world.issue_rate and gain > cost:
            pay(model.outside, firm, amount)
            pay(firm, model.outside, cost)


def owner_gives_up(firm: Firm) -> bool:
    """An owner whose income stays below part of the salary given up closes when patience ends.

    Income (m yuan/year) is profit, the option value of the product, and a return on spare cash.
    """
    world, nominal = firm.model.world.leaving, firm.model.conditions.nominal
    growth = clip(firm.revenue_year / (firm.revenue_year_before + 1e-9), 0.5, 2.0)
    promise = world.option_value * nominal * (firm.quality + firm.prototype) ** 3 * growth
    income = firm.profit_year + promise + 0.08 * max(firm.cash - firm.cost, 0.0)
    if income < world.closing_income * firm.outside_option * nominal:
        firm.quarters_below += 1
    else:
        firm.quarters_below = 0
    shared = firm.anchor or firm.listed or firm.fund_share > 0.0
    return firm.quarters_below > firm.patience and not shared


def is_wanted(firm: Firm) -> bool:
    """Acquirers look for good products with patents, of firms older than two."""
    good = firm.quality > firm.model.world.leaving.sale_quality and firm.patents > 0.0
    return good and not firm.anchor and not firm.listed and firm.age > 2.0


def is_driven_out(firm: Firm, monthly: dict[Zone, float]) -> bool:
    """Three years' rent saved in the region must beat the cost of moving and six years' profit."""
    model, world = firm.model, firm.model.world
    if firm.anchor or firm.incubator is not None or firm.age < 3.0:
        return False
    local = firm.staff - firm.staff_region
    saved = local * (monthly[firm.zone] - rent_in_region(model)) * 12.0 / 1e6
    cost = world.leaving.moving_cost * firm.revenue_year + 6.0 * max(firm.profit_year, 0.0)
    return 3.0 * saved > cost


def sell(model: ReferenceModel, sold: list[Firm]) -> Values:
    """Prices of the firms sold (m yuan); owners are paid now, funds when stakes are realised."""
    world, nominal = model.world.leaving, model.conditions.nominal
    prices = {}
    for firm, draw in zip(sold, model.roll("price", sold), strict=True):
        promise = math.exp(2.0 * (firm.quality - 1.0) + world.sale_premium * normal(draw))
        price = world.valuation * firm.revenue_year * promise + 0.02 * firm.patents * nominal
        pay(model.outside, model.households, price * (1.0 - firm.fund_share))
        prices[firm] = price
    return prices


def end(model: ReferenceModel, failed: list[Firm], prices: Values, departing: list[Firm]) -> None:
    """Creditors first, then funds, then owners; the outside takes over the customers."""
    gone = [*failed, *prices, *departing]
    take_debt_along(model, {*prices, *departing})
    settle_debts(model, set(gone))
    for firm in gone:
        pay(model.outside, firm, max(-firm.cash, 0.0))  # suppliers bear arrears
    realise(model, dict.fromkeys(failed, 0.0) | prices | {f: 0.8 * valuation(f) for f in departing})
    for firm in gone:
        pay(firm, model.households, firm.cash)
        if firm.incubator is not None:
            firm.incubator.tenants -= 1.0
        firm.sector.outside_share += firm.share
        firm.remove()


def take_debt_along(model: ReferenceModel, solvent: set[Firm]) -> None:
    """Whoever buys a firm, or the firm that moves, repays its loans elsewhere."""
    for loan in model.loans:
        if loan.firm in solvent:
            pay(model.outside, loan.bank, loan.principal)
            loan.firm.debt -= loan.principal
    model.loans = [loan for loan in model.loans if loan.firm not in solvent]


def settle_debts(model: ReferenceModel, gone: set[Firm]) -> None:
    """Loans of firms that end are repaid out of cash, alike; the rest is in default."""
    owed: dict[Firm, float] = defaultdict(float)
    for loan in model.loans:
        if loan.firm in gone:
            owed[loan.firm] += loan.principal
    share = {
        firm: min(max(firm.cash, 0.0) / max(total, 1e-12), 1.0) for firm, total in owed.items()
    }
    failed = []
    for loan in model.loans:
        if loan.firm in gone:
            hand_over(loan, loan.principal * share[loan.firm])
            if loan.principal > 1e-9:
                failed.append(loan)
    default(model, failed)
    model.loans = [loan for loan in model.loans if loan.firm not in gone]


def realise(model: ReferenceModel, value: Values) -> None:
    """Stakes in firms that end (or list) turn into their share of `value`, or of what cash is left."""
    ended = [stake for stake in model.stakes if stake.firm in value]
    if not ended:
        return
    left = {firm: max(firm.cash, 0.0) for firm in value}
    for stake in ended:
        firm, fund = stake.firm, stake.fund
        proceeds = stake.share * value[firm]
        pay(model.outside, fund, proceeds)
        if value[firm] <= 0.0 and not firm.listed:
            pay(firm, fund, stake.share * left[firm])
            proceeds += stake.share * left[firm]
        distribute(fund, proceeds, stake.cost)
        firm.fund_share = 0.0
        remember(model, stake, proceeds)
    model.stakes = [stake for stake in model.stakes if stake.firm not in value]


def remember(model: ReferenceModel, stake: Stake, proceeds: float) -> None:
    """Partners expect the yearly return of all the stakes they remember, pooled."""
    now = model.conditions
    now.ended_cost += stake.cost
    now.ended_proceeds += proceeds
    now.ended_years += stake.cost * max((model.quarter - stake.quarter) / 4.0, 0.5)
    years = max(now.ended_years / now.ended_cost, 1.0)
    now.equity_return = (now.ended_proceeds / now.ended_cost) ** (1.0 / years) - 1.0


def forget(model: ReferenceModel) -> None:
    """What ended long ago counts less with partners."""
    now, kept = model.conditions, 1.0 - model.world.equity.forgetting
    now.ended_cost *= kept
    now.ended_proceeds *= kept
    now.ended_years *= kept


def distribute(fund: Fund, proceeds: float, cost: float) -> None:
    """Proceeds (m yuan) go to the purse by its commitment, less the concession; to the manager as
    carried interest; to private partners.
    """
    model = fund.model
    gain = max(proceeds - cost, 0.0)
    public = 0.0
    if fund.guidance > 0:
        public = fund.public_share * (proceeds - fund.concession * gain)
    carry = min(model.world.equity.carry * gain, proceeds - public)
    pay(fund, model.households, carry)
    pay(fund, model.outside, proceeds - public - carry)
    if fund.guidance == NEW_GUIDANCE:
        model.purser.take_back(fund, public)
    else:
        pay(fund, model.state, public)
    fund.returned += proceeds


def close_fund(fund: Fund) -> None:
    """At the end of its life a fund sells its stakes at 60 % and pays everybody out."""
    model = fund.model
    for stake in [stake for stake in model.stakes if stake.fund is fund]:
        held = 0.6 * valuation(stake.firm) * stake.share
        pay(model.outside, fund, held)
        distribute(fund, held, stake.cost)
        remember(model, stake, held)
        stake.firm.fund_share -= stake.share
    model.stakes = [stake for stake in model.stakes if stake.fund is not fund]
    cash = max(fund.cash, 0.0)
    distribute(fund, cash, cash)
    if abs(fund.cash) < 1e-6:
        fund.remove()
