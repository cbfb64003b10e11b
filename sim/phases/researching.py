"""Researching: firms spend on R&D; innovations, imitations, patents and prototypes come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.codes import EARLY
from agents.columns import by_row, rows_where, total_of
from agents.exact import power
from agents.schema import Flags, Floats
from sim.conduct import temptation
from sim.markets import accounts, innovation, projects
from sim.markets.ranking import by_score, largest
from sim.mechanisms import top_people
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


class ResearchingTerms(Terms):
    """What levers may change about R&D."""

    relief = term(
        Combine.COMPLEMENT, "firms", "share", "share of a further yuan of R&D expected back"
    )
    equipment_share = term(
        Combine.COMPLEMENT, "firms", "share", "share of the cost of equipment for R&D paid at once"
    )
    platform_share = term(
        Combine.COMPLEMENT,
        "district",
        "share",
        "share of the cost of leaders' shared platforms paid",
    )


def run(eco: Ecosystem) -> None:
    """Spend, search, imitate, patent, bring to market.

    Reads: firms' projects, grants, cash, talent; alliances' platforms; sector knowledge. Writes:
    firms' R&D columns, project_done, lines, knowledge, prototype, quality, new_product, patents,
    launch_grant, cash, alliances.platform, cash. Dice: innovate, imitate, step, value, patent, launch.
    """
    _build_platforms(eco)
    top_pay = top_people.pay(eco)
    outlay = _spend(eco, top_pay)
    # Top people are paid for what they add to what is done with the rest.
    effort = _effort(eco, outlay - top_pay)
    _innovate(eco, effort)
    _imitate(eco, effort)
    _patent(eco, outlay)
    _launch(eco)
    _report(eco)


def _relief(eco: Ecosystem) -> Floats:
    """Share of a further yuan of R&D that each firm may expect back, if it is aware of it."""
    terms, equipment, firms = eco.terms.researching, eco.world.research.equipment, eco.firms
    relief = by_row(terms.relief, len(firms))
    if "equipment_share" not in terms.parts:
        return relief
    # What is bought for R&D already planned takes from the same line.
    planned = innovation.by_aware(firms.rnd_target, equipment, firms.aware)
    share = eco.treasury.counted_on(terms, "equipment_share", planned)
    return innovation.relieved(relief, equipment, by_row(share, len(firms)))


def does_project(eco: Ecosystem) -> Flags:
    """Whether the quarter's marginal project is done, given grants won and refunds expected."""
    firms = eco.firms
    return projects.done(
        cost=firms.project_cost, seen=firms.project_seen, required=firms.project_required,
        grant=firms.project_grant, misused=firms.misused, relief=_relief(eco),
        aware=firms.aware, cash=firms.cash, running=firms.cost,
    )  # fmt: skip


def _spend(eco: Ecosystem, top_pay: Floats) -> Floats:
    """Pay S&T staff's materials; return the quarter's R&D outlay (wages are paid in settling)."""
    firms, world, now = eco.firms, eco.world.research, eco.conditions
    done = does_project(eco)
    firms.project_done[:] = done
    materials = innovation.outlay(
        propensity=firms.propensity, revenue=firms.revenue_year, young=firms.stage <= EARLY,
        seed_burn=world.seed_burn, cash=firms.cash, running=firms.cost,
        project=firms.project_cost, done=done, mission=firms.mission, st_staff=firms.st_staff,
        wage=now.wage_st / 4.0, top_pay=top_pay, labour_share=world.labour_share,
        target=firms.rnd_target, spent=firms.rnd,
    )  # fmt: skip
    eco.ledger.pay("firms", "outside", "R&D materials", materials)
    _support_equipment(eco, materials)
    honest = done & (firms.project_grant > 0.0) & (firms.misused <= 0.0)
    total, anchors = total_of(firms.rnd), rows_where(firms.anchor)
    eco.record.count(
        projects=int(np.count_nonzero(done)), projects_granted=int(np.count_nonzero(honest)), rnd=total,
        rnd_without_anchors=total - total_of(firms.rnd[anchors]),
    )  # fmt: skip
    return firms.rnd


def _support_equipment(eco: Ecosystem, materials: Floats) -> None:
    """Lines pay their share of what aware firms spend on equipment, whatever it was bought for."""
    terms = eco.terms.researching
    if "equipment_share" not in terms.parts:
        return
    part = eco.world.research.equipment / (1.0 - eco.world.research.labour_share)
    bill = innovation.by_aware(materials, min(part, 1.0), eco.firms.aware)
    rows, due = accounts.supported(bill, by_row(terms.equipment_share, bill.size))
    eco.treasury.share_out(terms, "equipment_share", due, "equipment support", rows)


def _build_platforms(eco: Ecosystem) -> None:
    """The leader of an alliance builds on the platform that its members share while that is not
    fully stocked, if its own use is worth its part of the cost (三(三)1 龙头企业).
    """
    terms, members, firms = eco.terms.researching, eco.memberships, eco.firms
    if len(members) == 0:
        return
    rules, share = eco.world.alliances, float(terms.platform_share)
    first = largest(
        members.other, firms.revenue_year[members.firm], firms.uid[members.firm], len(eco.alliances)
    )
    alliance = rows_where((first >= 0) & (_stock(eco) < 2.0))
    leader = members.firm[first[alliance]]
    cost = rules.platform_cost * eco.conditions.nominal
    use, cash, running = rules.gain * firms.rnd[leader], firms.cash[leader], firms.cost[leader]

    def builds_at(share: Floats | float) -> Flags:
        own = cost * (1.0 - share)
        return (use > own) & (cash > running + own)

    builds = rows_where(builds_at(share))
    if builds.size == 0:
        return
    paid = np.zeros(builds.size)
    if "platform_share" in terms.parts:
        # The line serves the larger leaders first; who gets nothing builds if it is worth it unaided.
        asks = builds[by_score(firms.rnd[leader[builds]], firms.uid[leader[builds]])]
        aided = np.zeros(leader.size)
        for lever, part in terms.split("platform_share", np.full(asks.size, cost * share)):
            aided[asks] += part * eco.treasury.served(lever, part) / cost
        builds = rows_where(builds_at(aided))
        paid = np.zeros(builds.size)
        for lever, part in terms.split("platform_share", cost * aided[builds]):
            paid += eco.treasury.spend(
                lever, "alliances", "shared platforms", part, payee_rows=alliance[builds]
            )
        eco.ledger.pay(
            "alliances", "outside", "shared platforms", paid, payer_rows=alliance[builds]
        )
    leader, alliance = leader[builds], alliance[builds]
    eco.ledger.pay("firms", "outside", "shared platforms", cost - paid, payer_rows=leader)
    eco.alliances.platform[alliance] += cost
    eco.record.count(platforms_built=leader.size)


def _effort(eco: Ecosystem, outlay: Floats) -> Floats:
    """Attempts per product line: what the outlay buys at today's cost of an attempt."""
    firms, world, now = eco.firms, eco.world, eco.conditions
    research = world.research
    absorbed = innovation.absorption(
        firms.knowledge, firms.sector, len(eco.sectors), worth=research.absorption
    )
    density = innovation.density(
        firms.st_staff, firms.zone, eco.zones.floor_space, world.zones.density_elasticity
    )
    return innovation.attempts(
        outlay=outlay, mission=firms.mission, relevance=research.mission_relevance,
        cost=research.attempt_cost * now.nominal * now.frontier, quality=firms.quality,
        difficulty=research.difficulty, revenue=firms.revenue_year,
        line=research.line_revenue * now.nominal, lines=firms.lines, top_talent=firms.top_talent,
        staff=firms.staff, gain=research.talent_gain, need=world.talent.need, nominal=now.nominal,
        absorbed=absorbed, platform=_platform(eco), partner=firms.partner_gain,
        capability=firms.capability, density=density, zone=firms.zone,
    )  # fmt: skip


def _platform(eco: Ecosystem) -> Floats:
    """Effort added by an alliance's shared platform, for its members."""
    members = eco.memberships
    out = np.zeros(len(eco.firms))
    if len(members):
        useful = np.minimum(_stock(eco), 2.0)
        out[members.firm] = eco.world.alliances.gain * useful[members.other]
    return out


def _stock(eco: Ecosystem) -> Floats:
    """How well platforms are stocked for their members: 1 is usual, beyond 2 adds nothing."""
    alliances = eco.alliances
    a_member = alliances.platform / (np.maximum(alliances.members, 1.0) * eco.conditions.nominal)
    return a_member / 0.1


def _innovate(eco: Ecosystem, effort: Floats) -> None:
    firms, world, dice = eco.firms, eco.world.research, eco.dice
    lucky = innovation.finds(
        dice.roll("innovate", firms.uid), effort, world.efficacy, world.split, world.ceiling
    )
    uid = firms.uid[lucky]
    drawn = dice.roll("step", uid)
    better = rows_where(drawn >= 0.5)
    gained = innovation.invent(
        lucky, drawn, better, dice.normal("value", uid[better]), world.value_spread, firms.lines,
        world.step, world.largest_step, firms.prototype,
    )  # fmt: skip
    eco.record.count(innovations=float(np.count_nonzero(gained > 0.0)))
    eco.record.event("invented", lucky, gained)


def _imitate(eco: Ecosystem, effort: Floats) -> None:
    """A lagging firm closes part of its gap to the sector's good practice, less where that is
    protected.
    """
    firms, world = eco.firms, eco.world.research
    good, openness = innovation.good_practice(
        firms.share, firms.quality, firms.ip_protection, firms.sector, len(eco.sectors)
    )
    innovation.imitate(
        eco.dice.roll("imitate", firms.uid), effort, good, openness, firms.sector,
        efficacy=world.efficacy, share=1.0 - world.split, ceiling=world.ceiling,
        gain=world.imitation_gain, quality=firms.quality,
    )  # fmt: skip


def _patent(eco: Ecosystem, outlay: Floats) -> None:
    """Applications follow R&D done; the share that are inventions follows search."""
    firms, world, dice = eco.firms, eco.world.research, eco.dice
    total, inventions, of_anchors = innovation.patents(
        outlay, a_yuan=world.patents, nominal=eco.conditions.nominal,
        inventive=1.0 - float(power(1.0 - world.invention_share, world.split / 0.5)),
        u=dice.roll("patent", firms.uid), v=dice.roll("invention patent", firms.uid),
        stock=firms.patents, knowledge=firms.knowledge, keep=1.0 - world.depreciation / 4.0,
        anchor=firms.anchor,
    )  # fmt: skip
    eco.record.count(
        patents=total, inventions=inventions, patents_without_anchors=total - of_anchors
    )


def _launch(eco: Ecosystem) -> None:
    """From prototype to market: time by sector, shortened by money, mentors and first customers."""
    firms, world = eco.firms, eco.world
    rows = innovation.launches(
        eco.dice.roll("launch", firms.uid), firms.prototype,
        time=np.array(world.sectors.development), sector=firms.sector, cash=firms.cash,
        running=firms.cost, customers=firms.customers, references=firms.references,
        capability=firms.capability, apart=firms.staff_region, staff=firms.staff,
        separation=world.zones.separation, grant=firms.launch_grant,
    )  # fmt: skip
    firms.new_product[:] = False
    firms.new_product[rows] = True
    innovation.bring_to_market(
        firms.new_product, firms.quality, firms.prototype, firms.launch_grant,
        world.research.largest_step,
    )  # fmt: skip
    eco.record.count(launches=rows.size)
    eco.record.event("brought a product to market", rows, firms.quality[rows])


def _report(eco: Ecosystem) -> None:
    """What the tax office and the schemes are told: firms tempted by a refund relabel other cost."""
    firms = eco.firms
    firms.rnd_reported[:] = firms.rnd
    if eco.terms.researching.parts:
        innovation.relabel(
            firms.honesty, temptation(eco), firms.aware, _relief(eco), firms.rnd,
            firms.rnd_reported, firms.rnd_relabelled,
        )  # fmt: skip
    firms.rnd_year[:] += firms.rnd_reported
    eco.record.count(rnd_reported=total_of(firms.rnd_reported))
