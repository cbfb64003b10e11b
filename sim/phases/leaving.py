"""Leaving: firms fail, close, are sold, list or move away; stakes are realised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.exact import exp
from agents.schema import Flags, Floats, Ints
from sim.markets import equity, exits
from sim.mechanisms import arrivals, capital_market, claims, researchers, returns
from sim.mechanisms.worth import valuation
from sim.terms import Combine, Terms, term
from sim.zones import REGION

if TYPE_CHECKING:
    from sim.model import Ecosystem


class LeavingTerms(Terms):
    """What levers may change about listings, sales and departures."""

    listing_share = term(
        Combine.COMPLEMENT, "district", "share", "share of the cost of listing paid"
    )
    listing_cap = term(
        Combine.MAXIMUM, "district", "m yuan", "most that is paid for one listing (0: no bound)"
    )
    quotation_share = term(
        Combine.COMPLEMENT,
        "district",
        "share",
        "share of the cost of a quotation over the counter paid",
    )
    issue_share = term(
        Combine.COMPLEMENT, "district", "share", "share of the cost of bonds and placements paid"
    )
    merger_share = term(Combine.COMPLEMENT, "district", "share", "share of acquirers' fees paid")
    rent_relief = term(Combine.COMPLEMENT, "firms", "share", "share of rent here that is paid")
    asked_to_leave = term(
        Combine.ANY, "firms", "flag", "firms that fail the review of what they use"
    )


def run(eco: Ecosystem) -> None:
    """End what ends.

    Reads: cash, income, quality, rents. Writes: firms (rows go), firms.cash, fund_share, listed, quoted,
    quarters_below, loans, stakes, memberships, funds (rows go), funds.cash, returned, banks,
    incubators.tenants, universities.research, sectors.outside_share, conditions. Dice: acquirer,
    price, window, thinks of leaving.
    """
    returns.forget(eco)
    quotations = capital_market.think_of_quotation(eco)
    _list(eco, quotations)
    capital_market.quote(eco, quotations)
    capital_market.issue(eco)
    insolvent, closing, staying = _fail(eco)
    sold, price = _find_acquirers(eco, staying)
    staying[sold] = False
    departing = _depart(eco, staying)
    _sell(eco, sold, price)
    _end(eco, insolvent, closing, sold, departing, price)
    _close_funds(eco)


def _list(eco: Ecosystem, quotations: capital_market.Quotations) -> None:
    """A listing raises capital and lets funds sell; it is not an exit."""
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    large = rows_where(firms.revenue_year > world.listing_revenue * now.nominal)
    earning = firms.profit_year[large] > world.listing_profit * now.nominal
    rows = large[earning & ~firms.listed[large]]
    drawn = eco.dice.roll("window", firms.uid[rows])
    raised = world.listing_raise * firms.revenue_year[rows]
    fee = world.listing_cost * raised
    full, most = float(eco.terms.leaving.listing_share), float(eco.terms.leaving.listing_cap)
    support = np.minimum(full, most * now.nominal / fee) if most > 0.0 else full

    def listing(held: float) -> Flags:
        # More of those who could prepare a listing the less it costs them.
        usual = world.listing_rate * eco.world.equity.window
        return drawn < usual / (1.0 - 0.5 * held * support)

    # What firms count on depends on what else is asked of the same line.
    share = capital_market.counted_share(
        eco, "listing_share", lambda full: total_of((fee * support)[listing(1.0)]) / max(full, 1e-12),
        quotations.claim(eco),
    )  # fmt: skip
    held = share / full if full > 0.0 else 0.0
    lists = listing(held)
    rows, raised, fee, due = rows[lists], raised[lists], fee[lists], (held * fee * support)[lists]
    eco.record.count(listings=rows.size)
    if rows.size == 0:
        return
    eco.ledger.pay("outside", "firms", "listing", raised, payee_rows=rows)
    eco.ledger.pay("firms", "outside", "listing cost", fee, payer_rows=rows)
    eco.treasury.share_out(eco.terms.leaving, "listing_share", due, "capital market", rows)
    _realise(eco, rows, 1.3 * valuation(eco, rows))
    firms.listed[rows] = True
    eco.record.event("listed", rows, raised)


def _fail(eco: Ecosystem) -> tuple[Ints, Ints, Flags]:
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    return exits.failing(
        firms.cash, firms.cost, world.arrears, firms.profit_year, firms.quality, firms.prototype,
        firms.revenue_year, firms.revenue_year_before, world.option_value * now.nominal,
        firms.outside_option, world.closing_income * now.nominal, firms.quarters_below,
        firms.patience, firms.leave_until, eco.quarter, firms.anchor, firms.listed,
        firms.fund_share,
    )  # fmt: skip


def _find_acquirers(eco: Ecosystem, staying: Flags) -> tuple[Ints, Floats]:
    """An acquirer looks at few firms and buys those with a good product and patents: rows, and what
    is paid for each (m yuan).
    """
    firms, world, terms = eco.firms, eco.world.leaving, eco.terms.leaving
    # Acquirers look at more firms the less a deal costs them.
    most = world.sale_rate / (1.0 - 0.9 * float(terms.merger_share))
    drawn = eco.dice.roll("acquirer", firms.uid)
    rows = rows_where((drawn < most) & staying)
    fit = (firms.quality[rows] > world.sale_quality) & (firms.patents[rows] > 0.0)
    fit &= ~firms.anchor[rows] & ~firms.listed[rows] & (_ages(eco, rows) > 2.0)
    rows = rows[fit]
    price, share = _price(eco, rows), 0.0
    if "merger_share" in terms.parts:
        fees = world.deal_cost * total_of(price)
        share = eco.treasury.counted_on(terms, "merger_share", fees)
    # Awards to be paid back add to what a deal costs.
    owed = arrivals.owed(eco, rows)
    if share > 0.0 or owed.any():
        dearer = owed / (world.deal_cost * price)
        bought = drawn[rows] < world.sale_rate / (1.0 - 0.9 * (share - dearer))
        rows, price = rows[bought], price[bought]
    return rows, price


def _price(eco: Ecosystem, rows: Ints) -> Floats:
    """Acquirers outside pay by what the product promises (m yuan)."""
    firms, world = eco.firms, eco.world.leaving
    spread = world.sale_premium * eco.dice.normal("price", firms.uid[rows])
    promise = exp(2.0 * (firms.quality[rows] - 1.0) + spread)
    price = world.valuation * firms.revenue_year[rows] * promise
    return price + 0.02 * firms.patents[rows] * eco.conditions.nominal


def _ages(eco: Ecosystem, rows: Ints) -> Floats:
    return np.multiply(eco.quarter - eco.firms.birth_quarter[rows], 0.25)


def _depart(eco: Ecosystem, staying: Flags) -> Ints:
    """A firm leaves when three years' rent saved in the region outweigh moving and its profits."""
    firms, world, zones, terms = eco.firms, eco.world.leaving, eco.zones, eco.terms.leaving
    if eco.quarter < 0:
        # While the district grows into its opening nobody moves away.
        return np.zeros(0, np.int64)
    rows, saved, taken = exits.restless(
        eco.dice.roll("thinks of leaving", firms.uid), world.rethink, firms.bound_until,
        eco.quarter, np.atleast_1d(terms.asked_to_leave), staying, firms.staff,
        firms.staff_region, firms.zone, zones.used - zones.lines, zones.rent,
        eco.world.zones.space_per_head * zones.rent[REGION] * 12.0 / 1e6,
        np.atleast_1d(terms.rent_relief), firms.revenue_year, firms.profit_year,
        world.moving_cost, firms.anchor, firms.incubator, firms.birth_quarter,
    )  # fmt: skip
    # Who was paid to come owes until its promise has run out, and then asks itself again.
    goes = (saved - arrivals.owed(eco, rows) > taken) | terms.at("asked_to_leave", rows)
    again = (firms.bound_until[rows] == eco.quarter) & (eco.quarter > 0)
    if again.any():
        goes[again] |= arrivals.drawn_away(eco, rows[again])
    return rows[goes]


def _end(
    eco: Ecosystem, insolvent: Ints, closing: Ints, sold: Ints, departing: Ints, price: Floats
) -> None:
    """Settle the accounts of the firms that go (rows by cause; the price of those sold, m yuan), and
    take them out.
    """
    firms = eco.firms
    gone = np.zeros(len(firms), bool)
    for name, rows in (
        ("became insolvent", insolvent), ("was closed by its owner", closing),
        ("was sold", sold), ("left the district", departing),
    ):  # fmt: skip
        gone[rows] = True
        eco.record.event(name, rows, firms.cash[rows])
    leavers = rows_where(gone)
    eco.record.count(
        exits=leavers.size, exits_insolvency=insolvent.size, exits_closure=closing.size,
        exits_sale=sold.size, exits_departure=departing.size,
        exits_young=int(np.count_nonzero(eco.quarter - firms.birth_quarter[leavers] < 20)),
    )  # fmt: skip
    arrivals.pay_back(eco, sold, "outside")
    told = np.zeros(departing.size, bool) | eco.terms.leaving.at("asked_to_leave", departing)
    arrivals.pay_back(eco, departing[~told], "firms")
    _settle_debts(eco, gone, leavers, np.concatenate([sold, departing]))
    failed = np.concatenate([insolvent, closing])
    researchers.go_back(eco, failed)
    _realise(
        eco, np.concatenate([failed, sold, departing]),
        np.concatenate([np.zeros(failed.size), price, 0.8 * valuation(eco, departing)]),
    )  # fmt: skip
    _hand_back(eco, leavers)
    eco.memberships.discard(gone[eco.memberships.firm])
    homes = firms.incubator[leavers]
    np.subtract.at(eco.incubators.tenants, homes[homes >= 0], 1.0)
    eco.sectors.outside_share[:] += np.bincount(
        firms.sector[leavers], firms.share[leavers], len(eco.sectors)
    )
    eco.remove_firms(gone)


def _sell(eco: Ecosystem, rows: Ints, price: Floats) -> None:
    """The price goes to the owners, stakes' part of it later; lines pay part of the fees."""
    terms = eco.terms.leaving
    owners = total_of(price * (1.0 - eco.firms.fund_share[rows]))
    eco.ledger.pay("outside", "households", "firms sold", owners)
    fees = eco.world.leaving.deal_cost * price * float(terms.merger_share)
    for lever, part in terms.split("merger_share", total_of(fees)):
        eco.treasury.spend(lever, "outside", "deal fees", part)
    eco.record.count(sales_value=total_of(price))


def _settle_debts(eco: Ecosystem, gone: Flags, leavers: Ints, passed: Ints) -> None:
    """Loans of firms that are sold or move away (rows `passed`) go to a solvent owner, who repays
    them. Of the others creditors come first: loans out of cash, the rest defaulted; arrears are
    borne by suppliers.
    """
    firms, loans = eco.firms, eco.loans
    ended = gone[loans.firm]
    due = rows_where(ended)
    if due.size:
        solvent = np.zeros(len(firms), bool)
        solvent[passed] = True
        owned = solvent[loans.firm[due]]
        taken, due = due[owned], due[~owned]
        eco.ledger.pay("outside", "banks", "debt taken over", loans.principal[taken],
                       payee_rows=loans.other[taken])  # fmt: skip
        np.subtract.at(firms.debt, loans.firm[taken], loans.principal[taken])
        who = loans.firm[due]
        owed = np.bincount(who, loans.principal[due], len(firms))
        able = np.maximum(firms.cash[who], 0.0) / np.maximum(owed[who], 1e-12)
        paid = loans.principal[due] * np.minimum(able, 1.0)
        eco.ledger.pay("firms", "banks", "repayment", paid, payer_rows=who,
                       payee_rows=loans.other[due])  # fmt: skip
        np.subtract.at(firms.debt, who, paid)
        loans.principal[due] -= paid
        failed = due[loans.principal[due] > 1e-9]
        claims.default(eco, failed, loans.principal[failed].copy())
        loans.discard(ended)
    arrears = np.maximum(-firms.cash[leavers], 0.0)
    eco.ledger.pay("outside", "firms", "arrears written off", arrears, payee_rows=leavers)


def _realise(eco: Ecosystem, ended: Ints, worth: Floats) -> None:
    """Funds' stakes in ended firms (rows, with what each fetches in m yuan) turn into money or into
    nothing; partners and purse get theirs.
    """
    if ended.size == 0:
        return
    stakes, firms = eco.stakes, eco.firms
    over, rows, price, remainder = exits.cashed_in(
        ended, worth, stakes.firm, stakes.share, firms.cash, firms.listed
    )
    if rows.size == 0:
        return
    firm, fund, cost = stakes.firm[rows], stakes.other[rows], stakes.cost[rows]
    eco.ledger.pay("outside", "funds", "stakes sold", price, payee_rows=fund)
    if remainder.any():
        eco.ledger.pay("firms", "funds", "shareholders' remainder", remainder, payer_rows=firm,
                       payee_rows=fund)  # fmt: skip
    proceeds = price + remainder
    _distribute(eco, fund, proceeds, cost)
    firms.fund_share[firm] = 0.0
    returns.learn(eco, rows, proceeds)
    stakes.discard(over)


def _distribute(eco: Ecosystem, fund: Ints, proceeds: Floats, cost: Floats) -> None:
    """Partners and the purse share by commitment; the concession leaves part of public gains."""
    funds, guidance = eco.funds, eco.funds.guidance[fund]
    public, carry = equity.distribute(
        proceeds, cost, funds.public_share[fund], funds.concession[fund], guided=guidance > 0,
        carry=eco.world.equity.carry,
    )  # fmt: skip
    eco.ledger.pay("funds", "households", "carried interest", carry, payer_rows=fund)
    eco.ledger.pay("funds", "outside", "distributions", proceeds - public - carry, payer_rows=fund)
    newer = np.where(guidance >= 2, public, 0.0)
    eco.treasury.restore_each(funds.line[fund], "funds", "fund distributions", newer, fund)
    # The first guidance fund of 2010 revolves outside this purse.
    eco.ledger.pay("funds", "state", "distributions of 2010", public - newer, payer_rows=fund)
    np.add.at(funds.returned, fund, proceeds)


def _hand_back(eco: Ecosystem, leavers: Ints) -> None:
    """What is left after creditors goes to the owners."""
    left = eco.firms.cash[leavers]
    eco.ledger.pay("firms", "households", "owners' remainder", left, payer_rows=leavers)


def _close_funds(eco: Ecosystem) -> None:
    """At the end of its life a fund sells what it holds at a discount and pays everybody out."""
    funds, stakes = eco.funds, eco.stakes
    over = eco.quarter - funds.vintage >= eco.world.equity.life * 4.0
    if not over.any():
        return
    rows = rows_where(over[stakes.other])
    if rows.size:
        held = valuation(eco, stakes.firm[rows]) * stakes.share[rows] * 0.6
        fund = stakes.other[rows]
        eco.ledger.pay("outside", "funds", "stakes sold on", held, payee_rows=fund)
        _distribute(eco, fund, held, stakes.cost[rows])
        np.subtract.at(eco.firms.fund_share, stakes.firm[rows], stakes.share[rows])
        returns.learn(eco, rows, held)
        stakes.discard(over[stakes.other])
    ended = rows_where(over)
    cash = np.maximum(funds.cash[ended], 0.0)
    _distribute(eco, ended, cash, cash)
    moved = funds.discard(over & (np.abs(funds.cash) < 1e-6))
    stakes.other[:] = moved[stakes.other]
