"""Researching, one firm after another: R&D, innovation, imitation, patents, launches."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents.codes import EARLY
from experiments.reference.agents import Alliance, Firm, Sector, Zone
from experiments.reference.granting import leveraged, tempted
from experiments.reference.money import pay
from experiments.reference.scalars import beta_three, clip, normal

if TYPE_CHECKING:
    from experiments.reference.model import ReferenceModel

DECISIONS = ("innovate", "step", "value", "imitate", "patent", "launch")


@dataclass
class Climate:
    """What a firm finds in its sector: mean log knowledge, good practice, protection from imitation;
    and in its zone: research productivity.
    """

    knowledge: dict[Sector, float]
    practice: dict[Sector, float]
    guard: dict[Sector, float]
    density: dict[Zone, float]


def researching(model: ReferenceModel) -> None:
    """Firms spend on R&D; innovations, imitations, patents and prototypes come of it.

    Writes firms' R&D columns, lines, knowledge, prototype, quality, patents, new_product, cash.
    """
    build_platforms(model)
    climate = survey(model)
    for firm in model.firms:
        spend(firm)
    draws = [model.roll(decision, model.firms) for decision in DECISIONS]
    for firm, innovates, step, value, imitates, patents, launches in zip(
        model.firms, *draws, strict=True
    ):
        attempts = effort(firm, climate)
        innovate(firm, attempts, innovates, step, value)
        imitate(firm, attempts, climate, imitates)
        patent(firm, patents)
        launch(firm, launches)
        report(firm)


def build_platforms(model: ReferenceModel) -> None:
    """The largest member builds on its alliance's platform while that adds to effort and its own use
    is worth the whole cost.
    """
    rules = model.world.alliances
    cost = rules.platform_cost * model.conditions.nominal
    for alliance in model.alliances:
        members = [firm for firm in model.firms if firm.alliance is alliance]
        if not members or stock(alliance, model.conditions.nominal) >= 2.0:
            continue
        leader = min(members, key=lambda firm: (-firm.revenue_year, firm.uid))
        if rules.gain * leader.rnd > cost and leader.cash > leader.cost + cost:
            pay(leader, model.outside, cost)
            alliance.platform += cost


def stock(alliance: Alliance, nominal: float) -> float:
    """How well a platform is stocked for its members (1 is usual)."""
    return alliance.platform / (max(alliance.members, 1.0) * nominal) / 0.1


def survey(model: ReferenceModel) -> Climate:
    """Sector means, weighted by share where it is practice that counts, and density by zone."""
    count: dict[Sector, int] = defaultdict(int)
    knowledge: dict[Sector, float] = defaultdict(float)
    share: dict[Sector, float] = defaultdict(float)
    quality: dict[Sector, float] = defaultdict(float)
    guard: dict[Sector, float] = defaultdict(float)
    staff: dict[Zone, float] = defaultdict(float)
    for firm in model.firms:
        sector = firm.sector
        count[sector] += 1
        knowledge[sector] += math.log(1.0 + firm.knowledge)
        share[sector] += firm.share
        quality[sector] += firm.share * firm.quality
        guard[sector] += firm.share * firm.ip_protection
        staff[firm.zone] += firm.st_staff
    return Climate(
        {s: knowledge[s] / count[s] for s in count},
        {s: 1.05 * quality[s] / max(share[s], 1e-12) for s in count},
        {s: guard[s] / max(share[s], 1e-12) for s in count},
        agglomeration(model.zones, staff, model.world.zones.density_elasticity),
    )


def agglomeration(
    zones: Iterable[Zone], staff: dict[Zone, float], elasticity: float
) -> dict[Zone, float]:
    """Research productivity by zone: an elasticity to S&T staff a m² against the district's mean
    (evidence MGN09, MG16).
    """
    density = {zone: staff[zone] / zone.floor_space for zone in zones}
    mean = sum(list(density.values())[:4]) / 4.0
    return {
        zone: max(value / max(mean, 1e-12), 0.05) ** elasticity for zone, value in density.items()
    }


def routine(firm: Firm) -> float:
    """R&D by habit (m yuan a quarter): a share of sales, of cash while young, cut when cash is short."""
    world = firm.model.world.research
    habit = firm.propensity * firm.revenue_year / 4.0
    burn = world.seed_burn * max(firm.cash, 0.0) if firm.stage <= EARLY else 0.0
    return max(habit, burn) * clip(firm.cash / (firm.cost + 1e-9), 0.35, 1.0)


def does_project(firm: Firm) -> bool:
    """Does it if the supported return suffices or an honest grant binds it, and cash allows."""
    bound = firm.project_grant > 0.0 and firm.misused <= 0.0
    granted = firm.project_grant / (firm.project_cost + 1e-12) if bound else 0.0
    share = 1.0 - (1.0 - granted) * (1.0 - relief(firm))
    own = firm.project_cost - (firm.project_grant if bound else 0.0)
    worth = leveraged(firm.project_seen, share) >= firm.project_required
    return (worth or bound) and own <= max(firm.cash - firm.cost, 0.0)


def relief(firm: Firm) -> float:
    """Share of a further yuan of R&D that it expects back."""
    return firm.model.offers.relief.get(firm, 0.0) if firm.aware else 0.0


def spend(firm: Firm) -> None:
    """Materials are paid here, S&T staff and top people in settling; R&D is all three."""
    model, world = firm.model, firm.model.world.research
    firm.project_done = does_project(firm)
    wanted = routine(firm) + (firm.project_cost if firm.project_done else 0.0)
    wages = firm.st_staff * model.conditions.wage_st / 4.0 + firm.top_pay
    materials = max(wanted - wages, (1.0 - world.labour_share) * 0.5 * wages)
    materials = min(materials, max(firm.cash - 0.3 * firm.cost, 0.0))
    pay(firm, model.outside, materials)
    firm.rnd = wages + materials
    firm.rnd_target += 0.5 * (wanted - firm.rnd_target)


def effort(firm: Firm, climate: Climate) -> float:
    """Attempts a product line: what R&D beside top people's pay buys at the cost of an attempt, dearer
    near the frontier, helped by talent, absorption, an alliance's platform, the team and the
    neighbourhood.
    """
    world, now = firm.model.world, firm.model.conditions
    research = world.research
    hardness = max(firm.quality, 0.3) ** research.difficulty
    outlay = firm.rnd - firm.top_pay
    money = 4.0 * outlay / (firm.top_talent * world.talent.need * now.nominal + 1e-9)
    people = firm.top_talent / (0.02 * firm.staff + 1.0)
    talent = research.talent_gain * min(people, 1.0) * min(money, 1.0)
    absorbed = research.absorption * absorption(firm, climate.knowledge[firm.sector])
    firm.lines = 1.0 + firm.revenue_year / (research.line_revenue * now.nominal)
    attempts = outlay / (research.attempt_cost * now.nominal * now.frontier * hardness * firm.lines)
    helped = 1.0 + talent + absorbed + platform(firm)
    return attempts * helped * (0.7 + 0.6 * firm.capability) * climate.density[firm.zone]


def absorption(firm: Firm, mean: float) -> float:
    """Own knowledge helps to use others', most at middling distance (Cohen & Levinthal 1990)."""
    own = math.log(1.0 + firm.knowledge)
    distance = abs(own - mean) / 2.0
    return own / (own + 1.0) * 4.0 * max(distance * (1.0 - distance), 0.0)


def platform(firm: Firm) -> float:
    """Effort added by the shared platform of its alliance, up to twice the usual stock."""
    if firm.alliance is None:
        return 0.0
    useful = min(stock(firm.alliance, firm.model.conditions.nominal), 2.0)
    return firm.model.world.alliances.gain * useful


def success(firm: Firm, share: float, attempts: float) -> float:
    """Probability that a quarter's search succeeds (Dosi, Fagiolo & Roventini 2010, with a ceiling)."""
    world = firm.model.world.research
    return world.ceiling * (1.0 - math.exp(-world.efficacy * share * attempts / world.ceiling))


def innovate(firm: Firm, attempts: float, draw: float, step: float, value: float) -> None:
    """A Beta(3, 3) step times a lognormal value of mean one; many product lines average it out."""
    world = firm.model.world.research
    if draw >= success(firm, world.split, attempts):
        return
    width, spread = world.step, world.value_spread
    worth = math.exp(spread * normal(value) - 0.5 * spread**2)
    drawn = min(max(width * (2.0 * beta_three(step) - 1.0), 0.0) * worth, world.largest_step)
    usual = width * 5.0 / 32.0  # the mean of the positive part of the step
    firm.prototype += max(usual + (drawn - usual) / math.sqrt(firm.lines), 0.0)


def imitate(firm: Firm, attempts: float, climate: Climate, draw: float) -> None:
    """A lagging firm closes part of the gap to good practice, less where that is protected."""
    world = firm.model.world.research
    open_part = 1.0 - 0.7 * climate.guard[firm.sector]
    if draw < success(firm, 1.0 - world.split, attempts * open_part):
        gap = climate.practice[firm.sector] - firm.quality
        firm.quality += world.imitation_gain * max(gap, 0.0)


def patent(firm: Firm, draw: float) -> None:
    """Applications follow R&D; knowledge is R&D accumulated and depreciated."""
    world, nominal = firm.model.world.research, firm.model.conditions.nominal
    firm.patents += math.floor(world.patents * firm.rnd / nominal + draw)
    firm.knowledge = firm.knowledge * (1.0 - world.depreciation / 4.0) + firm.rnd


def launch(firm: Firm, draw: float) -> None:
    """From prototype to market: time by sector, shortened by money, first customers and the team, of
    which bench and line lose by working apart.
    """
    world = firm.model.world
    time = world.sectors.development[firm.sector.code]
    money = 1.0 if firm.cash > 2.0 * firm.cost else 0.4
    known = 0.7 + 0.3 * min((firm.customers + 4.0 * firm.references) / 12.0, 1.5)
    together = 1.0 - world.zones.separation * firm.staff_region / firm.staff
    helped = 0.6 + 0.8 * firm.capability * together
    chance = 1.0 - math.exp(-money * known * helped / time)
    firm.new_product = firm.prototype > 0.0 and draw < chance
    if firm.new_product:
        firm.quality += min(firm.prototype, world.research.largest_step)
        firm.prototype = 0.0
    else:
        # What waits is overtaken by others.
        firm.prototype *= 0.96
    if firm.prototype < 1e-4:
        firm.prototype = 0.0


def report(firm: Firm) -> None:
    """Those tempted by a refund report other cost as R&D."""
    stretch = 0.30 if tempted(firm) and relief(firm) > 0.02 else 0.0
    firm.rnd_reported = firm.rnd * (1.0 + stretch)
    firm.rnd_year += firm.rnd_reported
    firm.rnd_relabelled += firm.rnd * stretch
