"""Founding: founders weigh income against salary and entry cost; outsiders consider moving here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where, total_of
from agents.exact import exp, normal
from agents.firms import CONTEST, GROWTH, INCOMER, SEED
from agents.schema import Flags, Floats, Ints
from sim import agency_entry, arrivals, contests, identity, researchers
from sim.character import settle_character
from sim.markets.founding import founds, pick, spread_around
from sim.markets.ranking import within_group
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


class FoundingTerms(Terms):
    """What levers may change about founding."""

    entry_share = term(
        Combine.COMPLEMENT, "district", "share", "share of founders' entry cost that is paid"
    )
    leaves = term(
        Combine.COLLECT, "district", "share", "salary made good and posts kept for researchers"
    )
    agency_awards = term(Combine.COLLECT, "district", "m yuan", "award to an agency that opens")
    arrivals = term(Combine.COLLECT, "district", "m yuan", "award to a firm that moves here")
    screens = term(Combine.COLLECT, "district", "rule", "review of firms that would move here")
    contests = term(
        Combine.COLLECT, "district", "m yuan", "contests that founders elsewhere hear of"
    )


def run(eco: Ecosystem) -> None:
    """Let this quarter's would-be founders decide.

    Reads: conditions, incubators' vacancies and rents, universities' cleared inventions. Writes:
    founders, firms (new rows), firms.made_good, universities.cleared, research, agencies (new rows),
    sectors.outside_share. Dice: by founder, by firm and agency that enters.
    """
    _arrive(eco)
    researchers.pay(eco)
    _decide(eco)
    _move_in(eco)
    agency_entry.enter(eco)


def _arrive(eco: Ecosystem) -> None:
    """Put the fixed intake at the door, beside those who came back."""
    world, scale = eco.world, eco.world.scale
    intake = world.founders
    count = identity.rounded(intake.yearly * scale / 4.0, eco.dice.once("intake"))
    research = eco.universities.research
    hopeful = research * intake.researchers / 4.0
    per_university = np.floor(hopeful + eco.dice.roll("researchers", eco.universities.uid))
    owner = np.repeat(np.arange(len(research)), per_university.astype(np.int64))
    # The same researcher whatever the order of universities: numbered within the own university.
    within = within_group(owner)
    uid = np.concatenate([
        identity.number(identity.FOUNDER, count, eco.quarter),
        identity.number(identity.RESEARCHER, owner * 256 + within, eco.quarter),
    ])  # fmt: skip
    _intake(eco, uid, np.concatenate([np.full(count, -1), owner]))
    _hear_of_contests(eco)


def _hear_of_contests(eco: Ecosystem) -> None:
    """Founders elsewhere, of fixed identity, who hear of a contest here stand at the door as well."""
    if not eco.terms.founding.contests:
        return
    intake, founders = eco.world.founders, eco.founders
    count = identity.rounded(
        intake.contestants * eco.world.scale / 4.0, eco.dice.once("contestants")
    )
    uid = contests.told(eco, identity.number(identity.CONTESTANT, count, eco.quarter))
    before = len(founders)
    _intake(eco, uid, np.full(uid.size, -1))
    rows = np.arange(before, len(founders))
    founders.origin[rows] = CONTEST
    would = founds(
        founders.income[rows], founders.outside_option[rows], founders.savings[rows], outlook(eco),
        intake.entry_cost, expected_rent(eco),
    )  # fmt: skip
    stays = np.ones(len(founders), bool)
    stays[rows] = False
    stays[contests.enter(eco, rows, would)] = True
    founders.discard(~stays)
    eco.record.count(contestants=len(founders) - before)


def _intake(eco: Ecosystem, uid: Ints, university: Ints) -> None:
    """Draw what would-be founders are and have; `university` is -1 for those from elsewhere."""
    intake, dice = eco.world.founders, eco.dice
    talent, idea, product, salary, purse = normal(
        dice.rolls(("talent", "idea", "first product", "founder salary", "savings"), uid)
    )
    origin, sector, team = dice.rolls(("founder origin", "founder sector", "founding team"), uid)
    researcher = university >= 0
    spawned = 1 + pick(intake.origin_share[1:], origin)
    income = intake.income_spread * (0.5 * talent + 0.866 * idea)
    quality = intake.quality_spread * (0.6 * talent + 0.8 * product)
    eco.founders.append(
        len(uid), uid=uid, talent=talent, first_quarter=eco.quarter, university=university,
        origin=np.where(researcher, 0, spawned),
        sector=pick(eco.world.sectors.firm_share, sector),
        income=spread_around(intake.income, income),
        outside_option=spread_around(
            intake.outside_option, intake.outside_spread * salary + 0.1 * talent
        ),
        savings=spread_around(intake.savings, intake.savings_spread * purse),
        quality=spread_around(intake.quality_mean, quality) * np.where(researcher, 1.06, 1.0),
        staff=np.floor(2.0 + 4.0 * team),
    )  # fmt: skip


def outlook(eco: Ecosystem) -> float:
    """What demand and the finance climate do to expected income (a factor)."""
    now, intake = eco.conditions, eco.world.founders
    return float(
        exp(
            intake.demand_weight * (now.demand_growth - eco.world.demand.growth_now)
            + intake.climate_weight * now.funded_young
            + now.first_mover
        )
    )


def expected_rent(eco: Ecosystem) -> float:
    """Yearly rent a founder expects (m yuan, 2014 money): a place if there are free ones."""
    incubators, zones, now = eco.incubators, eco.zones, eco.conditions
    hosts = eco.world.incubators
    free = float(np.maximum(incubators.places - incubators.tenants, 0.0).sum())
    chance = min(free / max(eco.world.founders.yearly * eco.world.scale / 12.0, 1.0), 1.0)
    market = float((zones.rent[:4] * zones.floor_space[:4]).sum() / zones.floor_space[:4].sum())
    space = 5.0 * eco.world.zones.space_per_head
    discount = 1.0 - chance * (1.0 - hosts.rent_share)
    return market * 12.0 * space * discount / 1e6 / now.nominal


def _decide(eco: Ecosystem) -> None:
    founders, intake = eco.founders, eco.world.founders
    terms = eco.terms.founding
    researcher = founders.university >= 0
    climate, rent = outlook(eco), expected_rent(eco)

    def would(relief: float, entry_share: float) -> Flags:
        salary = founders.outside_option * (1.0 - relief * researcher)
        entry = intake.entry_cost * (1.0 - entry_share)
        return founds(founders.income, salary, founders.savings, climate, entry, rent)

    ages = researchers.by_age(eco) if terms.leaves else np.zeros(0, np.int64)
    relief, entry_share, held = researchers.relief(eco, ages), float(terms.entry_share), 1.0
    willing = would(relief, entry_share)
    if relief > 0.0 or entry_share > 0.0:
        entry = intake.entry_cost * eco.conditions.nominal * total_of(willing)
        held = researchers.held(eco, willing)
        willing = would(
            researchers.relief(eco, ages, held),
            eco.treasury.counted_on(terms, "entry_share", entry),
        )
    willing &= ~researcher | _has_invention(eco, willing & researcher)
    _found(eco, rows_where(willing), held)
    back = eco.dice.roll("comes back", founders.uid) < intake.returning
    waited = eco.quarter - founders.first_quarter < 8
    founders.discard(willing | ~(back & waited))


def _has_invention(eco: Ecosystem, wanting: np.ndarray) -> np.ndarray:
    """Researchers leave with an invention whose ownership is clear; each takes one from the stock."""
    founders, stock = eco.founders, eco.universities.cleared
    rows = rows_where(wanting)
    order = rows[np.lexsort((founders.uid[rows], founders.university[rows]))]
    owner = founders.university[order]
    rank = within_group(owner)
    served = order[rank < np.floor(stock[owner])]
    np.subtract.at(stock, founders.university[served], 1.0)
    out = np.zeros(len(founders), bool)
    out[served] = True
    return out


def _found(eco: Ecosystem, rows: Ints, held: float) -> None:
    founders, firms = eco.founders, eco.firms
    new = _enter(eco, founders.uid[rows], founders.sector[rows], founders.staff[rows])
    firms.origin[new] = founders.origin[rows]
    firms.quality[new] = founders.quality[rows]
    firms.capability[new] = np.clip(0.42 + 0.12 * founders.talent[rows], 0.05, 0.95)
    firms.outside_option[new] = founders.outside_option[rows]
    money = founders.savings[rows] * eco.conditions.nominal
    eco.ledger.pay("households", "firms", "founders' capital", money, payee_rows=new)
    entry = eco.world.founders.entry_cost * eco.conditions.nominal
    eco.ledger.pay("firms", "outside", "entry cost", np.full(len(new), entry), payer_rows=new)
    terms = eco.terms.founding
    share = float(terms.entry_share)
    eco.treasury.share_out(
        terms, "entry_share", np.full(len(new), entry * share), "entry cost", new
    )
    _leave_the_laboratory(eco, rows)
    researchers.take_leave(eco, new, rows, held)
    eco.record.count(births=len(new), spin_offs=int((founders.origin[rows] == 0).sum()))
    eco.record.event("founded", new, money)


def _leave_the_laboratory(eco: Ecosystem, rows: Ints) -> None:
    """The laboratory loses the research that those who found would have done."""
    founders, rules = eco.founders, eco.world.universities
    home = founders.university[rows]
    np.subtract.at(eco.universities.research, home[home >= 0], rules.research_a_head)
    eco.universities.research[:] = np.maximum(eco.universities.research, 0.0)


def _enter(eco: Ecosystem, uid: Ints, sector: Ints, staff: Floats) -> Ints:
    """Add firms that start with little: a product, a team, hardly a customer."""
    firms, world, dice, now = eco.firms, eco.world, eco.dice, eco.conditions
    revenue = world.founders.first_revenue * staff * now.nominal
    propensity, certified, aware, protection = dice.rolls(
        ("propensity", "certified", "aware at birth", "protection"), uid
    )
    spread = exp(world.research.propensity_spread * normal(propensity))
    new = firms.append(
        len(uid), uid=uid, birth_quarter=eco.quarter, sector=sector, stage=SEED,
        staff=staff, st_staff=0.4 * staff, revenue_year=revenue, revenue_year_before=revenue,
        revenue=revenue / 4.0, share=revenue / eco.sectors.market[sector],
        propensity=np.minimum(world.research.propensity_young * spread, 0.8), customers=1.0,
        certified=certified < world.firms.certified_share,
        aware=aware < world.firms.awareness, zone=-1,
        ip_protection=0.1 + 0.3 * protection, novelty=1.0,
        cost=staff * now.wage_other / 4.0 * 1.3,
    )  # fmt: skip
    settle_character(eco, new)
    taken = np.bincount(sector, revenue / eco.sectors.market[sector], len(eco.sectors))
    eco.sectors.outside_share[:] -= taken
    return new


def _move_in(eco: Ecosystem) -> None:
    """Firms elsewhere, of fixed identity, compare what moving here costs with what it brings."""
    world, dice, now = eco.world, eco.dice, eco.conditions
    count = identity.rounded(
        world.founders.recruits * world.scale / 4.0,
        dice.once("recruits"),
    )
    uid = identity.number(identity.RECRUIT, count, eco.quarter)
    rent = eco.zones.dearness() - 1.0
    gain = dice.normal("moving gain", uid) + now.first_mover * 3.0 - 0.5 * rent
    coming = uid[gain > world.founders.recruit_barrier]
    spread = exp(arrivals.STAFF_SPREAD * dice.normal("recruit size", coming))
    staff = np.maximum(arrivals.MEDIAN_STAFF * spread, 5.0)
    passed = arrivals.screened(eco, coming, staff)
    _settle_in(eco, coming[passed], staff[passed])
    leaders = arrivals.leaders(eco, now.first_mover * 3.0 - 0.5 * rent)
    if leaders.size:
        staff = world.founders.leader_staff * exp(0.6 * dice.normal("leader size", leaders))
        passed = arrivals.screened(eco, leaders, staff)
        arrivals.reward(eco, _settle_in(eco, leaders[passed], staff[passed]))


def _settle_in(eco: Ecosystem, coming: Ints, staff: Floats) -> Ints:
    """Firms that exist elsewhere come with their staff, product, customers and sales."""
    world, dice, now, firms = eco.world, eco.dice, eco.conditions, eco.firms
    sector = pick(world.sectors.firm_share, dice.roll("recruit sector", coming))
    new = _enter(eco, coming, sector, staff)
    revenue = world.founders.mover_revenue * staff * now.nominal
    eco.sectors.outside_share[:] -= np.bincount(
        sector, revenue / eco.sectors.market[sector] - firms.share[new], len(eco.sectors)
    )
    firms.share[new] = revenue / eco.sectors.market[sector]
    firms.revenue[new] = revenue / 4.0
    firms.revenue_year[new] = firms.revenue_year_before[new] = revenue
    firms.origin[new] = INCOMER
    firms.stage[new] = GROWTH
    firms.quality[new] = 0.95 * exp(
        arrivals.QUALITY_SPREAD * dice.normal("recruit quality", coming)
    )
    firms.birth_quarter[new] = eco.quarter - 16
    firms.customers[new] = np.maximum(revenue / 0.5, 3.0)
    firms.propensity[new] = np.minimum(firms.propensity[new] * 0.4, 0.2)
    eco.ledger.pay("outside", "firms", "capital of firms moving in", 0.25 * revenue, payee_rows=new)
    eco.record.count(arrivals=len(new))
    eco.record.event("moved in", new, revenue)
    return new
