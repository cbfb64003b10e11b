"""Lending: firms ask, banks score through noise and ration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from agents.columns import by_row, rows_where, total_of
from agents.exact import logistic, power
from agents.schema import Flags, Floats, Ints
from sim.markets import credit
from sim.markets.picking import queue
from sim.markets.ranking import by_score
from sim.mechanisms import signals
from sim.mechanisms.claims import benchmark_interest, collateral
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem

RATER = 1
LARGE = 100.0
RATED_FROM = 3.0  # m yuan of yearly revenue
STALE = 0.3  # what is left of a rating that is renewed


class LendingTerms(Terms):
    """What levers may change about loans."""

    cover = term(
        Combine.COMPLEMENT, "firms", "share", "share of lost principal a pool promises to bear"
    )
    cover_expected = term(
        Combine.COMPLEMENT,
        "firms",
        "share",
        "share of lost principal covered as far as the pool is thought to hold",
    )
    covered_loan = term(Combine.MAXIMUM, "district", "m yuan", "largest loan that a pool covers")
    interest_share = term(Combine.COMPLEMENT, "firms", "share", "share of benchmark interest paid")
    branch_share = term(
        Combine.COMPLEMENT,
        "district",
        "share",
        "share of the running cost of a technology branch paid",
    )
    scoring_noise = term(
        Combine.MULTIPLY, "district", "factor", "noise of technology branches' scores"
    )
    ip_collateral = term(
        Combine.MAXIMUM, "district", "share", "share of patents' value taken as collateral"
    )
    rating_share = term(
        Combine.COMPLEMENT, "district", "share", "share of the price of a credit rating paid"
    )
    signal_noise = term(Combine.MULTIPLY, "firms", "factor", "noise of banks' scores")


def run(eco: Ecosystem) -> None:
    """Ask, score, ration, pay out.

    Reads: firms' cash, cost, record; banks' limits; the pool's promise. Writes: loans, firms.cash,
    debt, refused_quarter, rated, banks.technology, lent, cash, agencies.sold, cash,
    conditions.guarantee_cash. Dice: bank, score, rating.
    """
    banks, loans = eco.banks, eco.loans
    staffed = _specialise(eco)
    banks.lent[:] = np.bincount(loans.other, loans.principal, len(banks))
    _rate(eco)
    rows, amount = applicants(eco)
    if rows.size == 0:
        return
    bank = _choose_bank(eco, rows)
    terms = _terms_for(eco, rows, amount)
    profit, rate, guaranteed = _score(eco, rows, bank, amount, terms, staffed)
    room = np.maximum(
        banks.limit * eco.world.credit.squeeze * eco.conditions.demand - banks.lent, 0.0
    )
    made = credit.ration(bank, profit, amount, eco.firms.uid[rows], room)
    _lend(eco, rows, bank, amount, made, rate, guaranteed, terms[0])


def _rate(eco: Ecosystem) -> None:
    """Raters sell ratings to firms that want to borrow; a fresh rating takes noise off the score."""
    firms, rules, agencies = eco.firms, eco.world.agencies, eco.agencies
    rows = rows_where(agencies.kind == RATER)
    hours = total_of(agencies.hours[rows] * agencies.quality[rows])
    price = rules.rating_hours * rules.hour_price * eco.conditions.nominal
    terms = eco.terms.lending
    share = float(terms.rating_share)
    drawn = eco.dice.roll("wants a rating", firms.uid)

    def keen(share: float) -> float:
        return 0.05 * float(power(1.0 - share, -rules.price_response))

    asks = credit.want_ratings(
        drawn, keen(share), firms.revenue_year, firms.cash, firms.rated, 1.0 - rules.rating_decay,
        least_revenue=RATED_FROM, least_cash=10.0 * price, stale=STALE,
    )  # fmt: skip
    if share > 0.0:
        # Of those who would ask if the line paid its share, those who ask as far as it can.
        counted = eco.treasury.counted_on(terms, "rating_share", price * asks.size)
        if counted < share:
            asks = asks[drawn[asks] < keen(counted)]
    asks = asks[queue(eco.dice.roll("rating queue", firms.uid[asks]))]
    served = asks[: int(hours / rules.rating_hours)]
    rater = rows[np.arange(served.size) % max(rows.size, 1)]
    # A rating is as good as its rater, up to one of middling quality, who finds what can be found.
    firms.rated[served] = np.minimum(0.5 + agencies.quality[rater], 1.0)
    eco.ledger.pay("firms", "agencies", "ratings", np.full(served.size, price), payer_rows=served,
                   payee_rows=rater)  # fmt: skip
    due = np.full(served.size, price * share)
    eco.treasury.share_out(terms, "rating_share", due, "ratings", served)
    part = agencies.hours[rows] / max(total_of(agencies.hours[rows]), 1e-9)
    agencies.sold[rows] = served.size * rules.rating_hours * part


def _specialise(eco: Ecosystem) -> Flags:
    """Branches become technology branches while enough of what it costs them is paid, else not;
    returns which of them have scoring staff that a line pays.

    Each knows what share it needs. Lines are served in turn, who is specialised already first: those
    that would be so anyway are paid as well.
    """
    banks, terms, now = eco.banks, eco.terms.lending, eco.conditions
    if "branch_share" not in terms.parts and not (banks.technology & (banks.need > 0.0)).any():
        return np.zeros(len(banks), bool)
    world, general = eco.world, max(int(np.count_nonzero(banks.need > 0.0)), 1)
    # In a smaller world a branch stands for a part of one.
    part_of_one = world.credit.banks * world.scale / general
    lines = terms.split("branch_share", 1.0)
    rows, paid, staffed, running = credit.specialise(
        banks.need, banks.technology, banks.uid, float(terms.branch_share),
        cost=world.credit.branch_cost * part_of_one * now.nominal / 4.0,
        parts=np.array([part for _, part in lines], float),
        volume=np.array([eco.treasury.available(lever) for lever, _ in lines], float),
    )  # fmt: skip
    for (lever, _), each in zip(lines, paid, strict=True):
        eco.treasury.spend(lever, "banks", "technology branches", each, payee_rows=rows)
    eco.ledger.pay("banks", "households", "technology branches", running)
    return staffed


def counted_interest(eco: Ecosystem) -> Floats:
    """Share of benchmark interest that each firm can count on, empty where no line pays any: what
    there is has to do for all loans, old and new.
    """
    terms = eco.terms.lending
    if "interest_share" not in terms.parts:
        return np.empty(0)
    share = eco.treasury.counted_on(terms, "interest_share", benchmark_interest(eco))
    return by_row(share, len(eco.firms))


def applicants(eco: Ecosystem) -> tuple[Ints, Floats]:
    """Rows of firms that ask for a loan, and how much; the recently refused are discouraged."""
    firms, world, now = eco.firms, eco.world.credit, eco.conditions
    return credit.applicants(
        firms.cash, firms.cost, firms.refused_quarter, firms.birth_quarter, eco.quarter,
        need=world.need, discouraged=world.discouraged, effort=world.apply_cost * now.nominal,
        revenue=firms.revenue_year, debt=firms.debt, buffer=eco.world.costs.buffer,
        size=world.size, least=world.least * now.nominal, spared=counted_interest(eco),
        aware=firms.aware, required=firms.project_required,
        usual=world.benchmark * (1.0 + world.spread), benchmark=world.benchmark,
    )  # fmt: skip


def _choose_bank(eco: Ecosystem, rows: Ints) -> Ints:
    banks = eco.banks
    group, allowed = np.zeros(rows.size, np.int64), np.ones((1, len(banks)), bool)
    return eco.dice.choose("bank", eco.firms.uid[rows], banks.uid, group, allowed)[:, 0]


def _terms_for(eco: Ecosystem, rows: Ints, amount: Floats) -> tuple[Floats, Floats]:
    """The cover promised and the cover believed for each applicant."""
    terms = eco.terms.lending
    if "cover" not in terms.parts:
        return np.zeros(rows.size), np.zeros(rows.size)
    small = amount <= float(terms.covered_loan)
    return terms.at("cover", rows) * small, terms.at("cover_expected", rows) * small


def score(eco: Ecosystem, rows: Ints) -> Floats:
    """Log odds of repayment by the branch's scorecard, before noise and caution."""
    firms = eco.firms
    return credit.log_odds(
        rows, firms.revenue_year, firms.profit_year, firms.cash, firms.cost, firms.birth_quarter,
        firms.credit_record, eco.quarter, eco.conditions.nominal, eco.world.credit.score,
    )  # fmt: skip


def _score(
    eco: Ecosystem, rows: Ints, bank: Ints, amount: Floats, cover: tuple[Floats, Floats],
    staffed: Flags,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Expected profit of each loan, its rate, and the share a guarantee company bears."""
    firms, world, banks = eco.firms, eco.world.credit, eco.banks
    believed = cover[1]
    pledged = world.recovery * collateral(eco, rows, bank)
    recovered = np.minimum(pledged / (amount + firms.debt[rows] + 1e-9), 0.95)
    noise = world.noise * np.where(banks.technology, world.technology_noise, 1.0)
    if "scoring_noise" in eco.terms.lending.parts:
        noise *= np.where(staffed, float(eco.terms.lending.scoring_noise), 1.0)
    # A fresh rating takes a part of it off.
    noise = noise[bank] * (1.0 - eco.world.agencies.rating_gain * firms.rated[rows])
    z = eco.dice.normal("score", firms.uid[rows])
    z = signals.shared(eco, "lending", rows, z)
    rate = world.benchmark * (1.0 + world.spread)
    odds = score(eco, rows) - banks.caution[bank]

    def profit(some: Any, borne: Floats) -> Floats:
        return credit.judged(
            odds[some], z[some], noise[some], borne, world.screening_floor, rate,
            recovered[some], world.funds_rate, world.hurdle,
        )  # fmt: skip

    judged = profit(slice(None), believed)
    backed = _guarantees(eco, rows, amount, odds, judged)
    guaranteed = np.zeros(rows.size)
    if backed.size:
        guaranteed[backed] = world.guarantee_share
        borne = 1.0 - (1.0 - believed[backed]) * (1.0 - world.guarantee_share)
        judged[backed] = profit(backed, borne)
    return judged, np.full(rows.size, rate), guaranteed


def _guarantees(eco: Ecosystem, rows: Ints, amount: Floats, odds: Floats, alone: Floats) -> Ints:
    """Positions of the refused applicants that the guarantee company backs: those it believes in, up
    to its leverage.
    """
    world, loans = eco.world.credit, eco.loans
    out_now = total_of(loans.principal * loans.guaranteed)
    room = world.guarantee_leverage * max(eco.conditions.guarantee_cash, 0.0) - out_now
    refused = rows_where(alone < 0.0)
    uid = eco.firms.uid[rows[refused]]
    believes = logistic(odds[refused] + eco.dice.normal("guarantor's score", uid))
    # The fee must cover the loss it expects on its share.
    worth = rows_where(world.guarantee_fee >= (1.0 - believes) * world.guarantee_share)
    order = worth[by_score(believes[worth], uid[worth])]
    wants = refused[order]
    return wants[np.cumsum(amount[wants] * world.guarantee_share) <= room]


def _lend(
    eco: Ecosystem, rows: Ints, bank: Ints, amount: Floats, made: np.ndarray, rate: Floats,
    guaranteed: Floats, promised: Floats,
) -> None:  # fmt: skip
    firms, world, now = eco.firms, eco.world.credit, eco.conditions
    effort = np.full(rows.size, world.apply_cost * now.nominal)
    eco.ledger.pay("firms", "households", "applicants' effort", effort, payer_rows=rows)
    who, lender, money = rows[made], bank[made], amount[made]
    eco.ledger.pay("banks", "firms", "loans", money, payer_rows=lender, payee_rows=who)
    small = firms.revenue_year[who] < LARGE
    eco.loans.append(
        who.size, firm=who, other=lender, principal=money, rate=rate[made],
        due=eco.quarter + world.term, cover=promised[made], guaranteed=guaranteed[made],
        small=small.astype(np.int64),
    )  # fmt: skip
    firms.debt[who] += money
    np.add.at(eco.banks.lent, lender, money)
    fee = np.where(guaranteed[made] > 0.0, world.guarantee_fee * money, 0.0)
    paid = eco.ledger.pay("firms", "outside", "guarantee fees", fee, payer_rows=who)
    now.guarantee_cash += paid
    refused = rows[~made]
    firms.refused_quarter[refused] = eco.quarter
    eco.record.count(
        loan_applications=rows.size, refusals=refused.size, loans_new=total_of(money),
        loans_small=total_of(money[small]), loans_small_count=int(small.sum()),
    )  # fmt: skip
    eco.record.event("got a loan", who, money)
    eco.record.event("was refused a loan", refused, amount[~made])
