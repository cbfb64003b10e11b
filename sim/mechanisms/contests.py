"""Contests: who hears of one and thinks it worth the effort enters; judges err; winners are paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Floats, Ints
from sim import identity
from sim.markets.founding import entrants

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


def enter(eco: Ecosystem, first: int, idea: Floats, climate: float, rent: float) -> Ints:
    """Rows of the founders, of those from the `first` on, who enter: those who would found here, and
    those to whom their chance of a prize is worth the effort. All spend it; the winners' prize adds
    to what they have. idea: what each knows of the own (s.d.).
    """
    founders, intake, nominal = eco.founders, eco.world.founders, eco.conditions.nominal
    contests, scale, uid = eco.terms.founding.contests, eco.world.scale, eco.founders.uid[first:]
    if uid.size == 0:
        return uid
    best = first + entrants(
        founders.income[first:], founders.outside_option[first:], founders.savings[first:], uid,
        climate, intake.entry_cost, rent,
        idea, eco.dice.roll("judges", uid), eco.world.grants.review_noise,
        np.array([contest.prize for contest in contests]),
        np.array([contest.prizes * scale for contest in contests]), intake.contest_effort,
        intake.horizon,
    )  # fmt: skip
    eco.ledger.pay(
        "households", "outside", "contest effort", best.size * intake.contest_effort * nominal
    )
    for contest in contests:
        count = identity.rounded(contest.prizes * scale, eco.dice.once(f"{contest.lever}: prizes"))
        winners = best[:count]
        if winners.size:
            prizes = np.full(winners.size, contest.prize * nominal)
            paid = eco.treasury.spend(contest.lever, "households", "prizes", prizes)
            founders.savings[winners] += paid / nominal
    return best
