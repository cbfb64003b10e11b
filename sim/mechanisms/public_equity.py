"""Public money beside private funds: co-investment in tickets, tickets paid back, offices welcomed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.exact import log
from agents.schema import Flags, Floats, Ints
from sim import identity
from sim.markets import equity

if TYPE_CHECKING:
    from sim.model import Ecosystem


HOLDERS = "public holders of stakes"


@dataclass(frozen=True)
class CoInvestment:
    """A public line pays a share of the tickets of eligible firms, up to a cap (m yuan of 2014)."""

    lever: str
    share: float
    cap: float
    eligible: Flags


@dataclass(frozen=True)
class TicketSupport:
    """Investors get back a share of their own money in tickets of eligible firms, up to a cap a firm
    and one an investor and year (m yuan of 2014), since the quarter `start`.
    """

    lever: str
    share: float
    firm_cap: float
    fund_cap: float
    start: int
    eligible: Flags


@dataclass(frozen=True)
class Welcome:
    """What managers who open an office here are paid (m yuan of 2014)."""

    lever: str
    award: float


def parts(eco: Ecosystem, rows: Ints, wanted: Ints, ticket: Floats) -> tuple[Floats, Floats]:
    """What public co-investors would pay of the tickets (m yuan) of firms that are wanted, shape
    (schemes, wanted), as far as their lines reach if all of them are funded; and what is left of the
    tickets of all `rows`.
    """
    schemes = eco.terms.investing.co_investments
    if not schemes:
        return np.empty((0, wanted.size)), ticket
    firms, full = rows[wanted], ticket[wanted]
    asked, reach = np.empty((len(schemes), wanted.size)), np.empty(len(schemes))
    for k, scheme in enumerate(schemes):
        most = np.minimum(scheme.share * full, scheme.cap * eco.conditions.nominal)
        asked[k] = most * scheme.eligible[firms]
        reach[k] = eco.treasury.available(scheme.lever) / max(total_of(asked[k]), 1e-9)
    return equity.joined(asked, np.minimum(reach, 1.0), wanted, ticket)


def co_invest(
    eco: Ecosystem, lever: str, firms: Ints, part: Floats
) -> tuple[Ints, Ints, Floats]:  # fmt: skip
    """A line's public holder pays its part (m yuan) of the tickets of firms; returns the firms, the
    holder's row for each, and what was paid.
    """
    holder = _holder(eco, lever)
    rows = np.full(firms.size, holder)
    paid = eco.treasury.spend(lever, "funds", "public co-investment", part, payee_rows=rows)
    eco.funds.committed[holder] += total_of(paid)
    eco.ledger.pay("funds", "firms", "equity", paid, payer_rows=rows, payee_rows=firms)
    return firms, rows, paid


def _holder(eco: Ecosystem, lever: str) -> int:
    """The row of the public holder of a line's stakes, made when it first invests."""
    funds, position = eco.funds, eco.treasury.position(lever)
    if HOLDERS not in eco.shared:
        eco.shared[HOLDERS] = rows_where((funds.guidance == 3) & (funds.vintage > eco.quarter - 16))
    for row in eco.shared[HOLDERS].tolist():
        if funds.line[row] == position:
            return row
    del eco.shared[HOLDERS]  # there is one more
    uid = identity.number(identity.CO_INVESTOR, np.array([position]), eco.quarter)
    new = funds.append(1, uid=uid, vintage=eco.quarter, guidance=3, public_share=1.0, line=position)
    return int(new[0])


def cheaper_tickets(
    eco: Ecosystem, rows: Ints, meetings: Ints, ticket: Floats, signal: Floats
) -> tuple[Floats, Floats]:
    """What funds make of each firm (`signal`, log value for the price, by meeting) where part of a
    ticket is paid back, and the shares they count on, shape (schemes, firms).

    If the line could not pay for all who would then invest, each counts on as much less.
    """
    schemes, threshold = eco.terms.investing.ticket_support, eco.world.equity.threshold
    shares = np.zeros((len(schemes), rows.size))
    for k, support in enumerate(schemes):
        drawn = np.minimum(_already(eco, support, rows), support.firm_cap * eco.conditions.nominal)
        room = support.firm_cap * eco.conditions.nominal - drawn
        due = np.minimum(support.share * ticket, room) * support.eligible[rows]
        # Of the keenest fund's own money, within what that investor may still draw.
        own = 1.0 - eco.funds.public_share[meetings]
        part = np.minimum(due[:, None] * own, _left_of_year(eco, support)[meetings])
        part /= ticket[:, None]
        wanted = (signal - log(1.0 - part)).max(axis=1) > threshold
        claim = total_of(due[wanted])
        held = min(eco.treasury.available(support.lever) / max(claim, 1e-12), 1.0)
        shares[k] = held * due / ticket
        signal = signal - log(1.0 - held * part)
    return signal, shares


def _already(eco: Ecosystem, support: TicketSupport, rows: Ints) -> Floats:
    """What a scheme has at most paid back on each firm (m yuan)."""
    stakes, funds = eco.stakes, eco.funds
    counts = (stakes.quarter >= support.start) & (funds.guidance[stakes.other] < 3)
    paid_in = np.bincount(stakes.firm[counts], stakes.cost[counts], len(eco.firms))
    return support.share * paid_in[rows]


def _left_of_year(eco: Ecosystem, support: TicketSupport) -> Floats:
    """What each fund may still draw in this programme year (m yuan)."""
    stakes, now = eco.stakes, eco.conditions
    since = max(eco.quarter - eco.quarter % 4, support.start)
    new = rows_where(stakes.quarter >= since)
    part = np.minimum(support.share * stakes.cost[new], support.firm_cap * now.nominal)
    drawn = np.bincount(stakes.other[new], part, len(eco.funds))
    return np.maximum(support.fund_cap * now.nominal - drawn, 0.0)


def pay_back(eco: Ecosystem, chosen: Ints, own: Floats, shares: Floats) -> None:
    """Investors who sign now get part of their own tickets back, within what each may draw."""
    for support, share in zip(eco.terms.investing.ticket_support, shares, strict=True):
        mine = rows_where((chosen >= 0) & (share > 0.0))
        fund = chosen[mine]
        due = share[mine] * own[mine] * (1.0 - eco.funds.public_share[fund])
        drawn = np.bincount(fund, due, len(eco.funds))
        due *= np.minimum(_left_of_year(eco, support) / np.maximum(drawn, 1e-12), 1.0)[fund]
        eco.treasury.spend(support.lever, "funds", "tickets paid back", due, payee_rows=fund)


def welcome_managers(eco: Ecosystem) -> None:
    """Managers elsewhere, of fixed identity, weigh an office here; the award is paid to all who open.

    Who comes for the award has a national mandate: a part of the fund only is invested here.
    """
    for welcome in eco.terms.investing.welcomes:
        award = welcome.award * eco.conditions.nominal
        affordable = int(eco.treasury.available(welcome.lever) / max(award, 1e-9))
        new = eco.funds.vintage == eco.quarter
        recent = int(np.count_nonzero(new & (eco.funds.guidance < 3)))
        uid = _attracted(eco, welcome.award, affordable - recent)
        _open_offices(eco, uid)
        paid = min(recent + uid.size, affordable)
        eco.treasury.spend(welcome.lever, "outside", "offices opened", award * paid)
        eco.record.count(offices_opened=uid.size)


def _attracted(eco: Ecosystem, award: float, most: int) -> Ints:
    """Managers, no more than `most`, who open an office for the award only (m yuan of 2014)."""
    world, dice = eco.world.equity, eco.dice
    count = identity.rounded(world.offices * eco.world.scale / 4.0, dice.once("offices"))
    uid = identity.number(identity.OFFICE, count, eco.quarter)
    gain, barrier = dice.normal("office gain", uid), world.office_barrier
    return uid[(gain <= barrier) & (gain + award / world.office_cost > barrier)][: max(most, 0)]


def _open_offices(eco: Ecosystem, uid: Ints) -> None:
    """Managers open an office with the part of their fund that is invested here."""
    dice, funds, world = eco.dice, eco.funds, eco.world.equity
    whole, most = world.committed, world.office_local
    if uid.size == 0:
        return
    money = most * dice.roll("local share", uid) * whole * eco.conditions.nominal
    new = funds.append(
        uid.size, uid=uid, vintage=eco.quarter, focus=uid % 3, committed=money,
        skill=dice.normal("office skill", uid),
    )  # fmt: skip
    eco.ledger.pay("outside", "funds", "private commitments", money, payee_rows=new)
