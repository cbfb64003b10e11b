"""Granting: projects come up; firms apply, reviewers rank, envelopes empty, auditors look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.schema import Flags, Floats, Ints
from sim.conduct import audit_rate
from sim.conduct import temptation as temptation_now
from sim.markets import applying, projects
from sim.mechanisms import programmes
from sim.mechanisms.pilot_lines import NO_ROOM
from sim.mechanisms.programmes import review_noise
from sim.mechanisms.signals import NO_FILES
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


# Last year's increments are refunded in the second quarter of the calendar year.
REFUND_QUARTER = 3


def refunded_in(quarter: int) -> int:
    """The quarter in which R&D done in a quarter is refunded: the calendar year's books come first."""
    return quarter + (REFUND_QUARTER - 2 - quarter) % 4 + 2


@dataclass(frozen=True)
class Refund:
    """A share of last year's increase in R&D is paid back, by rule and once a year."""

    lever: str
    share: float
    cap: float
    eligible: Flags


class GrantingTerms(Terms):
    """What levers may change about grants."""

    review_hours = term(
        Combine.ADD, "district", "hours/application", "evaluators' hours beyond officials' own"
    )
    audit = term(
        Combine.COMPLEMENT, "district", "share", "share of grantees audited beyond the usual"
    )
    paperwork = term(
        Combine.ADD, "district", "share", "addition to applicants' effort by evaluation"
    )
    refunds = term(Combine.COLLECT, "district", "schemes", "refunds of R&D increments")
    programmes = term(Combine.COLLECT, "district", "schemes", "competitive programme")
    one_scheme = term(Combine.ANY, "district", "rule", "rule of one project, one scheme")
    effort_cut = term(
        Combine.COMPLEMENT, "district", "share", "share of the effort of applying saved"
    )
    ip_strictness = term(
        Combine.MAXIMUM, "district", "share", "how strictly applicants' rights are looked at first"
    )
    held_back = term(
        Combine.MAXIMUM, "district", "share", "share of an award held back until its milestone"
    )
    signal_noise = term(Combine.MULTIPLY, "firms", "factor", "noise of the review of applications")
    rating_weight = term(
        Combine.MAXIMUM, "district", "s.d. of merit", "what a fresh credit rating counts in review"
    )


def run(eco: Ecosystem) -> None:
    """Bring up projects, award grants and refunds, audit.

    Reads: firms' cash, cost, R&D history, awareness, honesty. Writes: firms.project_cost,
    project_seen, project_required, project_grant, misused, mission, partner_gain, launch_grant,
    cash, credit_record, rnd_relabelled, line_space, zones.used, lines, conditions.grant_chance,
    applications. Dice: project size, return, error, merit, audit.
    """
    bring_up_projects(eco)
    _standing_grants(eco)
    programmes.hold_all(eco)
    _refund(eco)


def bring_up_projects(eco: Ecosystem) -> None:
    """Each firm's queue yields one marginal project a quarter; its appeal is seen through noise."""
    firms, world, dice = eco.firms, eco.world.research, eco.dice
    projects.come_up(
        firms.rnd_target, firms.capability, firms.cash, firms.cost,
        size=dice.normal("project size", firms.uid), true=dice.normal("project return", firms.uid),
        error=dice.normal("project error", firms.uid), part=world.project_size,
        mean=world.project_return, spread=world.project_spread, noise=world.project_noise,
        hurdle=world.hurdle, scarcity=world.scarcity, buffer=eco.world.costs.buffer,
        cost=firms.project_cost, seen=firms.project_seen, required=firms.project_required,
    )  # fmt: skip
    for column in (firms.project_grant, firms.misused, firms.mission, firms.partner_gain):
        column[:] = 0.0


def apply_effort(eco: Ecosystem) -> float:
    """What one application costs an applicant (m yuan)."""
    paperwork = 1.0 + float(eco.terms.granting.paperwork)
    return eco.world.grants.apply_cost * eco.conditions.nominal * paperwork


def _standing_grants(eco: Ecosystem) -> None:
    """State and city programmes pay part of a project's cost until their envelope is empty."""
    firms, grants, now = eco.firms, eco.world.grants, eco.conditions
    effort, temptation = apply_effort(eco), temptation_now(eco)
    rows, amount = applying.to_standing(
        firms.project_cost, grants.standing_share, grants.standing_cap * now.nominal,
        firms.project_seen, firms.project_required, chance=now.grant_chance, effort=effort,
        cash=firms.cash, aware=firms.aware, anchor=firms.anchor, honesty=firms.honesty,
        temptation=temptation,
    )  # fmt: skip
    eco.ledger.pay("firms", "households", "applicants' effort", np.full(rows.size, effort),
                   payer_rows=rows)  # fmt: skip
    uid = firms.uid[rows]
    winners, granted, _, tempted, listed, refused, missed = applying.review(
        rows, amount, amount, uid, grants.standing * eco.world.scale * now.nominal / 4.0,
        eco.dice.rolls(("merit",), uid), review_noise(eco), firms.project_seen,
        eco.world.research.project_spread, firms.ip_protection, firms.patents, 0.0,
        firms.credit_record, firms.rated, 0.0, NO_FILES, NO_FILES,
        NO_ROOM.space, NO_ROOM.free, firms.zone, firms.honesty, temptation,
    )  # fmt: skip
    now.applications = float(rows.size)
    now.grant_chance = 0.7 * now.grant_chance + 0.3 * listed / max(rows.size, 1)
    firms.project_grant[winners] = granted
    eco.ledger.pay("state", "firms", "standing grants", granted, payee_rows=winners)
    _misuse(eco, winners[tempted], granted[tempted])
    eco.record.count(
        applications=rows.size, grant_refusals=refused.size, grants_count=winners.size,
        grants=total_of(granted), applicant_effort=effort * rows.size,
    )  # fmt: skip
    eco.record.event("won a grant", winners, granted)
    eco.record.event("was refused a grant", refused, missed)


def _misuse(eco: Ecosystem, takers: Ints, taken: Floats) -> None:
    """Tempted grantees take the money out; audit finds some, who pay back and lose their name."""
    firms, grants = eco.firms, eco.world.grants
    firms.misused[takers] = taken
    eco.ledger.pay("firms", "households", "misused grants", taken, payer_rows=takers)
    found = eco.dice.roll("audit", firms.uid[takers]) < audit_rate(eco)
    caught, owed = takers[found], taken[found] * (1.0 + grants.penalty)
    owed = np.minimum(owed, np.maximum(firms.cash[caught], 0.0))
    eco.ledger.pay("firms", "state", "misuse reclaimed", owed, payer_rows=caught)
    firms.credit_record[caught] *= 1.0 - grants.misuse_memory
    eco.record.count(misuse=total_of(taken), misuse_found=total_of(taken[found]))
    eco.record.event("misused a grant", takers, taken)
    eco.record.event("was found out", caught, owed)


def refund_due(eco: Ecosystem, refund: Refund, rows: Ints) -> Floats:
    """What a refund would pay firms on last year's reported increment (m yuan), one value a row."""
    firms = eco.firms
    increment = np.maximum(firms.rnd_year_1[rows] - firms.rnd_year_2[rows], 0.0)
    return np.minimum(refund.share * increment, refund.cap)


def _refund(eco: Ecosystem) -> None:
    """In the second quarter of the calendar year offices refund last year's increments."""
    if eco.quarter % 4 != REFUND_QUARTER:
        return
    firms = eco.firms
    for refund in eco.terms.granting.refunds:
        rows, effort = rows_where(refund.eligible & firms.aware), programmes.effort(eco)
        due = refund_due(eco, refund, rows)
        if eco.terms.granting.one_scheme:
            due *= firms.project_grant[rows] <= 0.0
        applies = (due > effort) & (firms.cash[rows] > effort)
        rows, due = rows[applies], due[applies]
        eco.ledger.pay("firms", "households", "applicants' effort",
                       np.full(rows.size, effort), payer_rows=rows)  # fmt: skip
        eco.conditions.applications += rows.size
        # Reviewers look at the accounts: what was relabelled shows to those who look hard.
        relabelled = firms.rnd_relabelled[rows] > 0.0
        seen = eco.dice.roll("accounts looked at", firms.uid[rows]) < audit_rate(eco)
        clean = rows_where(~(relabelled & seen))
        clean = clean[np.argsort(firms.uid[rows[clean]], kind="stable")]
        order = rows[clean]
        paid = eco.treasury.spend(
            refund.lever, "firms", "R&D refunds", due[clean], payee_rows=order
        )
        on_paper = firms.rnd_relabelled[order] / np.maximum(firms.rnd_year_1[order], 1e-9)
        eco.record.count(
            applications=rows.size, grants=total_of(paid), grants_count=order.size,
            grant_refusals=rows.size - order.size, applicant_effort=effort * rows.size,
            misuse=total_of(paid * on_paper),
            misuse_found=total_of(due[relabelled & seen]),
        )  # fmt: skip
        eco.record.event("got an R&D refund", order, paid)
    firms.rnd_relabelled[:] = 0.0
