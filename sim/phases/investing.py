"""Investing: managers raise funds; funds meet firms, screen, price and invest in rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.codes import EARLY, GROWTH, MATURE
from agents.columns import rows_where, total_of
from agents.exact import exp, normals
from agents.schema import Floats, Ints
from sim import identity
from sim.markets import equity
from sim.markets.ranking import by_score
from sim.mechanisms import public_equity, signals
from sim.mechanisms.worth import asking_prices, prospects
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Offer:
    """Public money on offer to managers who raise a sub-fund."""

    lever: str
    amount: float
    share: float
    quota: float
    concession: float
    delay: float
    focus: int = -1


class InvestingTerms(Terms):
    """What levers may change about equity."""

    offers = term(Combine.COLLECT, "district", "m yuan", "public capital offered to sub-funds")
    co_investments = term(Combine.COLLECT, "district", "schemes", "public co-investment in tickets")
    ticket_support = term(Combine.COLLECT, "district", "schemes", "repayment of a part of tickets")
    welcomes = term(Combine.COLLECT, "district", "m yuan", "awards to managers who open here")
    signal_noise = term(Combine.MULTIPLY, "firms", "factor", "noise of funds' screening")


def run(eco: Ecosystem) -> None:
    """Raise, meet, invest.

    Reads: firms' need and quality, partners' expectations. Writes: funds, stakes, firms' cash,
    fund_share, rounds, stage, conditions.funded_young. Dice: by manager, by firm and fund.
    """
    _raise_funds(eco)
    public_equity.welcome_managers(eco)
    _invest(eco)
    _charge_fees(eco)


def _raise_funds(eco: Ecosystem) -> None:
    """Managers of fixed identity try; private partners commit by what they expect to earn."""
    world, dice, now = eco.world.equity, eco.dice, eco.conditions
    count = identity.rounded(
        world.raising * eco.world.scale / 4.0,
        dice.once("managers"),
    )
    uid = identity.number(identity.MANAGER, count, eco.quarter)
    skill = dice.normal("manager skill", uid)
    target = (
        world.committed * now.nominal * exp(world.committed_spread * dice.normal("target", uid))
    )
    expected = now.equity_return + world.skill_spread * skill
    bid = _bids(eco, uid, target, expected)
    closes = bid.private + bid.public >= 0.25 * target
    _close(eco, uid, closes, bid, skill)
    guided = bid.offer >= 0
    raised = (bid.private + bid.public) * closes
    eco.record.count(
        funds_raised=total_of(raised[guided]), funds_target=total_of(target[guided]),
        private_commitments=total_of(bid.private[closes]),
    )  # fmt: skip


def _crowding(eco: Ecosystem) -> float:
    """Partners look at money already waiting: three times the usual halves their interest."""
    usual = eco.world.equity.committed * eco.world.equity.funds * eco.world.scale * 0.5
    dry = total_of(np.maximum(eco.funds.cash, 0.0)) / eco.conditions.nominal
    return 1.0 / (0.5 + 0.5 * dry / usual)


@dataclass
class Bid:
    """What each manager raises: private and public money (m yuan), and whose offer (-1 = none)."""

    private: Floats
    public: Floats
    offer: Ints


def _bids(eco: Ecosystem, uid: Ints, target: Floats, expected: Floats) -> Bid:
    """Managers take public money where it gets them closer to their target size."""
    world, offers = eco.world.equity, eco.terms.investing.offers
    partners = (world.hurdle, world.partner_response, world.climate * _crowding(eco))
    luck = np.empty((0, uid.size))
    if offers:
        luck = eco.dice.several("application for public money", uid, len(offers))
    # Bound to local firms in named sectors a fund forgoes better deals and waits for approval;
    # the concession hands its private partners part of the public gains.
    terms = [
        (offer.amount, offer.share, world.quota_drag * offer.quota + offer.delay, offer.concession,
         offer.focus)
        for offer in offers
    ]  # fmt: skip
    return Bid(*equity.bids(
        target, expected, partners, uid % 3, luck, np.array(terms, float).reshape(-1, 5)
    ))  # fmt: skip


def _close(eco: Ecosystem, uid: Ints, closes: np.ndarray, bid: Bid, skill: Floats) -> None:
    rows = rows_where(closes)
    private, public, chosen = bid.private[rows], bid.public[rows], bid.offer[rows]
    new = eco.funds.append(
        rows.size, uid=uid[rows], vintage=eco.quarter, skill=skill[rows], focus=uid[rows] % 3,
        committed=private, guidance=np.where(chosen >= 0, 2, 0),
    )  # fmt: skip
    eco.ledger.pay("outside", "funds", "private commitments", private, payee_rows=new)
    for position, offer in enumerate(eco.terms.investing.offers):
        mine = rows_where(chosen == position)
        if mine.size == 0:
            continue
        joined, funds = new[mine], eco.funds
        paid = eco.treasury.spend(
            offer.lever, "funds", "public commitments", public[mine], payee_rows=joined
        )
        funds.committed[joined] += paid
        funds.public_share[joined] = paid / (private[mine] + paid)
        funds.local_quota[joined] = offer.quota
        funds.concession[joined] = offer.concession
        funds.line[joined] = eco.treasury.position(offer.lever)
        eco.record.count(public_commitments=total_of(paid))


def seekers(eco: Ecosystem) -> Ints:
    """Firms that would share ownership: ambitious, young, unlisted, short of money for growth."""
    firms, world = eco.firms, eco.world.equity
    return equity.seeks(
        firms.cash, firms.cost, firms.rounds, ambition=firms.ambition, listed=firms.listed,
        anchor=firms.anchor, birth=firms.birth_quarter, now=eco.quarter, oldest=world.oldest,
        held=firms.fund_share, keen=world.seekers, runway=world.runway,
    )  # fmt: skip


def _invest(eco: Ecosystem) -> None:
    firms, world = eco.firms, eco.world.equity
    rows = seekers(eco)
    if rows.size == 0 or len(eco.funds) == 0:
        return
    round_ = np.minimum(firms.rounds[rows], 2)
    tickets = np.array(world.tickets) * eco.conditions.nominal
    ticket = tickets[round_]
    # Better prospects get more; nobody raises more than two years' cost and a quarter's ticket.
    ticket = np.minimum(ticket, 0.25 * ticket + 10.0 * firms.cost[rows])
    meetings, budget = _meet(eco, rows, round_, tickets)
    signal, best = _signals(eco, rows, meetings)
    if eco.terms.investing.ticket_support:
        signal, back = public_equity.cheaper_tickets(eco, rows, meetings, ticket, signal)
        best = signal.max(axis=1)
    wanted = rows_where(best > world.threshold)
    keen = rows[wanted]
    order = wanted[by_score(best[wanted], firms.uid[keen])]
    public, own = public_equity.parts(eco, rows, wanted, ticket)
    chosen = equity.deals(order, meetings, signal - world.threshold, own, budget)
    if eco.terms.investing.ticket_support:
        public_equity.pay_back(eco, chosen, own, back)
    fund = chosen[wanted]
    met = rows_where(fund >= 0)
    funded = keen[met]
    _sign(eco, funded, fund[met], own[wanted[met]], public[:, met])
    # Young: under five years.
    young = firms.birth_quarter > eco.quarter - 20
    share = total_of(young[funded]) * 4.0 / max(float(np.count_nonzero(young)), 1.0)
    eco.conditions.funded_young += 0.25 * (share - eco.conditions.funded_young)


def _meet(eco: Ecosystem, rows: Ints, round_: Ints, tickets: Floats) -> tuple[Ints, Floats]:
    """Funds that each firm meets: near its round, with money, and not bound to other sectors; and
    what each fund may invest (m yuan).
    """
    firms, funds, stakes, world = eco.firms, eco.funds, eco.stakes, eco.world.equity
    named = np.zeros(len(eco.sectors), bool)
    named[eco.world.sectors.positions(eco.world.sectors.priority)] = True
    budget, meets = equity.budgets(
        funds.cash, funds.committed, funds.vintage, funds.focus, eco.quarter, world.invest_years,
        world.fee, tickets, funds.local_quota, stakes.other, stakes.firm, stakes.cost,
        firms.sector, named,
    )  # fmt: skip
    kind = round_ + tickets.size * named[firms.sector[rows]]
    meetings = eco.dice.choose(
        "meeting", firms.uid[rows], funds.uid, kind, meets, few=world.meetings
    )
    return meetings, budget


def _signals(eco: Ecosystem, rows: Ints, meetings: Ints) -> tuple[Floats, Floats]:
    """What each fund makes of each firm: log value for the price, through its own noise."""
    funds, world, uid = eco.funds, eco.world.equity, eco.firms.uid[rows]
    error = eco.dice.normal("screening", *equity.pairs(meetings, uid, funds.uid))
    left = common = signals.noise_left(eco, "investing")
    if left.size:
        left, common = left[rows], normals(signals.file_luck(eco, uid))
    return equity.signals(
        meetings, promise=prospects(eco, rows), noise=world.noise * exp(-0.25 * funds.skill),
        error=error, left=left, common=common,
    )  # fmt: skip


def _sign(eco: Ecosystem, funded: Ints, fund: Ints, own: Floats, public: Floats) -> None:
    """Private funds lead the rounds of the firms `funded` with their `own` tickets (m yuan), which
    the public parts (shape (schemes, firms)) join; pay them all and write stakes.
    """
    firms, funds, stakes, world = eco.firms, eco.funds, eco.stakes, eco.world.equity
    if funded.size == 0:
        return
    eco.ledger.pay("funds", "firms", "equity", own, payer_rows=fund, payee_rows=funded)
    tickets, amount = [(funded, fund, own)], total_of(own)
    of_public = total_of(own * funds.public_share[fund])
    for scheme, part in zip(eco.terms.investing.co_investments, public, strict=True):
        mine = rows_where(part > 0.0)
        if mine.size:
            tickets.append(public_equity.co_invest(eco, scheme.lever, funded[mine], part[mine]))
            paid = total_of(tickets[-1][2])
            amount, of_public = amount + paid, of_public + paid
    who, fund, money = map(np.concatenate, zip(*tickets, strict=True))
    share = equity.sign(
        who, fund, money, funded.size, firms.revenue_year, firms.revenue_year_before,
        firms.quality, firms.prototype, world.multiple, 0.1 * eco.conditions.nominal,
        asking_prices(eco), firms.rounds, firms.stage, (EARLY, GROWTH, MATURE), firms.fund_share,
        funds.paid_in, stakes.firm, stakes.share,
    )  # fmt: skip
    stakes.append(who.size, firm=who, other=fund, share=share, cost=money, quarter=eco.quarter)
    eco.record.count(vc_deals=funded.size, vc_amount=amount, vc_public=of_public)
    eco.record.event("raised equity", who, money)


def _charge_fees(eco: Ecosystem) -> None:
    funds, world = eco.funds, eco.world.equity
    alive = eco.quarter - funds.vintage < world.life * 4.0
    fee = np.where(
        alive, np.minimum(world.fee * funds.committed / 4.0, np.maximum(funds.cash, 0.0)), 0.0
    )
    eco.ledger.pay("funds", "households", "management fees", fee)
