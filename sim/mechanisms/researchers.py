"""Researchers who found: part of the salary given up is made good, and the post is kept a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.schema import Flags, Floats, Ints
from sim.markets.founding import count_ages

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class Leave:
    """A share of the salary is paid for some years while the firm lives; the post is kept for some."""

    lever: str
    salary_share: float
    years: float
    kept: float


def by_age(eco: Ecosystem) -> Floats:
    """Number of firms by age in quarters, those of ten years and more together."""
    return count_ages(eco.firms.birth_quarter, eco.quarter, 40)


def failing(ages: Floats, years: float) -> float:
    """Chance that a new firm does not live some years, as founders see it around them: how many of
    that age there are for each that is new (ages: firms by age in quarters).
    """
    whole = min(max(round(4.0 * years), 0), 36)
    new, old = total_of(ages[1:5]), total_of(ages[whole + 1 : whole + 5])
    return min(max(1.0 - old / max(new, 1.0), 0.0), 1.0)


def relief(eco: Ecosystem, ages: Floats, held: float = 1.0) -> float:
    """What leaves take off the salary that a researcher gives up by founding (a share).

    Pay counts for that part of the years a founder looks ahead for which the firm may be expected
    to live. The post kept counts by the chance to need it, and by how long another like it takes to
    find. held: the share of the pay that the lines can promise.
    """
    rules, left = eco.world.founders, 1.0
    for leave in eco.terms.founding.leaves:
        lives = 1.0 - 0.5 * failing(ages, leave.years)
        paid = held * leave.salary_share * min(leave.years * lives / rules.horizon, 1.0)
        back = failing(ages, leave.kept) * rules.post_search / rules.horizon
        left *= (1.0 - paid) * (1.0 - back)
    return 1.0 - left


def held(eco: Ecosystem, willing: Flags) -> float:
    """Share of the pay that the lines can promise to all who are willing, for every year of it,
    beside what they have promised before.
    """
    founders, share = eco.founders, 1.0
    researchers = rows_where(willing & (founders.university >= 0))
    asked = total_of(founders.outside_option[researchers])
    owed = total_of(eco.firms.made_good)
    for leave in eco.terms.founding.leaves:
        free = eco.treasury.yearly(leave.lever) / eco.conditions.nominal - owed
        share = min(share, max(free, 0.0) / max(leave.salary_share * asked, 1e-12))
    return share


def take_leave(eco: Ecosystem, new: Ints, founders: Ints, held: float) -> None:
    """Note what has been promised to the researchers among those who found (rows of both)."""
    firms, leaves = eco.firms, eco.terms.founding.leaves
    if not leaves:
        return
    home = eco.founders.university[founders]
    mine = rows_where(home >= 0)
    new, salary = new[mine], eco.founders.outside_option[founders[mine]]
    for leave in leaves:
        firms.university[new] = home[mine]
        firms.made_good[new] += held * leave.salary_share * salary
        firms.paid_until[new] = eco.quarter + 1 + round(4.0 * leave.years)
        if leave.kept > 0.0:
            firms.leave_until[new] = eco.quarter + round(4.0 * leave.kept)


def pay(eco: Ecosystem) -> None:
    """Pay the quarter's part of what was promised, to founders whose firms live."""
    firms, leaves = eco.firms, eco.terms.founding.leaves
    if not leaves:
        return
    rows = rows_where(firms.made_good > 0.0)
    firms.made_good[rows[firms.paid_until[rows] <= eco.quarter]] = 0.0
    due = total_of(firms.made_good[rows]) * eco.conditions.nominal / 4.0
    whole = sum(leave.salary_share for leave in leaves)
    for leave in leaves:
        part = due * leave.salary_share / max(whole, 1e-12)
        eco.treasury.spend(leave.lever, "households", "researchers' salaries", part)


def go_back(eco: Ecosystem, failed: Ints) -> None:
    """Founders of failed firms (rows) whose post is kept take up their research again."""
    firms = eco.firms
    back = failed[firms.leave_until[failed] >= eco.quarter]
    if back.size:
        a_head = eco.world.universities.research_a_head
        np.add.at(eco.universities.research, firms.university[back], a_head)
