"""Competitive programmes of the district: who applies, who wins, and what becomes of the money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.columns import total_of
from agents.schema import Flags, Floats, Ints
from sim.conduct import audit_rate, temptation
from sim.markets import applying
from sim.markets.innovation import LAUNCH_CASH
from sim.mechanisms import pilot_lines, signals

if TYPE_CHECKING:
    from sim.model import Ecosystem

NOTHING = np.zeros(0)  # paid to nobody (m yuan)


@dataclass(frozen=True)
class Partner:
    """Who a joint project is done with: the chance of finding one, what working together adds to
    the effort (a share), and the part of the grant that is spent outside the district.
    """

    chance: float
    gain: float
    outside: float


@dataclass(frozen=True)
class Programme:
    """One scheme: `kind` says what a grant is for.

    project: the quarter's marginal R&D project; joint: the same with a partner; mission: R&D asked
    for by the public; launch: bringing a waiting prototype to market, which may need `space` (m²).
    It pays a share of the cost up to the cap (m yuan of 2014) to eligible firms (one flag a firm).
    """

    lever: str
    kind: str
    share: float
    cap: float
    eligible: Flags
    partner: Partner | None = None
    space: float = 0.0


@dataclass(frozen=True)
class Due:
    """The part of an award that is held back until its milestone, by firm (m yuan)."""

    lever: str
    rows: Ints
    amount: Floats


def effort(eco: Ecosystem) -> float:
    """What one application to the district costs an applicant (m yuan)."""
    terms = eco.terms.granting
    usual = eco.world.grants.apply_cost * eco.conditions.nominal
    return usual * (1.0 + float(terms.paperwork)) * (1.0 - float(terms.effort_cut))


def review_noise(eco: Ecosystem) -> float:
    """Noise of a review (s.d. of merit): evaluators' hours add independent readings."""
    readings = 1.0 + float(eco.terms.granting.review_hours) / 4.0
    return eco.world.grants.review_noise / float(np.sqrt(readings))


class Rules(NamedTuple):
    """What holds for every scheme of a quarter: the price of applying (m yuan), from which honesty
    on none is tempted, whether one scheme excludes others, the share held back; how reviewers look.
    """

    price: float
    temptation: float
    one_scheme: bool
    held_back: float
    noise: float
    strictness: float
    weight: float
    factor: Floats

    @classmethod
    def of(cls, eco: Ecosystem) -> Rules:
        """The quarter's rules, as levers have set them."""
        terms = eco.terms.granting
        return cls(
            effort(eco), temptation(eco), bool(terms.one_scheme), float(terms.held_back),
            review_noise(eco), float(terms.ip_strictness), float(terms.rating_weight),
            signals.noise_left(eco, "granting"),
        )  # fmt: skip


def hold_all(eco: Ecosystem) -> None:
    """The quarter's rounds, one after another: who wins in one may be out of the next."""
    if eco.terms.granting.programmes:
        rules = Rules.of(eco)
        for programme in eco.terms.granting.programmes:
            hold(eco, programme, rules)


def hold(eco: Ecosystem, programme: Programme, rules: Rules) -> None:
    """One round: applications, review, awards, and what honest and tempted winners do."""
    envelope = eco.treasury.available(programme.lever)
    if envelope <= 0.0:
        return
    room = pilot_lines.room_for(eco, programme.space)
    rows, cost, amount = _applicants(eco, programme, rules, envelope, room)
    if rows.size == 0:
        return
    eco.ledger.pay("firms", "households", "applicants' effort", np.full(rows.size, rules.price),
                   payer_rows=rows)  # fmt: skip
    won, asked, costs, tempted, _, refused, missed = _review(
        eco, programme, rules, rows, cost, amount, envelope, room
    )
    eco.conditions.applications += rows.size
    eco.record.event("was refused a grant", refused, missed)
    paid = _grant(eco, programme, rules.held_back, won, asked) if won.size else NOTHING
    eco.record.count(
        applications=rows.size, grant_refusals=refused.size, grants_count=won.size,
        grants=total_of(paid), applicant_effort=rules.price * rows.size,
    )  # fmt: skip
    if np.count_nonzero(tempted):
        _misuse(eco, programme, won[tempted], paid[tempted])
        honest = ~tempted
        won, paid, costs = won[honest], paid[honest], costs[honest]
    if won.size:
        _use(eco, programme, won, paid, costs, room)


def _applicants(
    eco: Ecosystem, programme: Programme, rules: Rules, envelope: float, room: pilot_lines.Room
) -> tuple[Ints, Floats, Floats]:
    """Rows of the firms that apply, what it costs them and what they ask for (m yuan)."""
    rows, cost, amount = _would_like(eco, programme, rules, envelope, room)
    if rows.size == 0:
        return rows, cost, amount
    luck = eco.dice.roll(f"{programme.lever}: enters", eco.firms.uid[rows])
    enters = applying.entering(amount, envelope, rules.price, luck)
    return rows[enters], cost[enters], amount[enters]


def _would_like(
    eco: Ecosystem, programme: Programme, rules: Rules, envelope: float, room: pilot_lines.Room
) -> tuple[Ints, Floats, Floats]:
    """Rows of the firms to which an award is worth the effort, its cost and amount (m yuan); nobody
    asks for more than there is.
    """
    firms, grants, nominal = eco.firms, eco.world.grants, eco.conditions.nominal
    eligible, share = programme.eligible, programme.share
    cap = min(programme.cap * nominal, envelope)
    if programme.kind in ("project", "joint"):
        return applying.with_project(
            eligible, firms.aware, firms.anchor, firms.cash, firms.honesty, firms.project_cost,
            firms.project_grant, firms.project_seen, firms.project_required, rules.one_scheme,
            share, cap, rules.price, rules.temptation,
        )  # fmt: skip
    if programme.kind == "mission":
        wish, granted, yardstick = firms.rnd_target, firms.project_grant, firms.rnd_target
        once, least, part, floor = rules.one_scheme, 0.05 * nominal, grants.mission_size, 0.0
    else:
        wish, granted, yardstick = firms.prototype, firms.launch_grant, firms.revenue_year
        once, least, part, floor = True, 0.0, grants.launch_cost, 0.3 * nominal
        if programme.space > 0.0:
            eligible = eligible & pilot_lines.worth_their_rent(eco, _waits(eco, firms.cash), room)
    return applying.with_wish(
        eligible, firms.aware, firms.anchor, firms.cash, wish, granted, yardstick, once, least, part,
        floor, room.space, room.free, room.rent, firms.zone, firms.sector, firms.incubator,
        firms.staff_region, share, cap, rules.price,
    )  # fmt: skip


def _review(
    eco: Ecosystem, programme: Programme, rules: Rules, rows: Ints, cost: Floats, amount: Floats,
    envelope: float, room: pilot_lines.Room,
) -> tuple[Ints, Floats, Floats, Flags, int, Ints, Floats]:  # fmt: skip
    """Who wins, and who does not, by the review of rights, and by what reviewers then see: the
    project, through noise; the firm's record, rights and rating. See `applying.review`.
    """
    firms, research, lever = eco.firms, eco.world.research, programme.lever
    if programme.kind == "launch":
        seen, unit = firms.prototype, research.step
    elif programme.kind == "mission":
        seen, unit = firms.capability, 0.2
    else:
        seen, unit = firms.project_seen, research.project_spread
    uid = firms.uid[rows]
    # What is held back cannot be taken out.
    temptation = rules.temptation * (1.0 - rules.held_back)
    return applying.review(
        rows, amount, cost, uid, envelope,
        eco.dice.rolls((f"{lever}: rights", f"{lever}: merit"), uid),
        rules.noise, seen, unit, firms.ip_protection, firms.patents, rules.strictness,
        firms.credit_record, firms.rated, rules.weight,
        rules.factor, signals.file_luck(eco, uid) if rules.factor.size else signals.NO_FILES,
        room.space, room.free, firms.zone, firms.honesty, temptation,
    )  # fmt: skip


def _grant(eco: Ecosystem, programme: Programme, held: float, rows: Ints, asked: Floats) -> Floats:
    """Pay what is not held back until its milestone; returns what is paid (m yuan)."""
    paid = eco.treasury.spend(
        programme.lever, "firms", "grants", asked * (1.0 - held), payee_rows=rows
    )
    if held > 0.0:
        eco.dues.append(Due(programme.lever, rows, asked * held))
    eco.record.event(f"won a grant of {programme.lever}", rows, asked)
    return paid


def _use(
    eco: Ecosystem, programme: Programme, rows: Ints, paid: Floats, cost: Floats,
    room: pilot_lines.Room = pilot_lines.NO_ROOM,
) -> None:  # fmt: skip
    """What those do who take the grant for what it is meant for."""
    firms = eco.firms
    if programme.kind == "mission":
        firms.mission[rows] += paid
        return
    if programme.kind == "launch":
        # Who has the cash goes to market as it would have gone, and keeps the grant; others spend it on
        # equipment and certificates. The rent of a line's room falls due quarter by quarter.
        waits = _waits(eco, firms.cash[rows] - paid, rows)
        if room.space > 0.0:
            cost = cost - room.rent[firms.zone[rows], firms.sector[rows]]
            pilot_lines.build(eco, room.space, rows)
        spent = np.minimum(paid, cost)
        eco.ledger.pay(
            "firms", "outside", "bringing to market", spent[waits], payer_rows=rows[waits]
        )
        firms.launch_grant[rows] += paid
        return
    firms.project_grant[rows] += paid
    if programme.partner is None:
        return
    partner = programme.partner
    luck = eco.dice.roll(f"{programme.lever}: partner", firms.uid[rows])
    met, spent = applying.with_partner(
        rows, paid, luck, partner.chance, partner.gain, partner.outside, firms.partner_gain
    )
    if partner.outside > 0.0:
        eco.ledger.pay("firms", "outside", "partners outside", spent, payer_rows=met)
    eco.record.count(joint_projects=met.size)


def _waits(eco: Ecosystem, cash: Floats, rows: Ints | slice = slice(None)) -> Flags:
    """Whose product waits for money with so much cash (m yuan)."""
    return cash <= LAUNCH_CASH * eco.firms.cost[rows]


def _misuse(eco: Ecosystem, programme: Programme, takers: Ints, taken: Floats) -> None:
    """The tempted take the money out (the partner of their joint project is one on paper); audit
    finds some, who pay back into the line's purse and lose their name.
    """
    firms, grants = eco.firms, eco.world.grants
    firms.misused[takers] += taken
    eco.ledger.pay("firms", "households", "misused grants", taken, payer_rows=takers)
    seen = eco.dice.roll(f"{programme.lever}: audit", firms.uid[takers]) < audit_rate(eco)
    caught, found = takers[seen], taken[seen]
    eco.record.event("misused a grant", takers, taken)
    eco.record.count(misuse=total_of(taken), misuse_found=total_of(found))
    if caught.size == 0:
        return
    owed = np.minimum(found * (1.0 + grants.penalty), np.maximum(firms.cash[caught], 0.0))
    eco.treasury.restore(programme.lever, "firms", "misuse reclaimed", owed, payer_rows=caught)
    firms.credit_record[caught] *= 1.0 - grants.misuse_memory
    eco.record.event("was found out", caught, owed)


def pay_dues(eco: Ecosystem) -> None:
    """At the quarter's end what was held back is paid to those who did what the grant was for."""
    firms = eco.firms
    for due in eco.dues:
        met = applying.met(due.rows, firms.misused, firms.project_grant, firms.project_done)
        rows, amount = due.rows, due.amount
        if np.count_nonzero(met) < rows.size:
            rows, amount = rows[met], amount[met]
            eco.record.event("missed a milestone", due.rows[~met], due.amount[~met])
        paid = eco.treasury.spend(due.lever, "firms", "milestones", amount, payee_rows=rows)
        eco.record.count(grants=total_of(paid))
    eco.dues.clear()
