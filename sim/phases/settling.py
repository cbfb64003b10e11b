"""Settling: wages, rent, taxes and interest are paid, loans fall due, losses are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.codes import GROWTH, KINDS, SEED
from agents.columns import by_row, rows_where, total_of
from agents.exact import power
from agents.schema import Floats, Ints
from sim.markets import accounts, credit, services
from sim.mechanisms import agency_entry, claims, programmes, royalties, top_people
from sim.terms import Combine, Terms, term
from sim.zones import REGION

if TYPE_CHECKING:
    from sim.model import Ecosystem

# Yearly revenue (m yuan, 2014) from which a firm counts as early, growth and mature.
STAGE_REVENUE = (2.0, 10.0, 200.0)
# Kinds of agencies whose hours firms buy out of their overhead.
OVERHEAD_KINDS = (KINDS.index("broker"), KINDS.index("talent"))


class SettlingTerms(Terms):
    """What levers may change about costs and claims."""

    tenant_rent = term(
        Combine.COMPLEMENT, "firms", "share", "share of carriers' tenants' rent paid"
    )
    pools = term(Combine.COLLECT, "district", "lines", "compensation pools standing behind loans")
    landing_rent = term(Combine.COMPLEMENT, "firms", "share", "share of rent in the district paid")
    overhead = term(
        Combine.COMPLEMENT,
        "firms",
        "share",
        "share of fixed overhead (books, offices, licences) paid",
    )
    compliance = term(
        Combine.COMPLEMENT,
        "firms",
        "share",
        "share of overhead that grows with sales done for the firm",
    )
    deduction = term(
        Combine.ADD, "district", "share of R&D", "share of R&D deducted beyond the law in force"
    )
    membership = term(Combine.COMPLEMENT, "district", "share", "share of alliances' fees paid")
    pooled = term(Combine.COMPLEMENT, "sectors", "share", "share of the cost of patent pools paid")


def run(eco: Ecosystem) -> None:
    """Pay what is owed.

    Reads: staff, wages, rents, revenue, loans. Writes: cash, firms.cost, profit_year, debt, stage,
    propensity, credit_record, loans, memberships (new rows), banks.caution, losses,
    agencies.hours, sold, prepaid, use, alliances.members, platform, conditions. Dice: joins an alliance,
    alliance.
    """
    programmes.pay_dues(eco)
    eco.conditions.pool_calls *= 0.85
    inputs, overhead = _purchases(eco)
    top_pay = top_people.pay(eco)
    wages = _wage_bill(eco, top_pay)
    rent = _pay_rent(eco)
    interest = _pay_interest(eco)
    _support_overhead(eco, overhead)
    eco.ledger.pay("firms", "outside", "purchases", inputs)
    eco.ledger.pay("firms", "households", "wages", wages)
    eco.ledger.pay("firms", "outside", "overhead", overhead)
    _tax_and_dividends(eco, inputs, wages, rent, interest, overhead, top_pay)
    _repay(eco)
    claims.learn(eco)
    _services(eco)
    _stages(eco)


def _purchases(eco: Ecosystem) -> tuple[Floats, Floats]:
    """Purchases from outside the district, of which larger firms make more, and overhead: books,
    offices, selling (m yuan a quarter).
    """
    firms, costs, nominal = eco.firms, eco.world.costs, eco.conditions.nominal
    return accounts.purchases(
        firms.revenue, firms.revenue_year, firms.sector,
        tilt=np.array(eco.world.sectors.input_tilt), share=costs.input_share,
        slope=costs.input_slope, nominal=nominal, fixed=costs.overhead_fixed * nominal / 4.0,
        overhead_share=costs.overhead_share,
    )  # fmt: skip


def _wage_bill(eco: Ecosystem, top_pay: Floats) -> Floats:
    """Wages of all staff, and what top people are paid (m yuan a quarter)."""
    firms, now, world = eco.firms, eco.conditions, eco.world
    return accounts.wages(
        firms.staff, firms.st_staff, wage_other=now.wage_other, wage_st=now.wage_st,
        size_premium=world.labour.wage_size, stage=firms.stage, starting=SEED,
        founder_pay=world.founders.founder_pay, top_pay=top_pay,
    )  # fmt: skip


def _pay_rent(eco: Ecosystem) -> Floats:
    """Tenants of carriers pay the operator, everybody else the landlords."""
    firms, zones, incubators = eco.firms, eco.zones, eco.incubators
    hosts, now = eco.world.incubators, eco.conditions
    rent, market, rows = accounts.rents(
        firms.staff, firms.staff_region, firms.zone, zones.used - zones.lines, zones.rent,
        region=eco.world.zones.space_per_head * zones.rent[REGION] * 3.0 / 1e6,
        line_space=firms.line_space, incubator=firms.incubator, share=hosts.rent_share,
        fee=hosts.service_fee * now.nominal / 4.0,
    )  # fmt: skip
    eco.ledger.pay("firms", "landlords", "rent", market)
    terms = eco.terms.settling
    _support(eco, terms, "landing_rent", market, "rent support")
    paid = rent[rows]
    eco.ledger.pay("firms", "incubators", "carriers' rent and fees", paid,
                   payer_rows=rows, payee_rows=firms.incubator[rows])  # fmt: skip
    _support(eco, terms, "tenant_rent", paid, "rent support", rows)
    building, mentors, other, profit, capital = services.operators(
        incubators.places, incubators.mentors, incubators.tenants, incubators.zone,
        incubators.cash, zones.rent, place_space=hosts.place_space, rent_share=hosts.head_rent,
        mentor_cost=hosts.mentor_cost, equity_income=hosts.equity_income, nominal=now.nominal,
    )  # fmt: skip
    eco.ledger.pay("incubators", "landlords", "head rent", building)
    eco.ledger.pay("incubators", "households", "mentors", mentors)
    eco.ledger.pay("outside", "incubators", "other income", other)
    eco.ledger.pay("incubators", "outside", "operators' profit", profit)
    eco.ledger.pay("outside", "incubators", "operators' capital", capital)
    return rent


def _support(
    eco: Ecosystem, terms: Terms, name: str, bill: Floats, reason: str, rows: Ints | None = None
) -> None:
    """Lines pay firms the share of a bill (m yuan; by firm, of each of `rows`, or one for all) that a
    term names; it comes as cash, and leaves costs as they are.
    """
    if name not in terms.parts:
        return
    if rows is None:
        share = by_row(getattr(terms, name), len(eco.firms))
    else:
        share = by_row(terms.at(name, rows), rows.size)
    served, due = accounts.supported(bill, share)
    paid = eco.treasury.share_out(
        terms, name, due, reason, served if rows is None else rows[served]
    )
    asked = total_of(due)
    terms.kept[name] = min(paid / asked, 1.0) if asked > 0.0 else 1.0


def _pay_interest(eco: Ecosystem) -> Floats:
    loans, firms = eco.loans, eco.firms
    due = loans.principal * loans.rate / 4.0
    eco.ledger.pay("firms", "banks", "interest", due, payer_rows=loans.firm, payee_rows=loans.other)
    if "interest_share" in eco.terms.lending.parts and len(loans):
        # Lines pay a share of benchmark interest to borrowers who know of it.
        benchmark = claims.benchmark_interest(eco)
        _support(eco, eco.terms.lending, "interest_share", benchmark, "interest support")
    return np.bincount(loans.firm, due, len(firms))


def _support_overhead(eco: Ecosystem, overhead: Floats) -> None:
    """Lines pay a share of its fixed part; what is done for a firm beside it does not pay, and the
    line pays less for it than the firm would (one desk serves many).
    """
    costs, terms, firms = eco.world.costs, eco.terms.settling, eco.firms
    if "overhead" in terms.parts:
        fixed = np.array([costs.overhead_fixed * eco.conditions.nominal / 4.0])
        _support(eco, terms, "overhead", fixed, "services for start-ups")
    if "compliance" in terms.parts:
        served = rows_where(by_row(terms.compliance, len(firms)) > 0.0)
        share = terms.at("compliance", served)
        overhead[served] -= costs.compliance * firms.revenue[served] * share


def _tax_and_dividends(
    eco: Ecosystem, inputs: Floats, wages: Floats, rent: Floats, interest: Floats, overhead: Floats,
    top_pay: Floats,
) -> None:  # fmt: skip
    firms, costs, now = eco.firms, eco.world.costs, eco.conditions
    profit, due, levied = accounts.profits(
        firms.revenue, inputs, wages, rent, interest, overhead, royalties.settle(eco), firms.rnd,
        firms.st_staff, wage=now.wage_st / 4.0, top_pay=top_pay, revenue_year=firms.revenue_year,
        small=costs.small_tax_limit * now.nominal, certified=firms.certified,
        turnover_tax=costs.small_tax, value_added_tax=costs.value_added_tax,
        profit_tax=costs.profit_tax, certified_tax=costs.profit_tax_certified,
        deduction=costs.deduction, cost=firms.cost,
    )  # fmt: skip
    tax = eco.ledger.pay("firms", "state", "taxes", due) - _refund_tax(eco, levied)
    taken = accounts.dividends(
        firms.cash, firms.cost, profit, levied, profit_year=firms.profit_year,
        buffer=costs.buffer, share=costs.payout,
    )  # fmt: skip
    eco.ledger.pay("firms", "households", "dividends", taken)
    total, purchases = total_of(profit), total_of(inputs)
    anchors = rows_where(firms.anchor)
    eco.record.count(
        tax=tax, profit=total, value_added=total_of(firms.revenue) - purchases,
        purchases=purchases, profit_without_anchors=total - total_of(profit[anchors]),
    )  # fmt: skip


def _refund_tax(eco: Ecosystem, levied: Floats) -> float:
    """The district pays back what a further deduction of R&D would have saved profitable firms."""
    firms, costs, terms = eco.firms, eco.world.costs, eco.terms.settling
    if "deduction" not in terms.parts:
        return 0.0
    rate = np.where(firms.certified, costs.profit_tax_certified, costs.profit_tax)
    saved = np.minimum(rate * float(terms.deduction) * firms.rnd, levied)
    return eco.treasury.share_out(terms, "deduction", saved, "tax paid back")


def _repay(eco: Ecosystem) -> None:
    """Loans fall due: repaid from cash, renewed for firms that earn, else defaulted in part."""
    loans, firms = eco.loans, eco.firms
    due = rows_where(loans.due <= eco.quarter)
    if due.size == 0:
        return
    who, bank = loans.firm[due], loans.other[due]
    paid, fails = credit.fall_due(
        due, loans.firm, loans.principal, loans.due, firms.debt, firms.cash, firms.cost,
        firms.profit_year, renewed=eco.quarter + eco.world.credit.term, reserve=0.4,
    )  # fmt: skip
    eco.ledger.pay("firms", "banks", "repayment", paid, payer_rows=who, payee_rows=bank)
    failed = due[fails]
    claims.default(eco, failed, loans.principal[failed])
    loans.discard(loans.principal <= 1e-9)


def _services(eco: Ecosystem) -> None:
    """Agencies are paid, keep a margin, grow where hours run short and shrink where they lie idle."""
    agencies, rules, now = eco.agencies, eco.world.agencies, eco.conditions
    income, staff = services.agencies(
        agencies.kind, OVERHEAD_KINDS, agencies.sold, agencies.prepaid,
        rules.hour_price * now.nominal, agencies.cash, upkeep=agency_entry.running_cost(eco),
        hours=agencies.hours, use=agencies.use, shrink=1.0 - rules.shrink,
        grow=1.0 + 0.2 * rules.entry_profit,
    )  # fmt: skip
    eco.ledger.pay("outside", "agencies", "services bought through overhead", income)
    eco.ledger.pay("agencies", "households", "agencies' staff", staff)
    _alliances(eco)


def _alliances(eco: Ecosystem) -> None:
    """Members pay, the secretariat spends on the platform, larger firms join."""
    alliances, firms, members = eco.alliances, eco.firms, eco.memberships
    rules, now = eco.world.alliances, eco.conditions
    terms = eco.terms.settling
    fee = np.full(len(members), rules.fee * now.nominal / 4.0)
    share = float(eco.treasury.counted_on(terms, "membership", total_of(fee)))
    eco.ledger.pay("firms", "alliances", "membership fees", fee,
                   payer_rows=members.firm, payee_rows=members.other)  # fmt: skip
    due = fee * terms.membership
    eco.treasury.share_out(terms, "membership", due, "membership fees", members.firm)
    spent = rules.upkeep * np.maximum(alliances.cash, 0.0)
    eco.ledger.pay("alliances", "outside", "shared platforms", spent)
    alliances.platform[:] = 0.95 * alliances.platform + spent
    if len(alliances) == 0:
        return
    keen = rules.join_rate * float(power(1.0 - share, -eco.world.agencies.price_response))
    rows = rows_where(eco.dice.roll("joins an alliance", firms.uid) < keen)
    rows = rows[firms.staff[rows] >= rules.join_staff]
    joined = np.zeros(len(firms), bool)
    joined[members.firm] = True
    rows = rows[~joined[rows] & (firms.cash[rows] > firms.cost[rows])]
    allowed = np.arange(len(eco.sectors))[:, None] == alliances.sector[None, :]
    chosen = eco.dice.choose(
        "alliance", firms.uid[rows], alliances.uid, firms.sector[rows], allowed
    )[:, 0]
    met = chosen >= 0
    members.append(int(met.sum()), firm=rows[met], other=chosen[met])
    alliances.members[:] = np.bincount(members.other, minlength=len(alliances))


def _stages(eco: Ecosystem) -> None:
    """Stage follows revenue, so that habits of R&D and of cash follow it too."""
    nominal, firms = eco.conditions.nominal, eco.firms
    first, second, third = STAGE_REVENUE
    # Habits settle as firms grow out of the start-up years.
    accounts.grow_up(
        firms.stage, firms.revenue_year,
        edges=(first * nominal, second * nominal, third * nominal), birth=firms.birth_quarter,
        now=eco.quarter, least_of_old=GROWTH, propensity=firms.propensity,
        usual=1.6 * eco.world.research.propensity, anchor=firms.anchor,
    )  # fmt: skip
