"""Granting, one applicant after another: projects, standing grants, refunds, audits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.reference.agents import Firm
from experiments.reference.money import pay
from experiments.reference.offers import Refund
from experiments.reference.scalars import clip, normal

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel


def granting(model: ReferenceModel) -> None:
    """Firms apply, reviewers rank, envelopes empty, auditors look.

    Writes firms' project columns, misused, cash, credit_record, rnd_relabelled;
    conditions.grant_chance and applications.
    """
    draws = (model.roll(f"project {what}", model.firms) for what in ("size", "return", "error"))
    for firm, size, gain, error in zip(model.firms, *draws, strict=True):
        bring_up_project(firm, size, gain, error)
    award_standing_grants(model)
    if model.quarter % 4 == 3:
        # The second quarter of a calendar year: quarter 0 is 2014Q3.
        for refund in model.offers.refunds:
            pay_refunds(model, refund)
        for firm in model.firms:
            firm.rnd_relabelled = 0.0


def bring_up_project(firm: Firm, size: float, gain: float, error: float) -> None:
    """A marginal project (m yuan), its return seen through noise, and the return asked of it.

    The return asked (1/year) rises as cash falls short of the buffer.
    """
    world = firm.model.world.research
    firm.project_cost = world.project_size * firm.rnd_target * math.exp(0.6 * normal(size))
    noise = world.project_noise * (1.5 - firm.capability) * normal(error)
    firm.project_seen = world.project_return + world.project_spread * normal(gain) + noise
    buffer = firm.model.world.costs.buffer * firm.cost
    held = clip(firm.cash / (buffer + 1e-9), 0.0, 1.0)
    firm.project_required = world.hurdle + world.scarcity * (1.0 - held)
    firm.project_grant = firm.misused = 0.0


def leveraged(seen: float, share: float) -> float:
    """Return on the own part of a cost of which others pay a share (at most 95 %)."""
    return (1.0 + seen) / (1.0 - min(share, 0.95)) - 1.0


def effort_of_applying(model: ReferenceModel) -> float:
    """What one application costs (m yuan)."""
    grants = model.world.grants
    return grants.apply_cost * model.conditions.nominal * (1.0 + model.offers.paperwork)


def audited(model: ReferenceModel) -> float:
    """Share of grantees audited: the usual and the evaluators' audits are independent."""
    return 1.0 - (1.0 - model.world.grants.audit) * (1.0 - model.offers.audit)


def tempted(firm: Firm) -> bool:
    """Crime pays (Becker 1968): private worth exceeds expected penalty and the moral cost."""
    grants = firm.model.world.grants
    gain = grants.temptation - audited(firm.model) * (1.0 + grants.penalty)
    return firm.honesty < gain


def grant_for(firm: Firm) -> float:
    """What the standing programmes would pay of its project (m yuan)."""
    grants, nominal = firm.model.world.grants, firm.model.conditions.nominal
    return min(grants.standing_share * firm.project_cost, grants.standing_cap * nominal)


def applies(firm: Firm, effort: float) -> bool:
    """Applies if it knows, the chance is worth the effort, and the grant changes its mind."""
    amount = grant_for(firm)
    if not firm.aware or firm.anchor or firm.cash <= effort:
        return False
    if firm.model.conditions.grant_chance * amount <= effort:
        return False
    better = leveraged(firm.project_seen, amount / (firm.project_cost + 1e-12))
    return better >= firm.project_required or tempted(firm)


def award_standing_grants(model: ReferenceModel) -> None:
    """A panel ranks by merit seen through noise and goes down its list until the money is gone."""
    grants, now, offers = model.world.grants, model.conditions, model.offers
    effort = effort_of_applying(model)
    applicants = [firm for firm in model.firms if applies(firm, effort)]
    noise = grants.review_noise / math.sqrt(1.0 + offers.review_hours / 4.0)
    score = {}
    for firm, draw in zip(applicants, model.roll("merit", applicants), strict=True):
        pay(firm, model.households, effort)
        merit = firm.project_seen / model.world.research.project_spread
        score[firm] = merit + noise * normal(draw) + firm.credit_record
    envelope = grants.standing * model.world.scale * now.nominal / 4.0
    granted, winners = 0.0, []
    for firm in sorted(applicants, key=lambda firm: (-score[firm], firm.uid)):
        granted += grant_for(firm)
        if granted > envelope:
            break
        winners.append(firm)
    for firm, draw in zip(winners, model.roll("audit", winners), strict=True):
        firm.project_grant = grant_for(firm)
        pay(model.state, firm, firm.project_grant)
        if tempted(firm):
            misuse(firm, firm.project_grant, found=draw < audited(model))
    now.applications = float(len(applicants))
    now.grant_chance = 0.7 * now.grant_chance + 0.3 * len(winners) / max(len(applicants), 1)


def misuse(firm: Firm, amount: float, *, found: bool) -> None:
    """The owner takes the grant out; if found he pays it back with a penalty and loses his name."""
    model, grants = firm.model, firm.model.world.grants
    firm.misused = amount
    pay(firm, model.households, amount)
    if found:
        owed = min(amount * (1.0 + grants.penalty), max(firm.cash, 0.0))
        pay(firm, model.state, owed)
        firm.credit_record *= 1.0 - grants.misuse_memory


def refund_due(firm: Firm, refund: Refund) -> float:
    """A share of last year's increase in reported R&D, up to the cap (m yuan)."""
    if firm not in refund.eligible:
        return 0.0
    return min(refund.share * max(firm.rnd_year_1 - firm.rnd_year_2, 0.0), refund.cap)


def pay_refunds(model: ReferenceModel, refund: Refund) -> None:
    """All who qualify and apply are paid, cut alike if the line is short; relabelling may show."""
    effort = effort_of_applying(model)
    applicants = [
        firm for firm in model.firms
        if firm.aware and refund_due(firm, refund) > effort and firm.cash > effort
    ]  # fmt: skip
    model.conditions.applications += len(applicants)
    clean = []
    for firm, draw in zip(applicants, model.roll("accounts looked at", applicants), strict=True):
        pay(firm, model.households, effort)
        if not (firm.rnd_relabelled > 0.0 and draw < audited(model)):
            clean.append(firm)
    model.purser.settle(refund.line, [(firm, refund_due(firm, refund)) for firm in clean])
