"""Competitive programmes of the district: who applies, who wins, and what becomes of the money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.exact import total_of
from agents.schema import Flags, Floats, Ints
from sim import pilot_lines, signals
from sim.conduct import audit_rate, temptation
from sim.markets import projects
from sim.markets.innovation import LAUNCH_CASH

if TYPE_CHECKING:
    from sim.model import Ecosystem


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
    treasury, line = eco.treasury, eco.treasury.lines[programme.lever]
    if treasury.available(programme.lever) <= 0.0:
        return
    price = effort(eco)
    rows, cost, amount = _applicants(eco, programme, line.chance, price)
    if rows.size == 0:
        # A scheme that nobody thinks worth the effort is thought of again.
        line.chance += 0.1 * (1.0 - line.chance)
        return
    eco.ledger.pay("firms", "households", "applicants' effort", np.full(rows.size, price),
                   payer_rows=rows)  # fmt: skip
    fit = _passes_review_of_rights(eco, programme, rows)
    merit = np.where(fit, _merit(eco, programme, rows), -1e9)
    won = fit & projects.award(
        merit, amount, treasury.available(programme.lever), eco.firms.uid[rows]
    )
    line.chance = 0.7 * line.chance + 0.3 * int(np.count_nonzero(won)) / rows.size
    if programme.space > 0.0:
        won = pilot_lines.with_room(eco, programme.space, rows, won, merit)
    winners = int(np.count_nonzero(won))
    eco.conditions.applications += rows.size
    eco.record.count(
        applications=rows.size, grant_refusals=rows.size - winners, grants_count=winners,
        applicant_effort=price * rows.size,
    )  # fmt: skip
    eco.record.event("was refused a grant", rows[~won], amount[~won])
    _grant(eco, programme, rows[won], amount[won], cost[won])


def _applicants(
    eco: Ecosystem, programme: Programme, chance: float, price: float
) -> tuple[Ints, Floats, Floats]:
    """Rows of the firms that apply, what it costs them and what they ask for (m yuan)."""
    firms, cap = eco.firms, programme.cap * eco.conditions.nominal
    if programme.kind in ("project", "joint"):
        rows = projects.applies_for_part(
            programme.eligible, firms.aware, firms.anchor, firms.cash, firms.project_cost,
            firms.project_grant, firms.project_seen, firms.project_required, firms.honesty,
            share=programme.share, cap=cap, effort=price, chance=chance,
            temptation=temptation(eco), one_scheme=bool(eco.terms.granting.one_scheme),
        )  # fmt: skip
        cost = firms.project_cost[rows] - firms.project_grant[rows]
        return rows, cost, np.minimum(programme.share * cost, cap)
    rows, cost = _candidates(eco, programme)
    amount = np.minimum(programme.share * cost, cap)
    # Who would do what the grant is for, with it, or would take the money.
    asks = cost - amount <= np.maximum(firms.cash[rows], 0.0)
    asks |= firms.honesty[rows] < temptation(eco)
    asks &= chance * amount > price
    return rows[asks], cost[asks], amount[asks]


def _candidates(eco: Ecosystem, programme: Programme) -> tuple[Ints, Floats]:
    """Eligible firms that know of a mission or launch scheme and have something to ask for, and
    what it costs.
    """
    firms, now, grants = eco.firms, eco.conditions, eco.world.grants
    open_ = programme.eligible & firms.aware & ~firms.anchor & (firms.cash > effort(eco))
    if programme.kind == "mission":
        if eco.terms.granting.one_scheme:
            open_ &= firms.project_grant <= 0.0
        rows = np.flatnonzero(open_ & (firms.rnd_target > 0.05 * now.nominal))
        return rows, grants.mission_size * firms.rnd_target[rows]
    rows = np.flatnonzero(open_ & (firms.prototype > 0.0) & (firms.launch_grant <= 0.0))
    cost = np.maximum(grants.launch_cost * firms.revenue_year[rows], 0.3 * now.nominal)
    if programme.space > 0.0:
        fits = pilot_lines.may_build(eco, programme.space, rows)
        rows = rows[fits]
        cost = cost[fits] + pilot_lines.rent_until_market(eco, programme.space, rows)
    return rows, cost


def _passes_review_of_rights(eco: Ecosystem, programme: Programme, rows: Ints) -> Flags:
    """Where rights are looked at first, applicants without patents fail as strictly as it is done."""
    strictness = float(eco.terms.granting.ip_strictness)
    if strictness <= 0.0:
        return np.ones(rows.size, bool)
    spared = eco.dice.roll(f"{programme.lever}: rights", eco.firms.uid[rows]) >= strictness
    return spared | (eco.firms.patents[rows] > 0.0)


def _merit(eco: Ecosystem, programme: Programme, rows: Ints) -> Floats:
    """What reviewers see: the project, through noise; the firm's record, rights and rating."""
    firms, terms = eco.firms, eco.terms.granting
    if programme.kind == "launch":
        seen = firms.prototype[rows] / eco.world.research.step
    elif programme.kind == "mission":
        seen = firms.capability[rows] / 0.2
    else:
        seen = firms.project_seen[rows] / eco.world.research.project_spread
    noise = eco.dice.normal(f"{programme.lever}: merit", firms.uid[rows])
    if "signal_noise" in terms.parts:
        noise = signals.shared(eco, "granting", rows, noise)
    seen = seen + review_noise(eco) * noise
    seen += float(terms.ip_strictness) * firms.ip_protection[rows]
    return seen + firms.credit_record[rows] + float(terms.rating_weight) * firms.rated[rows]


def _grant(eco: Ecosystem, programme: Programme, rows: Ints, amount: Floats, cost: Floats) -> None:
    """Pay, as far as nothing is held back; the tempted misuse it, the others do what it is for."""
    firms, held = eco.firms, float(eco.terms.granting.held_back)
    if rows.size == 0:
        return
    paid = eco.treasury.spend(
        programme.lever, "firms", "grants", amount * (1.0 - held), payee_rows=rows
    )
    if held > 0.0:
        eco.dues.append(Due(programme.lever, rows, amount * held))
    eco.record.count(grants=total_of(paid))
    eco.record.event(f"won a grant of {programme.lever}", rows, amount)
    bad = firms.honesty[rows] < temptation(eco) * (1.0 - held)
    _misuse(eco, programme, rows[bad], paid[bad])
    good = ~bad
    _use(eco, programme, rows[good], paid[good], cost[good])


def _use(eco: Ecosystem, programme: Programme, rows: Ints, paid: Floats, cost: Floats) -> None:
    firms = eco.firms
    if programme.kind == "mission":
        firms.mission[rows] += paid
        return
    if programme.kind == "launch":
        # Who has the cash goes to market as it would have gone, and keeps the grant. Others, and all
        # who are asked for a line with room of its own, spend it and what is missing on equipment
        # and certificates; the rent of the room falls due quarter by quarter.
        waits = firms.cash[rows] - paid <= LAUNCH_CASH * firms.cost[rows]
        waits |= programme.space > 0.0
        if programme.space > 0.0:
            cost = cost - pilot_lines.rent_until_market(eco, programme.space, rows)
            pilot_lines.build(eco, programme.space, rows)
        own = np.clip(cost - paid, 0.0, np.maximum(firms.cash[rows] - paid, 0.0))
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
    firms.partner_gain[rows[met]] = np.maximum(firms.partner_gain[rows[met]], partner.gain)
    spent = paid[met] * partner.outside
    eco.ledger.pay("firms", "outside", "partners outside", spent, payer_rows=rows[met])
    eco.record.count(joint_projects=int(np.count_nonzero(met)))


def _misuse(eco: Ecosystem, programme: Programme, takers: Ints, taken: Floats) -> None:
    """The tempted take the money out (the partner of their joint project is one on paper); audit
    finds some, who pay back into the line's purse and lose their name.
    """
    firms, grants = eco.firms, eco.world.grants
    if takers.size == 0:
        return
    firms.misused[takers] += taken
    eco.ledger.pay("firms", "households", "misused grants", taken, payer_rows=takers)
    seen = eco.dice.roll(f"{programme.lever}: audit", firms.uid[takers]) < audit_rate(eco)
    caught, owed = takers[seen], taken[seen] * (1.0 + grants.penalty)
    owed = np.minimum(owed, np.maximum(firms.cash[caught], 0.0))
    eco.treasury.restore(programme.lever, "firms", "misuse reclaimed", owed, payer_rows=caught)
    firms.credit_record[caught] *= 1.0 - grants.misuse_memory
    eco.record.count(misuse=total_of(taken), misuse_found=total_of(taken[seen]))
    eco.record.event("misused a grant", takers, taken)
    eco.record.event("was found out", caught, owed)


def pay_dues(eco: Ecosystem) -> None:
    """At the quarter's end what was held back is paid to those who did what the grant was for."""
    firms = eco.firms
    for due in eco.dues:
        honest = firms.misused[due.rows] <= 0.0
        asked = firms.project_grant[due.rows] > 0.0
        met = honest & (firms.project_done[due.rows] | ~asked)
        paid = eco.treasury.spend(
            due.lever, "firms", "milestones", due.amount[met], payee_rows=due.rows[met]
        )
        eco.record.count(grants=total_of(paid))
        eco.record.event("missed a milestone", due.rows[~met], due.amount[~met])
    eco.dues.clear()
