"""Competitive programmes of the district: who applies, who wins, and what becomes of the money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import total_of
from agents.schema import Flags, Floats, Ints
from sim.conduct import audit_rate, temptation
from sim.markets import applying, projects
from sim.markets.innovation import LAUNCH_CASH
from sim.mechanisms import pilot_lines, signals

if TYPE_CHECKING:
    from sim.model import Ecosystem

NO_RENT = np.zeros((1, 1))  # of a thing that needs no room: nobody looks up whose


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


def hold(eco: Ecosystem, programme: Programme) -> None:
    """One round: applications, review, awards, and what honest and tempted winners do."""
    line, envelope = eco.treasury.lines[programme.lever], eco.treasury.available(programme.lever)
    if envelope <= 0.0:
        return
    price = effort(eco)
    rows, cost, amount = _applicants(eco, programme, line.chance, price)
    if rows.size == 0:
        # A scheme that nobody thinks worth the effort is thought of again.
        line.chance += 0.1 * (1.0 - line.chance)
        return
    eco.ledger.pay("firms", "households", "applicants' effort", np.full(rows.size, price),
                   payer_rows=rows)  # fmt: skip
    uid = eco.firms.uid[rows]
    fit, merit = _review(eco, programme, rows, uid)
    best = projects.award(merit, amount[fit], envelope, uid[fit])
    won = fit[best]
    line.chance = 0.7 * line.chance + 0.3 * won.size / rows.size
    if programme.space > 0.0:
        won = won[pilot_lines.with_room(eco, programme.space, rows[won], merit[best])]
    eco.conditions.applications += rows.size
    eco.record.count(
        applications=rows.size, grant_refusals=rows.size - won.size, grants_count=won.size,
        applicant_effort=price * rows.size,
    )  # fmt: skip
    eco.record.event("was refused a grant", *applying.refused(rows, amount, won))
    if won.size:
        _grant(eco, programme, rows[won], amount[won], cost[won])


def _applicants(
    eco: Ecosystem, programme: Programme, chance: float, price: float
) -> tuple[Ints, Floats, Floats]:
    """Rows of the firms that apply, what it costs them and what they ask for (m yuan)."""
    firms, grants, nominal = eco.firms, eco.world.grants, eco.conditions.nominal
    known = programme.eligible, firms.aware, firms.anchor, firms.cash, firms.honesty
    one_scheme = bool(eco.terms.granting.one_scheme)
    asking = programme.share, programme.cap * nominal, chance, price, temptation(eco)
    if programme.kind in ("project", "joint"):
        return applying.with_project(
            *known, firms.project_cost, firms.project_grant, firms.project_seen,
            firms.project_required, one_scheme, *asking,
        )  # fmt: skip
    place, space = (firms.zone, firms.sector), programme.space
    rent = pilot_lines.rents_until_market(eco, space) if space > 0.0 else NO_RENT
    if programme.kind == "mission":
        return applying.with_wish(
            *known, firms.rnd_target, firms.project_grant, firms.rnd_target, one_scheme,
            0.05 * nominal, grants.mission_size, 0.0, *place, rent, *asking,
        )  # fmt: skip
    rows, cost, amount = applying.with_wish(
        *known, firms.prototype, firms.launch_grant, firms.revenue_year, True,
        0.0, grants.launch_cost, 0.3 * nominal, *place, rent, *asking,
    )  # fmt: skip
    if space <= 0.0:
        return rows, cost, amount
    fits = pilot_lines.may_build(eco, space, rows)
    return rows[fits], cost[fits], amount[fits]


def _review(eco: Ecosystem, programme: Programme, rows: Ints, uid: Ints) -> tuple[Ints, Floats]:
    """Positions of those who pass the review of rights, and what reviewers then see: the project,
    through noise; the firm's record, rights and rating.
    """
    firms, research, terms = eco.firms, eco.world.research, eco.terms.granting
    if programme.kind == "launch":
        seen, unit = firms.prototype, research.step
    elif programme.kind == "mission":
        seen, unit = firms.capability, 0.2
    else:
        seen, unit = firms.project_seen, research.project_spread
    luck = eco.dice.rolls((f"{programme.lever}: rights", f"{programme.lever}: merit"), uid)
    return applying.review(
        rows, luck, firms.patents, float(terms.ip_strictness),
        signals.noise_left(eco, "granting"), signals.file_luck(eco, uid), seen, unit,
        review_noise(eco), rights=firms.ip_protection, record=firms.credit_record,
        weight=float(terms.rating_weight), rating=firms.rated,
    )  # fmt: skip


def _grant(eco: Ecosystem, programme: Programme, rows: Ints, amount: Floats, cost: Floats) -> None:
    """Pay, as far as nothing is held back; the tempted misuse it, the others do what it is for."""
    firms, held = eco.firms, float(eco.terms.granting.held_back)
    paid = eco.treasury.spend(
        programme.lever, "firms", "grants", amount * (1.0 - held), payee_rows=rows
    )
    if held > 0.0:
        eco.dues.append(Due(programme.lever, rows, amount * held))
    eco.record.count(grants=total_of(paid))
    eco.record.event(f"won a grant of {programme.lever}", rows, amount)
    bad = firms.honesty[rows] < temptation(eco) * (1.0 - held)
    if bad.any():
        _misuse(eco, programme, rows[bad], paid[bad])
        good = ~bad
        rows, paid, cost = rows[good], paid[good], cost[good]
    _use(eco, programme, rows, paid, cost)


def _use(eco: Ecosystem, programme: Programme, rows: Ints, paid: Floats, cost: Floats) -> None:
    firms = eco.firms
    if programme.kind == "mission":
        firms.mission[rows] += paid
        return
    if programme.kind == "launch":
        # Who has the cash goes to market as it would have gone, and keeps the grant. Others, and all
        # who are asked for a line with room of its own, spend it and what is missing on equipment
        # and certificates; the rent of the room falls due quarter by quarter.
        cash = firms.cash[rows] - paid
        waits = cash <= LAUNCH_CASH * firms.cost[rows]
        if programme.space > 0.0:
            waits[:] = True
            rent = pilot_lines.rents_until_market(eco, programme.space)
            cost = cost - rent[firms.zone[rows], firms.sector[rows]]
            pilot_lines.build(eco, programme.space, rows)
        own = np.minimum(np.maximum(cost - paid, 0.0), np.maximum(cash, 0.0))
        spent = np.minimum(paid + own, cost) if programme.space > 0.0 else paid + own
        eco.ledger.pay(
            "firms", "outside", "bringing to market", spent[waits], payer_rows=rows[waits]
        )
        firms.launch_grant[rows] += paid
        return
    firms.project_grant[rows] += paid
    if programme.partner is None:
        return
    partner = programme.partner
    met = eco.dice.roll(f"{programme.lever}: partner", firms.uid[rows]) < partner.chance
    rows = rows[met]
    firms.partner_gain[rows] = np.maximum(firms.partner_gain[rows], partner.gain)
    if partner.outside > 0.0:
        spent = paid[met] * partner.outside
        eco.ledger.pay("firms", "outside", "partners outside", spent, payer_rows=rows)
    eco.record.count(joint_projects=rows.size)


def _misuse(eco: Ecosystem, programme: Programme, takers: Ints, taken: Floats) -> None:
    """The tempted take the money out (the partner of their joint project is one on paper); audit
    finds some, who pay back into the line's purse and lose their name.
    """
    firms, grants = eco.firms, eco.world.grants
    firms.misused[takers] += taken
    eco.ledger.pay("firms", "households", "misused grants", taken, payer_rows=takers)
    seen = eco.dice.roll(f"{programme.lever}: audit", firms.uid[takers]) < audit_rate(eco)
    eco.record.count(misuse=total_of(taken), misuse_found=total_of(taken[seen]))
    eco.record.event("misused a grant", takers, taken)
    if not seen.any():
        return
    caught, owed = takers[seen], taken[seen] * (1.0 + grants.penalty)
    owed = np.minimum(owed, np.maximum(firms.cash[caught], 0.0))
    eco.treasury.restore(programme.lever, "firms", "misuse reclaimed", owed, payer_rows=caught)
    firms.credit_record[caught] *= 1.0 - grants.misuse_memory
    eco.record.event("was found out", caught, owed)


def pay_dues(eco: Ecosystem) -> None:
    """At the quarter's end what was held back is paid to those who did what the grant was for."""
    firms = eco.firms
    for due in eco.dues:
        met = applying.met(due.rows, firms.misused, firms.project_grant, firms.project_done)
        paid = eco.treasury.spend(
            due.lever, "firms", "milestones", due.amount[met], payee_rows=due.rows[met]
        )
        eco.record.count(grants=total_of(paid))
        if not met.all():
            eco.record.event("missed a milestone", due.rows[~met], due.amount[~met])
    eco.dues.clear()
