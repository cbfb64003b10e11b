"""Leaving: firms fail, close, are sold, list or move away; stakes are realised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import exp, log, normal
from agents.schema import Flags, Floats, Ints
from sim import claims
from sim.terms import Combine, Terms, term
from sim.worth import valuation

if TYPE_CHECKING:
    from sim.model import Ecosystem


class LeavingTerms(Terms):
    """What levers may change about listings, sales and departures."""

    listing_share = term(
        Combine.COMPLEMENT, "district", "share", "share of the cost of listing paid"
    )


def run(eco: Ecosystem) -> None:
    """End what ends.

    Reads: cash, income, quality, rents. Writes: firms (rows go), loans, stakes, memberships,
    founders (owners who closed do not return), funds' cash, conditions.equity_return. Dice:
    acquirer, window.
    """
    _list(eco)
    insolvent = eco.firms.cash < -eco.world.leaving.arrears * eco.firms.cost
    closing = _owners_give_up(eco) & ~insolvent
    sold = _find_acquirers(eco) & ~insolvent & ~closing
    departing = _depart(eco) & ~insolvent & ~closing & ~sold
    _end(eco, insolvent, closing, sold, departing)
    _close_funds(eco)


def _list(eco: Ecosystem) -> None:
    """A listing raises capital and lets funds sell; it is not an exit."""
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    fit = (firms.revenue_year > world.listing_revenue * now.nominal) & ~firms.listed
    fit &= firms.profit_year > world.listing_profit * now.nominal
    rows = np.flatnonzero(fit)
    chance = world.listing_rate * eco.world.equity.window
    rows = rows[eco.dice.roll("window", firms.uid[rows]) < chance]
    raised = world.listing_raise * firms.revenue_year[rows]
    fee = world.listing_cost * raised * (1.0 - float(eco.terms.leaving.listing_share))
    eco.ledger.pay("outside", "firms", "listing", raised, payee_rows=rows)
    eco.ledger.pay("firms", "outside", "listing cost", fee, payer_rows=rows)
    listed = np.zeros(len(firms), bool)
    listed[rows] = True
    _realise(eco, listed, 1.3 * valuation(eco, np.arange(len(firms))))
    firms.listed[rows] = True
    eco.record.count(listings=rows.size)
    eco.record.event("listed", rows, raised)


def owner_income(eco: Ecosystem) -> Floats:
    """What staying in is worth to the owner (m yuan/year): profit and the promise of the product."""
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    # An equal founding team draws its pay in wages already; what counts beyond is profit.
    promise = world.option_value * now.nominal * (firms.quality + firms.prototype) ** 3
    promise *= np.clip(firms.revenue_year / (firms.revenue_year_before + 1e-9), 0.5, 2.0)
    held = 0.08 * np.maximum(firms.cash - firms.cost, 0.0)
    return firms.profit_year + promise + held


def _owners_give_up(eco: Ecosystem) -> Flags:
    firms, world, now = eco.firms, eco.world.leaving, eco.conditions
    wanted = world.closing_income * firms.outside_option * now.nominal
    poor = owner_income(eco) < wanted
    firms.quarters_below[:] = np.where(poor, firms.quarters_below + 1, 0)
    # Firms with outside shareholders, anchors and the listed are not closed by an owner's whim.
    return (firms.quarters_below > firms.patience) & ~firms.anchor & ~firms.listed


def _find_acquirers(eco: Ecosystem) -> Flags:
    firms, world = eco.firms, eco.world.leaving
    fit = (firms.quality > world.sale_quality) & (firms.patents > 0.0) & ~firms.anchor
    fit &= ~firms.listed & (eco.ages() > 2.0)
    return fit & (eco.dice.roll("acquirer", firms.uid) < world.sale_rate)


def _depart(eco: Ecosystem) -> Flags:
    """A firm leaves when rent and wages here, beyond the region's, outweigh the cost of moving."""
    firms, world, zones = eco.firms, eco.world.leaving, eco.zones
    per_head = zones.used / np.maximum(eco.by_zone(firms.staff), 1.0)
    here = firms.staff * (per_head * zones.rent * 12.0 / 1e6)[firms.zone]
    there = firms.staff * (eco.world.zones.space_per_head * zones.rent[4] * 12.0 / 1e6)
    saved = here - there
    worth = saved * 3.0 > world.moving_cost * firms.revenue_year + 6.0 * np.maximum(
        firms.profit_year, 0.0
    )
    rooted = firms.anchor | (firms.incubator >= 0) | (eco.ages() < 3.0)
    thinks = eco.dice.roll("thinks of leaving", firms.uid) < world.rethink
    return worth & ~rooted & thinks


def _end(eco: Ecosystem, insolvent: Flags, closing: Flags, sold: Flags, departing: Flags) -> None:
    firms = eco.firms
    gone = insolvent | closing | sold | departing
    age = eco.quarter - firms.birth_quarter
    eco.record.count(
        exits=float(gone.sum()), exits_insolvency=float(insolvent.sum()),
        exits_closure=float(closing.sum()), exits_sale=float(sold.sum()),
        exits_departure=float(departing.sum()), exits_young=float((gone & (age < 20)).sum()),
    )  # fmt: skip
    for name, flags in (
        ("became insolvent", insolvent), ("was closed by its owner", closing),
        ("was sold", sold), ("left the district", departing),
    ):  # fmt: skip
        rows = np.flatnonzero(flags)
        eco.record.event(name, rows, firms.cash[rows])
    value = _sell(eco, sold)
    _settle_debts(eco, gone)
    _realise(eco, gone & ~departing, value)
    _realise(eco, departing, 0.8 * valuation(eco, np.arange(len(firms))))
    _hand_back(eco, gone)
    eco.memberships.discard(gone[eco.memberships.firm])
    homes = firms.incubator[gone]
    np.subtract.at(eco.incubators.tenants, homes[homes >= 0], 1.0)
    eco.sectors.outside_share[:] += np.bincount(
        firms.sector[gone], firms.share[gone], len(eco.sectors)
    )
    eco.remove_firms(gone)


def _sell(eco: Ecosystem, sold: Flags) -> Floats:
    """Acquirers outside pay by what the product promises; the price is split with stakes later."""
    firms, world = eco.firms, eco.world.leaving
    rows = np.flatnonzero(sold)
    spread = world.sale_premium * normal(eco.dice.roll("price", firms.uid[rows]))
    promise = exp(2.0 * (firms.quality[rows] - 1.0) + spread)
    price = world.valuation * firms.revenue_year[rows] * promise
    price += 0.02 * firms.patents[rows] * eco.conditions.nominal
    value = np.zeros(len(firms))
    value[rows] = price
    owners = float((price * (1.0 - firms.fund_share[rows])).sum())
    eco.ledger.pay("outside", "households", "firms sold", owners)
    eco.record.count(sales_value=float(price.sum()))
    return value


def _settle_debts(eco: Ecosystem, gone: Flags) -> None:
    """Creditors first: loans out of cash, the rest defaulted; arrears are borne by suppliers."""
    firms, loans = eco.firms, eco.loans
    # A firm that moves away or is sold takes its debt along to a solvent owner.
    due = np.flatnonzero(gone[loans.firm])
    if due.size:
        who = loans.firm[due]
        owed = np.bincount(who, loans.principal[due], len(firms))
        share = np.minimum(np.maximum(firms.cash, 0.0) / np.maximum(owed, 1e-12), 1.0)[who]
        paid = loans.principal[due] * share
        eco.ledger.pay("firms", "banks", "repayment", paid, payer_rows=who,
                       payee_rows=loans.other[due])  # fmt: skip
        np.subtract.at(firms.debt, who, paid)
        loans.principal[due] -= paid
        failed = due[loans.principal[due] > 1e-9]
        claims.default(eco, failed, loans.principal[failed].copy())
        loans.discard(gone[loans.firm])
    rows = np.flatnonzero(gone)
    arrears = np.maximum(-firms.cash[rows], 0.0)
    eco.ledger.pay("outside", "firms", "arrears written off", arrears, payee_rows=rows)


def _realise(eco: Ecosystem, ended: Flags, value: Floats) -> None:
    """Funds' stakes in ended firms turn into money or into nothing; partners and purse get theirs."""
    stakes, firms, now = eco.stakes, eco.firms, eco.conditions
    rows = np.flatnonzero(ended[stakes.firm])
    if rows.size == 0:
        return
    firm, fund, cost = stakes.firm[rows], stakes.other[rows], stakes.cost[rows]
    price = stakes.share[rows] * value[firm]
    eco.ledger.pay("outside", "funds", "stakes sold", price, payee_rows=fund)
    # Shareholders of a firm that ends without a buyer share what cash its creditors left.
    bare = (value[firm] <= 0.0) & ~firms.listed[firm]
    remainder = np.where(bare, stakes.share[rows] * np.maximum(firms.cash[firm], 0.0), 0.0)
    eco.ledger.pay("firms", "funds", "shareholders' remainder", remainder, payer_rows=firm,
                   payee_rows=fund)  # fmt: skip
    proceeds = price + remainder
    _distribute(eco, fund, proceeds, cost)
    firms.fund_share[firm] = 0.0
    years = np.maximum((eco.quarter - stakes.quarter[rows]) * 0.25, 0.5)
    total, paid = float(proceeds.sum()), float(cost.sum())
    life = float((years * cost).sum()) / max(paid, 1e-9)
    yearly = float(exp(log((total + 0.05 * paid) / max(paid, 1e-9)) / max(life, 1.0))) - 1.0
    weight = 0.01 * min(paid / (50.0 * eco.world.scale * now.nominal), 2.0)
    now.equity_return += weight * (min(max(yearly, -0.5), 1.0) - now.equity_return)
    multiple = proceeds / np.maximum(cost, 1e-9)
    eco.record.count(
        stakes_ended=rows.size, stakes_lost=float((multiple < 1.0).sum()),
        stakes_tenfold=float((multiple >= 10.0).sum()), stakes_proceeds=total,
    )  # fmt: skip
    stakes.discard(ended[stakes.firm])


def _distribute(eco: Ecosystem, fund: Ints, proceeds: Floats, cost: Floats) -> None:
    """Partners and the purse share by commitment; the concession leaves part of public gains."""
    funds = eco.funds
    public = funds.public_share[fund] * proceeds
    gain = np.maximum(proceeds - cost, 0.0)
    given_up = funds.concession[fund] * funds.public_share[fund] * gain
    public = np.where(funds.guidance[fund] > 0, public - given_up, 0.0)
    carry = eco.world.equity.carry * gain
    carry = np.minimum(carry, proceeds - public)
    eco.ledger.pay("funds", "households", "carried interest", carry, payer_rows=fund)
    eco.ledger.pay("funds", "outside", "distributions", proceeds - public - carry, payer_rows=fund)
    newer = np.where(funds.guidance[fund] == 2, public, 0.0)
    eco.treasury.restore("guidance_fund", "funds", "fund distributions", newer, payer_rows=fund)
    # The first guidance fund of 2010 revolves outside this purse.
    eco.ledger.pay("funds", "state", "distributions of 2010", public - newer, payer_rows=fund)
    np.add.at(funds.returned, fund, proceeds)


def _hand_back(eco: Ecosystem, gone: Flags) -> None:
    """What is left after creditors goes to the owners."""
    rows = np.flatnonzero(gone)
    left = eco.firms.cash[rows].copy()
    eco.ledger.pay("firms", "households", "owners' remainder", left, payer_rows=rows)


def _close_funds(eco: Ecosystem) -> None:
    """At the end of its life a fund sells what it holds at a discount and pays everybody out."""
    funds, stakes = eco.funds, eco.stakes
    over = eco.quarter - funds.vintage >= eco.world.equity.life * 4.0
    rows = np.flatnonzero(over[stakes.other])
    if rows.size:
        held = valuation(eco, stakes.firm[rows]) * stakes.share[rows] * 0.6
        fund = stakes.other[rows]
        eco.ledger.pay("outside", "funds", "stakes sold on", held, payee_rows=fund)
        _distribute(eco, fund, held, stakes.cost[rows])
        np.subtract.at(eco.firms.fund_share, stakes.firm[rows], stakes.share[rows])
        multiple = held / np.maximum(stakes.cost[rows], 1e-9)
        eco.record.count(
            stakes_ended=rows.size, stakes_lost=float((multiple < 1.0).sum()),
            stakes_tenfold=float((multiple >= 10.0).sum()), stakes_proceeds=float(held.sum()),
        )  # fmt: skip
        stakes.discard(over[stakes.other])
    ended = np.flatnonzero(over)
    cash = np.maximum(funds.cash[ended], 0.0)
    _distribute(eco, ended, cash, cash)
    moved = funds.discard(over & (np.abs(funds.cash) < 1e-6))
    stakes.other[:] = moved[stakes.other]
