"""Settling: wages, rent, taxes and interest are paid, loans fall due, losses are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import log, power
from agents.firms import EARLY, GROWTH, MATURE, SEED
from agents.schema import Floats
from sim import claims
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


class SettlingTerms(Terms):
    """What levers may change about costs and claims."""

    tenant_rent = term(
        Combine.COMPLEMENT, "firms", "share", "share of carriers' tenants' rent paid"
    )
    pools = term(Combine.COLLECT, "district", "lines", "compensation pools standing behind loans")


def run(eco: Ecosystem) -> None:
    """Pay what is owed.

    Reads: staff, wages, rents, revenue, loans. Writes: cash, firms.cost, profit_year, debt, stage,
    loans, conditions. Dice: none.
    """
    eco.conditions.pool_calls *= 0.85
    inputs = input_costs(eco)
    wages = wage_bill(eco)
    rent = _pay_rent(eco)
    interest = _pay_interest(eco)
    overhead = _overhead(eco)
    materials = eco.firms.rnd - eco.firms.st_staff * eco.conditions.wage_st / 4.0
    eco.ledger.pay("firms", "outside", "purchases", inputs)
    eco.ledger.pay("firms", "households", "wages", wages)
    eco.ledger.pay("firms", "outside", "overhead", overhead)
    cost = wages + rent + interest + overhead + materials
    eco.firms.cost[:] = cost
    _tax_and_dividends(eco, inputs, cost)
    _repay(eco)
    claims.learn(eco)
    _services(eco)
    _stages(eco)


def input_costs(eco: Ecosystem) -> Floats:
    """Purchases from outside the district (m yuan a quarter); larger firms trade more."""
    firms, costs = eco.firms, eco.world.costs
    size = np.maximum(firms.revenue_year / (100.0 * eco.conditions.nominal), 1e-4)
    tilt = np.array(eco.world.sectors.input_tilt)[firms.sector]
    share = costs.input_share + costs.input_slope * 0.4342944819 * log(size) + tilt
    return firms.revenue * np.clip(share, 0.30, 0.88)


def wage_bill(eco: Ecosystem) -> Floats:
    """Wages of all staff (m yuan a quarter)."""
    firms, now = eco.firms, eco.conditions
    premium = power(firms.staff / 10.0, eco.world.labour.wage_size)
    drawn = np.where(firms.stage == SEED, eco.world.founders.founder_pay, 1.0)
    others = (firms.staff - firms.st_staff) * now.wage_other * premium * drawn
    top = firms.top_talent * eco.world.talent.pay * now.nominal
    return (others + firms.st_staff * now.wage_st + top) / 4.0


def _pay_rent(eco: Ecosystem) -> Floats:
    """Tenants of carriers pay the operator, everybody else the landlords."""
    firms, zones, incubators = eco.firms, eco.zones, eco.incubators
    hosts, now = eco.world.incubators, eco.conditions
    per_head = zones.used / np.maximum(eco.by_zone(firms.staff), 1.0)
    market = firms.staff * (per_head * zones.rent * 3.0 / 1e6)[firms.zone]
    inside = firms.incubator >= 0
    fee = hosts.service_fee * now.nominal / 4.0
    rent = np.where(inside, market * hosts.rent_share + fee, market)
    rows = np.flatnonzero(inside)
    homes = firms.incubator[rows]
    eco.ledger.pay("firms", "landlords", "rent", np.where(inside, 0.0, market))
    eco.ledger.pay("firms", "incubators", "carriers' rent and fees", rent[rows],
                   payer_rows=rows, payee_rows=homes)  # fmt: skip
    _support_rent(eco, rent, inside)
    building = incubators.places * hosts.place_space
    head_rent = building * zones.rent[incubators.zone] * 3.0 / 1e6 * hosts.head_rent
    eco.ledger.pay("incubators", "landlords", "head rent", head_rent)
    mentors = incubators.mentors * hosts.mentor_cost * now.nominal / 4.0
    eco.ledger.pay("incubators", "households", "mentors", mentors)
    other = incubators.tenants * hosts.equity_income * now.nominal / 4.0
    eco.ledger.pay("outside", "incubators", "other income", other)
    spare = np.maximum(incubators.cash - 0.05 * incubators.places * now.nominal, 0.0)
    eco.ledger.pay("incubators", "outside", "operators' profit", 0.25 * spare)
    short = np.maximum(-incubators.cash, 0.0)
    eco.ledger.pay("outside", "incubators", "operators' capital", short)
    return rent


def _support_rent(eco: Ecosystem, rent: Floats, inside: np.ndarray) -> None:
    """Lines pay their share of tenants' rent; it comes as cash, and leaves costs as they are."""
    share = eco.terms.settling.tenant_rent
    due = np.where(inside, rent * share, 0.0)
    for lever, part in eco.terms.settling.split("tenant_rent", due):
        rows = np.flatnonzero(part > 0.0)
        eco.treasury.spend(lever, "firms", "rent support", part[rows], payee_rows=rows)


def _pay_interest(eco: Ecosystem) -> Floats:
    loans, firms = eco.loans, eco.firms
    due = loans.principal * loans.rate / 4.0
    eco.ledger.pay("firms", "banks", "interest", due, payer_rows=loans.firm, payee_rows=loans.other)
    return np.bincount(loans.firm, due, len(firms))


def _overhead(eco: Ecosystem) -> Floats:
    costs = eco.world.costs
    fixed = costs.overhead_fixed * eco.conditions.nominal / 4.0
    return fixed + costs.overhead_share * eco.firms.revenue


def _tax_and_dividends(eco: Ecosystem, inputs: Floats, cost: Floats) -> None:
    firms, costs, now = eco.firms, eco.world.costs, eco.conditions
    small = firms.revenue_year < costs.small_tax_limit * now.nominal
    turnover = np.where(
        small, costs.small_tax * firms.revenue,
        costs.value_added_tax * np.maximum(firms.revenue - inputs, 0.0),
    )  # fmt: skip
    profit = firms.revenue - inputs - cost - turnover
    rate = np.where(firms.certified, costs.profit_tax_certified, costs.profit_tax)
    taxable = np.maximum(profit - costs.deduction * firms.rnd, 0.0)
    tax = turnover + rate * taxable
    eco.ledger.pay("firms", "state", "taxes", tax)
    firms.profit_year[:] += 0.25 * (4.0 * profit - firms.profit_year)
    buffer = costs.buffer * cost
    full = firms.cash > buffer
    payout = np.where(full, costs.payout * np.maximum(profit - rate * taxable, 0.0), 0.0)
    excess = np.maximum(firms.cash - payout - 3.0 * buffer, 0.0) * np.where(
        firms.profit_year > 0.0, 0.25, 0.0
    )
    eco.ledger.pay("firms", "households", "dividends", payout + excess)
    added = firms.revenue - inputs
    eco.record.count(
        tax=float(tax.sum()), profit=float(profit.sum()), value_added=float(added.sum()),
        purchases=float(inputs.sum()), profit_without_anchors=float(profit[~firms.anchor].sum()),
    )  # fmt: skip


def _repay(eco: Ecosystem) -> None:
    """Loans fall due: repaid from cash, renewed for firms that earn, else defaulted in part."""
    loans, firms, world = eco.loans, eco.firms, eco.world.credit
    due = np.flatnonzero(loans.due <= eco.quarter)
    if due.size == 0:
        return
    who = loans.firm[due]
    owed = np.bincount(who, loans.principal[due], len(firms))
    can = np.maximum(firms.cash - 0.4 * firms.cost, 0.0)
    share = np.minimum(can / np.maximum(owed, 1e-12), 1.0)[who]
    earning = (firms.profit_year > 0.0)[who]
    whole = share >= 1.0
    renewed = ~whole & earning
    paid = np.where(renewed, 0.0, loans.principal[due] * share)
    eco.ledger.pay("firms", "banks", "repayment", paid, payer_rows=who, payee_rows=loans.other[due])
    np.subtract.at(firms.debt, who, paid)
    loans.principal[due] -= paid
    loans.due[due[renewed]] = eco.quarter + world.term
    failed = due[~whole & ~earning]
    claims.default(eco, failed, loans.principal[failed].copy())
    loans.discard(loans.principal <= 1e-9)


def _services(eco: Ecosystem) -> None:
    """Agencies are paid, keep a margin, grow where hours run short and shrink where they lie idle."""
    agencies, rules, now = eco.agencies, eco.world.agencies, eco.conditions
    price = rules.hour_price * now.nominal
    paid_by_overhead = (agencies.kind == 0) | (agencies.kind == 2)
    income = np.where(paid_by_overhead, agencies.sold * price, 0.0)
    eco.ledger.pay("outside", "agencies", "services bought through overhead", income)
    eco.ledger.pay(
        "agencies", "households", "agencies' staff", np.maximum(agencies.cash - 0.5, 0.0)
    )
    use = agencies.sold / np.maximum(agencies.hours, 1.0)
    step = np.where(use > 0.85, 1.0 + 0.2 * rules.entry_profit, np.where(use < 0.3, 0.985, 1.0))
    agencies.hours[:] = np.maximum(agencies.hours * step, 50.0)
    agencies.sold[:] = 0.0
    _alliances(eco)


def _alliances(eco: Ecosystem) -> None:
    """Members pay, the secretariat spends on the platform, larger firms join."""
    alliances, firms, members = eco.alliances, eco.firms, eco.memberships
    rules, now = eco.world.alliances, eco.conditions
    fee = np.full(len(members), rules.fee * now.nominal / 4.0)
    eco.ledger.pay("firms", "alliances", "membership fees", fee,
                   payer_rows=members.firm, payee_rows=members.other)  # fmt: skip
    spent = rules.upkeep * np.maximum(alliances.cash, 0.0)
    eco.ledger.pay("alliances", "outside", "shared platforms", spent)
    alliances.platform[:] = 0.95 * alliances.platform + spent
    if len(alliances) == 0:
        return
    joined = np.zeros(len(firms), bool)
    joined[members.firm] = True
    asks = (firms.staff >= rules.join_staff) & ~joined & (firms.cash > firms.cost)
    asks &= eco.dice.roll("joins an alliance", firms.uid) < rules.join_rate
    rows = np.flatnonzero(asks)
    allowed = np.arange(len(eco.sectors))[:, None] == alliances.sector[None, :]
    chosen = eco.dice.choose(
        "alliance", firms.uid[rows], alliances.uid, firms.sector[rows], allowed
    )[:, 0]
    met = chosen >= 0
    members.append(int(met.sum()), firm=rows[met], other=chosen[met])
    alliances.members[:] = np.bincount(members.other, minlength=len(alliances))


def _stages(eco: Ecosystem) -> None:
    """Stage follows revenue, so that habits of R&D and of cash follow it too."""
    firms, nominal = eco.firms, eco.conditions.nominal
    by_size = np.select(
        [firms.revenue_year < 2.0 * nominal, firms.revenue_year < 10.0 * nominal,
         firms.revenue_year < 200.0 * nominal],
        [0, EARLY, GROWTH], MATURE,
    )  # fmt: skip
    old = eco.ages() > 4.0
    firms.stage[:] = np.where(old, np.maximum(by_size, GROWTH), np.maximum(firms.stage, by_size))
    # Habits settle as firms grow out of the start-up years.
    settle = (eco.ages() > 3.0) & ~firms.anchor
    usual = eco.world.research.propensity
    firms.propensity[:] -= np.where(
        settle & (firms.propensity > 1.6 * usual), 0.06 * (firms.propensity - 1.6 * usual), 0.0
    )
