"""Researching: firms spend on R&D; innovations, imitations, patents and prototypes come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import exp, log, normal, power
from agents.firms import EARLY
from agents.schema import Flags, Floats
from sim.conduct import tempted
from sim.markets import innovation, projects
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


class ResearchingTerms(Terms):
    """What levers may change about R&D."""

    relief = term(
        Combine.COMPLEMENT, "firms", "share", "share of a further yuan of R&D expected back"
    )


def run(eco: Ecosystem) -> None:
    """Spend, search, imitate, patent, bring to market.

    Reads: firms' projects, grants, cash, talent; alliances' platforms; sector knowledge. Writes:
    firms' R&D columns, knowledge, prototype, quality, patents, cash. Dice: innovate, imitate,
    step, value, patent, launch.
    """
    outlay = _spend(eco)
    effort = _effort(eco, outlay)
    _innovate(eco, effort)
    _imitate(eco, effort)
    _patent(eco, outlay)
    _launch(eco)
    _report(eco)


def routine(eco: Ecosystem) -> Floats:
    """R&D a firm plans from habit (m yuan a quarter): of sales, and of cash while it has none."""
    firms, world = eco.firms, eco.world.research
    habit = firms.propensity * firms.revenue_year / 4.0
    young = firms.stage <= EARLY
    seed = np.where(young, world.seed_burn * np.maximum(firms.cash, 0.0), 0.0)
    # A firm short of cash cuts R&D first.
    breath = np.clip(firms.cash / (firms.cost + 1e-9), 0.35, 1.0)
    return np.maximum(habit, seed) * breath


def does_project(eco: Ecosystem) -> Flags:
    """Whether the quarter's marginal project is done, given grants won and refunds expected."""
    firms = eco.firms
    granted = firms.project_grant / (firms.project_cost + 1e-12)
    relief = np.where(firms.aware, eco.terms.researching.relief, 0.0)
    share = 1.0 - (1.0 - granted) * (1.0 - relief)
    worth = projects.with_support(firms.project_seen, share) >= firms.project_required
    honest_grant = (firms.project_grant > 0.0) & (firms.misused <= 0.0)
    own = firms.project_cost - firms.project_grant * honest_grant
    return np.logical_and(worth | honest_grant, projects.affordable(own, firms.cash, firms.cost))


def _spend(eco: Ecosystem) -> Floats:
    """Pay S&T staff's materials; return the quarter's R&D outlay (wages are paid in settling)."""
    firms, world, now = eco.firms, eco.world.research, eco.conditions
    done = does_project(eco)
    wanted = routine(eco) + np.where(done, firms.project_cost, 0.0)
    wages = firms.st_staff * now.wage_st / 4.0
    materials = np.maximum(wanted - wages, (1.0 - world.labour_share) * 0.5 * wages)
    materials = np.minimum(materials, np.maximum(firms.cash - 0.3 * firms.cost, 0.0))
    eco.ledger.pay("firms", "outside", "R&D materials", materials)
    firms.rnd[:] = wages + materials
    firms.rnd_target[:] += 0.5 * (wanted - firms.rnd_target)
    granted = (firms.project_grant > 0.0) & done & (firms.misused <= 0.0)
    eco.record.count(
        projects=float(done.sum()), projects_granted=float(granted.sum()),
        rnd=float(firms.rnd.sum()),
    )  # fmt: skip
    return firms.rnd


def _effort(eco: Ecosystem, outlay: Floats) -> Floats:
    """Attempts per product line: what the outlay buys at today's cost of an attempt."""
    firms, world, now = eco.firms, eco.world, eco.conditions
    research = world.research
    cost = research.attempt_cost * now.nominal * now.frontier
    hardness = power(np.maximum(firms.quality, 0.3), research.difficulty)
    money = 4.0 * outlay / (firms.top_talent * world.talent.need * now.nominal + 1e-9)
    people = firms.top_talent / (0.02 * firms.staff + 1.0)
    talent = research.talent_gain * np.minimum(people, 1.0) * np.minimum(money, 1.0)
    absorbed = research.absorption * _absorption(eco)
    density = _density(eco)
    lines = 1.0 + firms.revenue_year / (research.line_revenue * now.nominal)
    firms.lines[:] = lines
    factor = (1.0 + talent + absorbed + _platform(eco)) * (0.7 + 0.6 * firms.capability) * density
    return outlay / (cost * hardness * lines) * factor


def _absorption(eco: Ecosystem) -> Floats:
    """Cohen & Levinthal (1990): what others know helps those who know something themselves, most
    at middling distance.
    """
    firms = eco.firms
    mean = eco.by_sector(log(1.0 + firms.knowledge)) / np.maximum(
        eco.by_sector(np.ones(len(firms))), 1.0
    )
    own = log(1.0 + firms.knowledge)
    distance = np.abs(own - mean[firms.sector]) / 2.0
    ability = own / (own + 1.0)
    return ability * 4.0 * np.maximum(distance * (1.0 - distance), 0.0)


def _density(eco: Ecosystem) -> Floats:
    """Research is more productive among others who do it: elasticity to a zone's S&T density."""
    zones, firms = eco.zones, eco.firms
    density = eco.by_zone(firms.st_staff) / zones.floor_space
    relative = density / max(float(density[:4].mean()), 1e-12)
    return power(np.maximum(relative, 0.05), eco.world.zones.density_elasticity)[firms.zone]


def _platform(eco: Ecosystem) -> Floats:
    """Effort added by an alliance's shared platform, for its members."""
    alliances, members = eco.alliances, eco.memberships
    out = np.zeros(len(eco.firms))
    if len(members):
        stock = alliances.platform / (np.maximum(alliances.members, 1.0) * eco.conditions.nominal)
        out[members.firm] = eco.world.alliances.gain * np.minimum(stock / 0.1, 2.0)[members.other]
    return out


def _innovate(eco: Ecosystem, effort: Floats) -> None:
    firms, world, dice = eco.firms, eco.world.research, eco.dice
    chance = innovation.success(world.efficacy, world.split, effort, world.ceiling)
    lucky = np.flatnonzero(dice.roll("innovate", firms.uid) < chance)
    uid = firms.uid[lucky]
    step = world.step * (2.0 * innovation.beta_three(dice.roll("step", uid)) - 1.0)
    spread = world.value_spread
    value = exp(spread * normal(dice.roll("value", uid)) - 0.5 * spread * spread)
    gained = innovation.gain(step, value, firms.lines[lucky], world.step, world.largest_step)
    firms.prototype[lucky] += gained
    worth = gained * firms.revenue_year[lucky]
    eco.record.count(innovations=float((gained > 0.0).sum()))
    eco.record.innovation_values(worth, value)
    eco.record.event("invented", lucky, gained)


def _imitate(eco: Ecosystem, effort: Floats) -> None:
    """A lagging firm closes part of its gap to the sector's good practice, less where that is
    protected.
    """
    firms, world, dice = eco.firms, eco.world.research, eco.dice
    weight = eco.by_sector(firms.share * firms.quality)
    good = 1.05 * weight / np.maximum(eco.by_sector(firms.share), 1e-12)
    guard = eco.by_sector(firms.share * firms.ip_protection) / np.maximum(
        eco.by_sector(firms.share), 1e-12
    )
    open_ = (1.0 - 0.7 * guard)[firms.sector]
    chance = innovation.success(world.efficacy, 1.0 - world.split, effort * open_, world.ceiling)
    gap = np.maximum(good[firms.sector] - firms.quality, 0.0)
    does = dice.roll("imitate", firms.uid) < chance
    firms.quality[:] += np.where(does, world.imitation_gain * gap, 0.0)


def _patent(eco: Ecosystem, outlay: Floats) -> None:
    """Applications follow R&D done; the share that are inventions follows search."""
    firms, world, now = eco.firms, eco.world.research, eco.conditions
    mean = world.patents * outlay / now.nominal
    filed = np.floor(mean + eco.dice.roll("patent", firms.uid))
    share = 1.0 - (1.0 - world.invention_share) ** (world.split / 0.5)
    inventions = np.floor(filed * share + eco.dice.roll("invention patent", firms.uid))
    firms.patents[:] += filed
    keep = 1.0 - world.depreciation / 4.0
    firms.knowledge[:] = firms.knowledge * keep + outlay
    eco.record.count(
        patents=float(filed.sum()), inventions=float(inventions.sum()),
        patents_without_anchors=float(filed[~firms.anchor].sum()),
    )  # fmt: skip


def _launch(eco: Ecosystem) -> None:
    """From prototype to market: time by sector, shortened by money, mentors and first customers."""
    firms, world = eco.firms, eco.world
    waiting = firms.prototype > 0.0
    time = np.array(world.sectors.development)[firms.sector]
    money = np.where(firms.cash > 2.0 * firms.cost, 1.0, 0.4)
    known = 0.7 + 0.3 * np.minimum((firms.customers + 4.0 * firms.references) / 12.0, 1.5)
    help_ = 0.6 + 0.8 * firms.capability
    chance = 1.0 - exp(-money * known * help_ / time)
    launched = waiting & (eco.dice.roll("launch", firms.uid) < chance)
    firms.new_product[:] = launched
    largest = world.research.largest_step
    firms.quality[:] += np.where(launched, np.minimum(firms.prototype, largest), 0.0)
    # What waits too long is overtaken by others.
    firms.prototype[:] = np.where(launched, 0.0, 0.96 * firms.prototype)
    firms.prototype[firms.prototype < 1e-4] = 0.0
    eco.record.count(launches=float(launched.sum()))
    eco.record.event(
        "brought a product to market", np.flatnonzero(launched), firms.quality[launched]
    )


def _report(eco: Ecosystem) -> None:
    """What the tax office and the schemes are told: firms tempted by a refund relabel other cost."""
    firms = eco.firms
    relief = np.where(firms.aware, eco.terms.researching.relief, 0.0)
    stretch = np.where(tempted(eco) & (relief > 0.02), 0.30, 0.0)
    firms.rnd_reported[:] = firms.rnd * (1.0 + stretch)
    firms.rnd_year[:] += firms.rnd_reported
    firms.rnd_relabelled[:] += firms.rnd * stretch
    eco.record.count(rnd_reported=float(firms.rnd_reported.sum()))
