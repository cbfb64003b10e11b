"""Public money beside private funds: co-investment in tickets, tickets paid back, offices welcomed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.exact import total_of
from agents.schema import Flags, Floats, Ints
from sim import identity

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class CoInvestment:
    """A public line pays a share of the tickets of eligible firms, up to a cap (m yuan of 2014)."""

    lever: str
    share: float
    cap: float
    eligible: Flags


@dataclass(frozen=True)
class TicketSupport:
    """Investors get back a share of their tickets in eligible firms, up to a cap a firm and one an
    investor and year (m yuan of 2014).
    """

    lever: str
    share: float
    firm_cap: float
    fund_cap: float
    eligible: Flags


@dataclass(frozen=True)
class Welcome:
    """What managers who open an office here are paid (m yuan of 2014)."""

    lever: str
    award: float


def parts(eco: Ecosystem, rows: Ints, wanted: Ints, ticket: Floats) -> Floats:
    """What public co-investors would pay of each ticket, shape (schemes, firms): as far as their
    lines reach if every firm that is wanted is funded.
    """
    schemes = eco.terms.investing.co_investments
    out = np.zeros((len(schemes), rows.size))
    for k, scheme in enumerate(schemes):
        part = np.minimum(scheme.share * ticket, scheme.cap * eco.conditions.nominal)
        part *= scheme.eligible[rows]
        asked = total_of(part[wanted])
        out[k] = part * min(eco.treasury.available(scheme.lever) / max(asked, 1e-9), 1.0)
    # Together the public never pays more than half: somebody else must believe in the firm.
    most = 0.5 * ticket / np.maximum(out.sum(axis=0), 1e-12) if len(schemes) else ticket
    return out * np.minimum(most, 1.0)


def co_investor(eco: Ecosystem, lever: str) -> int:
    """The row of the public holder of a line's stakes, made when it first invests."""
    funds, position = eco.funds, eco.treasury.position(lever)
    held = np.flatnonzero((funds.guidance == 3) & (funds.line == position))
    young = held[eco.quarter - funds.vintage[held] < 16]
    if young.size:
        return int(young[0])
    uid = identity.number(identity.CO_INVESTOR, np.array([position]), eco.quarter)
    new = funds.append(1, uid=uid, vintage=eco.quarter, guidance=3, public_share=1.0, line=position)
    return int(new[0])


def pay_back(eco: Ecosystem, rows: Ints, chosen: Ints, own: Floats) -> None:
    """Investors get part of their tickets back, within what a firm and an investor may draw."""
    now = eco.conditions
    for support in eco.terms.investing.ticket_support:
        mine = np.flatnonzero((chosen >= 0) & support.eligible[rows])
        due = np.minimum(support.share * own[mine], support.firm_cap * now.nominal)
        drawn = np.bincount(chosen[mine], due, len(eco.funds))
        most = support.fund_cap * now.nominal / 4.0
        due *= np.minimum(most / np.maximum(drawn, 1e-12), 1.0)[chosen[mine]]
        eco.treasury.spend(
            support.lever, "funds", "tickets paid back", due, payee_rows=chosen[mine]
        )


def welcome_managers(eco: Ecosystem) -> None:
    """Managers elsewhere, of fixed identity, weigh an office here; the award is paid to all who open.

    Who comes for the award has a national mandate: a part of the fund only is invested here.
    """
    world, dice, now = eco.world.equity, eco.dice, eco.conditions
    for welcome in eco.terms.investing.welcomes:
        count = identity.rounded(world.offices * eco.world.scale / 4.0, dice.once("offices"))
        uid = identity.number(identity.OFFICE, count, eco.quarter)
        gain = dice.normal("office gain", uid)
        barrier = world.office_barrier
        comes = (gain <= barrier) & (gain + welcome.award / world.office_cost > barrier)
        recent = np.flatnonzero((eco.funds.vintage == eco.quarter) & (eco.funds.guidance < 3))
        award = welcome.award * now.nominal
        affordable = int(eco.treasury.available(welcome.lever) / max(award, 1e-9))
        uid = uid[comes][: max(affordable - recent.size, 0)]
        local = world.office_local * dice.roll("local share", uid)
        money = local * world.committed * now.nominal
        new = eco.funds.append(
            uid.size, uid=uid, vintage=eco.quarter, focus=uid % 3, committed=money,
            skill=dice.normal("office skill", uid),
        )  # fmt: skip
        eco.ledger.pay("outside", "funds", "private commitments", money, payee_rows=new)
        paid = np.concatenate([recent, new])[: max(affordable, 0)]
        eco.treasury.spend(welcome.lever, "outside", "offices opened", award * paid.size)
        eco.record.count(offices_opened=new.size)
