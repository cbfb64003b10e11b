"""Contests: who hears of one and thinks it worth the effort enters; judges err; winners are paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.exact import logistic, normal
from agents.schema import Flags, Floats, Ints
from sim import identity
from sim.markets.ranking import by_score

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Contest:
    """The share of founders elsewhere who hear of it, and a quarter's prizes (number at the scale of
    the district; m yuan of 2014 each).
    """

    lever: str
    told: float
    prizes: float
    prize: float


def told(eco: Ecosystem, uid: Ints) -> Ints:
    """Those of the founders elsewhere who hear of a contest here."""
    deaf = 1.0
    for contest in eco.terms.founding.contests:
        deaf *= 1.0 - contest.told
    return uid[eco.dice.roll("hears of the contest", uid) < 1.0 - deaf]


def enter(eco: Ecosystem, rows: Ints, would_found: Flags) -> Ints:
    """Rows of the founders who enter: those who would found here, and those to whom their chance of
    a prize is worth the effort. All spend it; the winners' prize adds to what they have.
    """
    founders, intake, nominal = eco.founders, eco.world.founders, eco.conditions.nominal
    if rows.size == 0:
        return rows
    idea = normal(eco.dice.again("idea", founders.uid[rows]))
    hope = np.zeros(rows.size)
    for contest in eco.terms.founding.contests:
        places = contest.prizes * eco.world.scale
        hope += contest.prize * _chance(idea, places / rows.size, eco.world.grants.review_noise)
    enters = would_found | (hope > intake.contest_effort)
    rows, idea = rows[enters], idea[enters]
    eco.ledger.pay(
        "households", "outside", "contest effort", rows.size * intake.contest_effort * nominal
    )
    noise = eco.dice.normal("judges", founders.uid[rows])
    score = idea + eco.world.grants.review_noise * noise
    best = rows[by_score(score, founders.uid[rows])]
    for contest in eco.terms.founding.contests:
        count = identity.rounded(
            contest.prizes * eco.world.scale, eco.dice.once(f"{contest.lever}: prizes")
        )
        winners = best[:count]
        paid = eco.treasury.spend(
            contest.lever, "households", "prizes", np.full(winners.size, contest.prize * nominal)
        )
        founders.savings[winners] += paid / nominal
    return rows


def _chance(idea: Floats, part: float, noise: float) -> Floats:
    """Chance to be among the best `part` of a crowd, by what each knows of the own idea (s.d.)."""
    spread = float(np.sqrt(1.0 + noise * noise))
    cut = float(normal(np.array([min(max(1.0 - part, 1e-6), 1.0 - 1e-6)]))[0]) * spread
    # The normal distribution function, as near as a logistic comes.
    return logistic(1.702 * (idea - cut) / max(noise, 1e-6))
