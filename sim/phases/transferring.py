"""Transferring: universities disclose, clear and license; mentors teach; knowledge spills over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import by_row, rows_where, total_of
from agents.exact import exp_one, log_one, power
from agents.schema import Floats, Ints
from sim.markets import staffing, transfer
from sim.markets.picking import queue
from sim.mechanisms import patent_trade, worth
from sim.mechanisms.patent_trade import IP_AGENCY
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem

BROKER = 0


class TransferringTerms(Terms):
    """What levers may change about transfer."""

    posts = term(Combine.ADD, "universities", "posts", "transfer posts paid for")
    brokered_hours = term(Combine.ADD, "district", "hours/quarter", "brokers' hours bought for all")
    listed_hours = term(
        Combine.ADD, "district", "hours/quarter", "hours of search that a platform's listings save"
    )
    search_share = term(
        Combine.COMPLEMENT,
        "district",
        "share",
        "share of the cost of finding and examining inventions paid",
    )
    clearance_share = term(
        Combine.COMPLEMENT, "universities", "share", "share of the fee for clearing ownership paid"
    )
    mentors = term(Combine.ADD, "incubators", "persons", "mentors paid for")
    voucher_share = term(
        Combine.COMPLEMENT, "firms", "share", "share of the price of IP services paid"
    )
    bids = term(Combine.COLLECT, "district", "m yuan", "operators' bids for patents")


def run(eco: Ecosystem) -> None:
    """Move inventions and know-how.

    Reads: universities, agencies, firms' R&D and cash. Writes: universities' stocks and cash,
    firms.prototype, knowledge, capability, ip_protection, licences, operated, cash, agencies.sold,
    cash. Dice: by university and by firm.
    """
    _disclose(eco)
    _clear(eco)
    _license(eco)
    _mentor(eco)
    _protect(eco)
    patent_trade.operate(eco)


def _disclose(eco: Ecosystem) -> None:
    """Research yields inventions; part has clear ownership at once; old ones go stale."""
    universities, world = eco.universities, eco.world.universities
    growth = exp_one(world.research_growth * eco.quarter / 4.0)
    effort = exp_one(world.inventor_response * log_one(world.inventor_share / 0.70))
    fresh = universities.research * growth * world.disclosures * effort / 4.0
    universities.inventions[:] += fresh * (1.0 - world.cleared)
    universities.cleared[:] += fresh * world.cleared
    keep = 1.0 - world.stock_life
    universities.inventions[:] *= keep
    universities.cleared[:] *= keep
    cost = _post_cost(eco, universities.posts)
    eco.ledger.pay("outside", "universities", "transfer posts", cost)
    eco.ledger.pay("universities", "households", "transfer posts", cost)
    for lever, posts in eco.terms.transferring.parts.get("posts", []):
        eco.treasury.spend(lever, "households", "transfer posts", total_of(_post_cost(eco, posts)))


def _post_cost(eco: Ecosystem, posts: Floats) -> Floats:
    return posts * (eco.world.universities.post_cost * eco.conditions.nominal / 4.0)


def _clear(eco: Ecosystem) -> None:
    """Universities have the ownership of waiting inventions cleared as far as it costs them little.

    Whether anybody wants what has been cleared shows later.
    """
    universities, rules, now = eco.universities, eco.world.universities, eco.conditions
    terms = eco.terms.transferring
    if "clearance_share" not in terms.parts:
        return
    fee = rules.clearance_fee * now.nominal
    waiting = universities.inventions * rules.clearance_speed
    asked = waiting * terms.clearance_share
    share = eco.treasury.counted_on(terms, "clearance_share", asked * fee)
    # A university clears no more than it can pay its own part of.
    own = (1.0 - share) * fee
    could = np.maximum(universities.cash, 0.0) / np.maximum(own, 1e-12)
    cleared = np.minimum(waiting * share, could)
    for lever, part in terms.split("clearance_share", cleared * fee * share):
        eco.treasury.spend(lever, "outside", "clearing ownership", part)
    eco.ledger.pay("universities", "outside", "clearing ownership", cleared * own)
    universities.inventions[:] -= cleared
    universities.cleared[:] += cleared


def _license(eco: Ecosystem) -> None:
    """Matches grow with office hours, brokers' hours and firms that look; each takes a clear
    invention out of the stock (a matching function, cf. Petrongolo & Pissarides 2001).
    """
    universities, world, dice = eco.universities, eco.world.universities, eco.dice
    posts = universities.posts + eco.terms.transferring.posts
    hours = posts * world.office_hours
    brokered, agencies = _broker_hours(eco)
    brokered += _buy_hours(eco, agencies, brokered)
    found = brokered + eco.terms.transferring.listed_hours
    weight = universities.cleared / max(total_of(universities.cleared), 1e-9)
    # One-sided search: where offices offer more, firms (and their brokers) look less themselves.
    usual = universities.posts * world.office_hours
    idle = power((usual + 1.0) / (hours + 1.0), world.search_relief)
    searched = world.match_scale * power(hours + found * weight * idle, world.match_hours)

    def matches_with(buyers: Ints) -> Floats:
        demand = min(buyers.size / 400.0 / eco.world.scale, 4.0)
        return searched * power(universities.cleared * idle * demand, 1.0 - world.match_hours)

    buyers, matches = _buyers(eco, matches_with)
    sold = np.floor(matches + dice.roll("licences", universities.uid))
    sold = np.minimum(sold, np.floor(universities.cleared))
    total = int(min(total_of(sold), buyers.size))
    agencies_used = min(float(total) * eco.world.agencies.broker_hours * 0.3, brokered)
    _sell_hours(eco, agencies, agencies_used)
    owner, inventions = transfer.sold_by(sold, total, universities.uid)
    if owner.size:
        _hand_over(eco, owner, inventions, buyers)


def _buyers(eco: Ecosystem, matches_with: Callable[[Ints], Floats]) -> tuple[Ints, Floats]:
    """Firms that look for technology, with money to pay, a team to absorb it and no prototype in
    hand; and the matches of each university with them.
    """
    firms, now, rules = eco.firms, eco.conditions, eco.world.universities
    terms, drawn = eco.terms.transferring, eco.dice.roll("looks for technology", firms.uid)
    able = transfer.able_to_use(
        firms.cash, 3.0 * (rules.fee * now.nominal), firms.rnd_target, 0.05 * now.nominal,
        firms.prototype, firms.anchor,
    )  # fmt: skip

    def looking(share: float, among: Ints) -> Ints:
        cheaper = 1.0 - share * rules.search_cost / (rules.fee + rules.search_cost)
        keen = 0.25 * exp_one(-eco.world.agencies.price_response * log_one(cheaper))
        return transfer.looks(among, drawn, keen, firms.capability)

    share = float(terms.search_share)
    buyers = looking(share, able)
    matches = matches_with(buyers)
    if "search_share" in terms.parts:
        asked = rules.search_cost * now.nominal * float(matches.sum())
        counted = float(eco.treasury.counted_on(terms, "search_share", asked))
        if counted != share:
            # Who does not look for technology at that share does not at less.
            buyers = looking(counted, buyers)
            matches = matches_with(buyers)
    return buyers, matches


def _broker_hours(eco: Ecosystem) -> tuple[float, Ints]:
    agencies = eco.agencies
    rows = rows_where(agencies.kind == BROKER)
    return total_of(agencies.hours[rows] * agencies.quality[rows]), rows


def _buy_hours(eco: Ecosystem, rows: Ints, usual: float) -> float:
    """Hours that programmes buy of brokers (rows) on top: they work longer, by half at most."""
    bids = eco.terms.transferring.parts.get("brokered_hours", ())
    if not bids or rows.size == 0:
        return 0.0
    bought, price = 0.0, eco.world.agencies.hour_price * eco.conditions.nominal
    hours = eco.agencies.hours[rows]
    share = hours / max(total_of(hours), 1e-9)
    for lever, wanted in bids:
        claims = min(wanted, 0.5 * usual) * price * share
        paid = eco.treasury.spend(lever, "agencies", "brokers' hours", claims, payee_rows=rows)
        bought += total_of(paid) / price
    return bought


def _sell_hours(eco: Ecosystem, rows: Ints, used: float) -> None:
    agencies = eco.agencies
    hours = agencies.hours[rows]
    agencies.sold[rows] = hours * min(used / max(total_of(hours), 1e-9), 1.0)


def _hand_over(eco: Ecosystem, owner: Ints, inventions: Ints, buyers: Ints) -> None:
    """Each invention finds a firm on a ring of identities, which examines it and signs if it is worth
    its fee; fees go to inventors and university.

    inventions: the identity of each, and owner the row of the university that offers it.
    """
    dice = eco.dice
    place = staffing.next_on_ring(
        dice.roll("licensee", eco.firms.uid[buyers]), dice.roll("invention", inventions)
    )
    first = staffing.first_of_each(place, buyers.size)
    chosen = buyers[place[first]]
    _pay_search(eco, chosen)
    signs, fee = _take_up(eco, chosen, inventions[first])
    chosen, source = chosen[signs], owner[first][signs]
    np.subtract.at(eco.universities.cleared, source, 1.0)
    eco.ledger.pay(
        "firms", "universities", "licence fees", fee, payer_rows=chosen, payee_rows=source
    )
    eco.ledger.pay(
        "universities", "households", "inventors' share",
        fee * eco.world.universities.inventor_share, payer_rows=source,
    )  # fmt: skip
    eco.record.count(licences=len(chosen), licence_fees=total_of(fee))
    eco.record.event("licensed an invention", chosen, fee)


def _pay_search(eco: Ecosystem, rows: Ints) -> None:
    """Firms pay for examining an invention, lines their share, whether it is then licensed or not."""
    cost = eco.world.universities.search_cost * eco.conditions.nominal
    search, terms = np.full(rows.size, cost), eco.terms.transferring
    eco.ledger.pay("firms", "outside", "technology examined", search, payer_rows=rows)
    if "search_share" in terms.parts:
        due = search * terms.search_share
        eco.treasury.share_out(terms, "search_share", due, "technology examined", rows)


def _take_up(eco: Ecosystem, rows: Ints, inventions: Ints) -> tuple[Ints, Floats]:
    """Positions of the firms (rows) that sign, and the fee each pays. What an invention adds to quality
    lasts until the frontier has moved on by as much.
    """
    firms, world, dice = eco.firms, eco.world, eco.dice
    rules, research = world.universities, world.research
    return transfer.take_up(
        rows, dice.normal("fee", inventions), dice.normal("worth of invention", inventions),
        fee=rules.fee * eco.conditions.nominal, spread=rules.fee_spread,
        usual=rules.licence_gain * (0.3 * research.step), largest=research.largest_step,
        cash=firms.cash, capability=firms.capability, lines=firms.lines,
        prototype=firms.prototype, knowledge=firms.knowledge, licences=firms.licences,
        margin=worth.margin(eco, rows), years=1.0 / research.frontier_growth,
    )  # fmt: skip


def _mentor(eco: Ecosystem) -> None:
    """Mentors raise tenants' capability as far as they reach (treatment, apart from admission)."""
    firms, hosts = eco.firms, eco.world.incubators
    usual = hosts.mentors_per_100 / 100.0 * np.maximum(eco.incubators.tenants, 1.0)
    mentors = eco.incubators.mentors + _paid_mentors(eco)
    reach = np.minimum(mentors / usual, 2.0) * (0.5 + eco.incubators.quality)
    transfer.mentor(firms.capability, firms.incubator, hosts.mentor_gain * reach)


def _paid_mentors(eco: Ecosystem) -> Floats:
    """Mentors that lines pay for beside the operators' own, as far as the money reaches."""
    added = np.zeros(len(eco.incubators))
    price = eco.world.incubators.mentor_cost * eco.conditions.nominal / 4.0
    for lever, persons in eco.terms.transferring.parts.get("mentors", []):
        cost = float(np.sum(persons)) * price
        paid = eco.treasury.spend(lever, "households", "mentors", cost)
        added += persons * (float(paid[0]) / max(cost, 1e-12))
    return added


def _protect(eco: Ecosystem) -> None:
    """IP agencies serve firms with patents as far as their hours go; unserved protection lapses."""
    firms, agencies, rules = eco.firms, eco.agencies, eco.world.agencies
    firms.ip_protection[:] *= 1.0 - rules.protection_decay
    rows = rows_where(agencies.kind == IP_AGENCY)
    hours, bill = agencies.hours[rows], rules.ip_hours * rules.hour_price * eco.conditions.nominal
    asks = _ask_for_protection(eco, bill)
    served = asks[queue(eco.dice.roll("queue", firms.uid[asks]))]
    served = served[: int(total_of(hours * agencies.quality[rows]) / rules.ip_hours)]
    firms.ip_protection[served] += rules.ip_gain * (1.0 - firms.ip_protection[served])
    price, terms = np.full(served.size, bill), eco.terms.transferring
    eco.ledger.pay("firms", "outside", "IP services", price * 0.2, payer_rows=served)
    if "voucher_share" in terms.parts:
        share = terms.at("voucher_share", served) * firms.aware[served]
        eco.treasury.share_out(terms, "voucher_share", price * share, "vouchers", served)
    sold = served.size * rules.ip_hours
    agencies.sold[rows] = sold * (hours / max(total_of(hours), 1e-9))
    eco.ledger.pay("firms", "agencies", "IP services", price * 0.8, payer_rows=served,
                   payee_rows=rows[np.arange(served.size) % max(rows.size, 1)])  # fmt: skip


def _ask_for_protection(eco: Ecosystem, bill: float) -> Ints:
    """Rows of the firms that ask for a service at its `bill` (m yuan), of which part may be paid."""
    firms, terms, wanted = eco.firms, eco.terms.transferring, 0.08
    drawn = eco.dice.roll("asks for protection", firms.uid)
    columns = firms.patents, firms.cash, firms.cost
    if "voucher_share" not in terms.parts:
        return transfer.could_protect(*columns, drawn, wanted)
    share = by_row(terms.voucher_share, len(firms))
    most, response = float(share.max()), eco.world.agencies.price_response
    could, claims = transfer.claims(*columns, firms.aware, share, most, wanted, response, bill)
    share = by_row(eco.treasury.counted_on(terms, "voucher_share", claims), len(firms))
    return transfer.asks_for(could, drawn, firms.aware, share, most, wanted, response)
