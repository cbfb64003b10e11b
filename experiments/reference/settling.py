"""Settling, one firm after another: rent, wages, taxes, dividends, loans, services, stages."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from agents.codes import EARLY, GROWTH, MATURE, SEED
from experiments.reference.agents import Firm, Incubator, Loan, Sector, Zone
from experiments.reference.default import default, learn
from experiments.reference.money import pay
from experiments.reference.scalars import clip

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel

PAID_BY_OVERHEAD = (0, 2)  # brokers and talent agencies


def settling(model: ReferenceModel) -> None:
    """Wages, rent, taxes and interest are paid, loans fall due, losses are called.

    Writes cash, firms.cost, profit_year, debt, stage, propensity, loans, banks, agencies,
    alliances, conditions.pool_calls and guarantee_cash.
    """
    model.conditions.pool_calls *= 0.85
    rents = pay_rents(model)
    for host in model.incubators:
        keep_house(host)
    interest: dict[Firm, float] = defaultdict(float)
    for loan in model.loans:
        due = loan.principal * loan.rate / 4.0
        pay(loan.firm, loan.bank, due)
        interest[loan.firm] += due
    royalties = settle_royalties(model)
    for firm in model.firms:
        close_books(firm, rents[firm], interest[firm], royalties[firm])
    repay(model)
    learn(model)
    settle_services(model)
    settle_alliances(model)
    for firm in model.firms:
        grow_up(firm)


def rent_per_head(model: ReferenceModel) -> dict[Zone, float]:
    """Monthly market rent of a head (yuan) by zone: space let, shared by the staff who work there."""
    staff: dict[Zone, float] = defaultdict(float)
    for firm in model.firms:
        staff[firm.zone] += firm.staff - firm.staff_region
    return {zone: zone.used / max(staff[zone], 1.0) * zone.rent for zone in model.zones}


def rent_in_region(model: ReferenceModel) -> float:
    """Monthly rent (yuan) of a head who works in the region around."""
    return model.world.zones.space_per_head * list(model.zones)[-1].rent


def pay_rents(model: ReferenceModel) -> dict[Firm, float]:
    """Tenants pay the operator, others the landlords; lines pay their share of tenants' rent."""
    hosts, monthly = model.world.incubators, rent_per_head(model)
    rents: dict[Firm, float] = {}
    for firm in model.firms:
        here = (firm.staff - firm.staff_region) * monthly[firm.zone]
        market = 3.0 * (here + firm.staff_region * rent_in_region(model)) / 1e6
        if firm.incubator is None:
            rents[firm] = market
            pay(firm, model.landlords, market)
        else:
            fee = hosts.service_fee * model.conditions.nominal / 4.0
            rents[firm] = market * hosts.rent_share + fee
            pay(firm, firm.incubator, rents[firm])
    tenants = [firm for firm in model.firms if firm.incubator is not None]
    lines = model.offers.tenant_rent
    for line, part in rent_support(lines, tenants, rents).items():
        model.purser.settle(line, part)
    return rents


def rent_support(
    lines: dict[str, dict[Firm, float]], tenants: list[Firm], rents: dict[Firm, float]
) -> dict[str, list[tuple[Firm, float]]]:
    """Claims on each line: shares combine as 1 - Π(1 - share), and are divided in proportion."""
    claims: dict[str, list[tuple[Firm, float]]] = {line: [] for line in lines}
    for firm in tenants:
        shares = {line: given.get(firm, 0.0) for line, given in lines.items()}
        together = 1.0 - math.prod(1.0 - share for share in shares.values())
        for line, share in shares.items():
            if share > 0.0:
                claims[line].append((firm, rents[firm] * together * share / sum(shares.values())))
    return claims


def keep_house(host: Incubator) -> None:
    """Operators pay head rent and mentors, earn on the side, take profit out or put capital in."""
    model, world, nominal = host.model, host.model.world.incubators, host.model.conditions.nominal
    building = host.places * world.place_space
    pay(host, model.landlords, building * host.zone.rent * 3.0 / 1e6 * world.head_rent)
    pay(host, model.households, host.mentors * world.mentor_cost * nominal / 4.0)
    pay(model.outside, host, host.tenants * world.equity_income * nominal / 4.0)
    pay(host, model.outside, 0.25 * max(host.cash - 0.05 * host.places * nominal, 0.0))
    pay(model.outside, host, max(-host.cash, 0.0))


def purchases(firm: Firm) -> float:
    """Inputs from outside (m yuan a quarter): their share of revenue rises with size."""
    costs, nominal = firm.model.world.costs, firm.model.conditions.nominal
    size = max(firm.revenue_year / (100.0 * nominal), 1e-4)
    tilt = firm.model.world.sectors.input_tilt[firm.sector.code]
    share = costs.input_share + costs.input_slope * math.log10(size) + tilt
    return firm.revenue * clip(share, 0.30, 0.88)


def wages(firm: Firm) -> float:
    """Pay of all staff (m yuan a quarter): larger firms pay more, founders in the seed stage less."""
    world, now = firm.model.world, firm.model.conditions
    drawn = world.founders.founder_pay if firm.stage == SEED else 1.0
    premium = (firm.staff / 10.0) ** world.labour.wage_size
    others = (firm.staff - firm.st_staff) * now.wage_other * premium * drawn
    science = firm.st_staff * now.wage_st
    return (others + science) / 4.0 + firm.top_pay


def settle_royalties(model: ReferenceModel) -> dict[Firm, float]:
    """Sellers pay stacked claims, less the more they hold themselves; holders share by patents."""
    rules = model.world.royalties
    held: dict[Sector, float] = defaultdict(float)
    due: dict[Sector, float] = defaultdict(float)
    owed: dict[Firm, float] = {}
    for firm in model.firms:
        patents = min(firm.patents, rules.portfolio)
        held[firm.sector] += patents
        defence = 1.0 + 4.0 * patents / rules.portfolio
        owed[firm] = rules.charge * (1.0 + rules.stack) / defence * firm.revenue
        due[firm.sector] += owed[firm]
    for firm in model.firms:
        pay(firm, model.outside, owed[firm])
        if held[firm.sector] > 0.0:
            share = min(firm.patents, rules.portfolio) / held[firm.sector]
            received = due[firm.sector] * share
            pay(model.outside, firm, received)
            owed[firm] -= received
    return owed


def close_books(firm: Firm, rent: float, interest: float, royalties: float) -> None:
    """Pay suppliers, staff and overhead; then taxes and dividends."""
    model, costs, now = firm.model, firm.model.world.costs, firm.model.conditions
    inputs, payroll = purchases(firm), wages(firm)
    overhead = costs.overhead_fixed * now.nominal / 4.0 + costs.overhead_share * firm.revenue
    pay(firm, model.outside, inputs)
    pay(firm, model.households, payroll)
    pay(firm, model.outside, overhead)
    people = firm.st_staff * now.wage_st / 4.0 + firm.top_pay
    materials = firm.rnd - people  # paid in researching
    spent = payroll + rent + interest + overhead + materials + royalties
    # Who lives on royalties of others may receive more of them than all the rest costs.
    firm.cost = max(spent, 0.0)
    pay_taxes_and_dividends(firm, inputs, spent)


def pay_taxes_and_dividends(firm: Firm, inputs: float, spent: float) -> None:
    """Turnover tax for the small, VAT for others; profit tax net of the R&D deduction; owners take
    part of profit when the buffer is full, and of what lies beyond three buffers.
    """
    model, costs, now = firm.model, firm.model.world.costs, firm.model.conditions
    if firm.revenue_year < costs.small_tax_limit * now.nominal:
        turnover = costs.small_tax * firm.revenue
    else:
        turnover = costs.value_added_tax * max(firm.revenue - inputs, 0.0)
    profit = firm.revenue - inputs - spent - turnover
    rate = costs.profit_tax_certified if firm.certified else costs.profit_tax
    profit_tax = rate * max(profit - costs.deduction * firm.rnd, 0.0)
    pay(firm, model.state, turnover + profit_tax)
    firm.profit_year += 0.25 * (4.0 * profit - firm.profit_year)
    buffer = costs.buffer * firm.cost
    payout = costs.payout * max(profit - profit_tax, 0.0) if firm.cash > buffer else 0.0
    excess = 0.0
    if firm.profit_year > 0.0:
        excess = 0.25 * max(firm.cash - payout - 3.0 * buffer, 0.0)
    pay(firm, model.households, payout + excess)


def repay(model: ReferenceModel) -> None:
    """Loans due are repaid from cash, renewed for firms that earn, else defaulted in part."""
    due = [loan for loan in model.loans if loan.due <= model.quarter]
    owed: dict[Firm, float] = defaultdict(float)
    for loan in due:
        owed[loan.firm] += loan.principal
    share = {
        firm: min(max(firm.cash - 0.4 * firm.cost, 0.0) / max(total, 1e-12), 1.0)
        for firm, total in owed.items()
    }
    failed = []
    for loan in due:
        firm = loan.firm
        if share[firm] < 1.0 and firm.profit_year > 0.0:
            loan.due = model.quarter + model.world.credit.term
            continue
        hand_over(loan, loan.principal * share[firm])
        if share[firm] < 1.0:
            failed.append(loan)
    default(model, failed)
    model.loans = [loan for loan in model.loans if loan.principal > 1e-9]


def hand_over(loan: Loan, amount: float) -> None:
    """Pay back `amount` (m yuan) of a loan."""
    pay(loan.firm, loan.bank, amount)
    loan.firm.debt -= amount
    loan.principal -= amount


def settle_services(model: ReferenceModel) -> None:
    """Agencies pay their staff and keep 0.5 m, grow where hours run short, shrink where idle."""
    rules = model.world.agencies
    for agency in model.agencies:
        if agency.kind in PAID_BY_OVERHEAD:
            pay(model.outside, agency, agency.sold * rules.hour_price * model.conditions.nominal)
        staff = min(agency.running_cost, max(agency.cash, 0.0))
        pay(agency, model.households, staff + max(agency.cash - staff - 0.5, 0.0))
        use = agency.sold / max(agency.hours, 1.0)
        agency.use += 0.25 * (use - agency.use)
        if use > 0.85:
            agency.hours *= 1.0 + 0.2 * rules.entry_profit
        elif use < 0.3:
            agency.hours *= 1.0 - rules.shrink
        agency.hours = max(agency.hours, 50.0)
        agency.sold = 0.0


def settle_alliances(model: ReferenceModel) -> None:
    """Members pay, the secretariat spends on the platform, larger firms of the sector join."""
    rules, nominal = model.world.alliances, model.conditions.nominal
    for firm in model.firms:
        if firm.alliance is not None:
            pay(firm, firm.alliance, rules.fee * nominal / 4.0)
    for alliance in model.alliances:
        spent = rules.upkeep * max(alliance.cash, 0.0)
        pay(alliance, model.outside, spent)
        alliance.platform = 0.95 * alliance.platform + spent
        alliance.members = 0.0
    draws = model.roll("joins an alliance", model.firms)
    for firm, draw in zip(model.firms, draws, strict=True):
        able = firm.staff >= rules.join_staff and firm.cash > firm.cost
        if able and firm.alliance is None and draw < rules.join_rate:
            open_to = [one for one in model.alliances if one.sector is firm.sector]
            firm.alliance = model.favourite("alliance", firm, open_to)
        if firm.alliance is not None:
            firm.alliance.members += 1.0


def grow_up(firm: Firm) -> None:
    """Stage follows revenue and age; start-ups' R&D habit fades once they are three."""
    nominal = firm.model.conditions.nominal
    limits = (2.0 * nominal, 10.0 * nominal, 200.0 * nominal)
    reached = sum(firm.revenue_year >= limit for limit in limits)
    by_size = (SEED, EARLY, GROWTH, MATURE)[reached]
    firm.stage = max(by_size, GROWTH if firm.age > 4.0 else firm.stage)
    usual = 1.6 * firm.model.world.research.propensity
    if firm.age > 3.0 and not firm.anchor and firm.propensity > usual:
        firm.propensity -= 0.06 * (firm.propensity - usual)
