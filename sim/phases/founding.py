"""Founding: founders weigh income against salary and entry cost; outsiders consider moving here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.codes import CONTEST, GROWTH, INCOMER, SEED
from agents.columns import rows_where
from agents.exact import exp, normal
from agents.schema import Flags, Floats, Ints
from sim import identity
from sim.character import settle_character
from sim.markets.founding import founds, pick, prospects
from sim.markets.ranking import within_group
from sim.markets.staffing import usual_sales
from sim.mechanisms import agency_entry, arrivals, contests, researchers
from sim.terms import Combine, Terms, term

if TYPE_CHECKING:
    from sim.model import Ecosystem


class FoundingTerms(Terms):
    """What levers may change about founding."""

    entry_share = term(
        Combine.COMPLEMENT, "district", "share", "share of founders' entry cost that is paid"
    )
    rent_support = term(
        Combine.COMPLEMENT, "district", "share", "share of carriers' rent that tenants are paid"
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
    climate, rent = outlook(eco), expected_rent(eco)
    _arrive(eco, climate, rent)
    researchers.pay(eco)
    rows, held = _decide(eco, climate, rent)
    movers = _would_move_here(eco)
    new = _enter(
        eco,
        np.concatenate([eco.founders.uid[rows], movers.uid]),
        np.concatenate([eco.founders.sector[rows], movers.sector]),
        np.concatenate([eco.founders.staff[rows], movers.staff]),
    )
    own, moved = new[: rows.size], new[rows.size :]
    _start(eco, rows, own)
    _settle_in(eco, moved, movers)
    _found(eco, rows, own, held)
    _leave_the_door(eco, rows)
    _bring_capital(eco, moved)
    _lead(eco)
    agency_entry.enter(eco)


def _arrive(eco: Ecosystem, climate: float, rent: float) -> None:
    """Put the fixed intake at the door, beside those who came back and who hear of a contest."""
    world, scale = eco.world, eco.world.scale
    intake = world.founders
    count = identity.rounded(intake.yearly * scale / 4.0, eco.dice.once("intake"))
    research = eco.universities.research
    hopeful = research * intake.researchers / 4.0
    per_university = np.floor(hopeful + eco.dice.roll("researchers", eco.universities.uid))
    owner = np.repeat(np.arange(len(research)), per_university.astype(np.int64))
    # The same researcher whatever the order of universities: numbered within the own university.
    within = within_group(owner)
    told = _hear_of_contests(eco)
    uid = np.concatenate([
        identity.number(identity.FOUNDER, count, eco.quarter),
        identity.number(identity.RESEARCHER, owner * 256 + within, eco.quarter),
        told,
    ])  # fmt: skip
    university = np.full(uid.size, -1)
    university[count : count + owner.size] = owner
    idea = _intake(eco, uid, university)
    if eco.terms.founding.contests:
        _compete(eco, idea[uid.size - told.size :], climate, rent)


def _hear_of_contests(eco: Ecosystem) -> Ints:
    """Founders elsewhere, of fixed identity, who hear of a contest here."""
    if not eco.terms.founding.contests:
        return np.zeros(0, np.int64)
    expected = eco.world.founders.contestants * eco.world.scale / 4.0
    count = identity.rounded(expected, eco.dice.once("contestants"))
    return contests.told(eco, identity.number(identity.CONTESTANT, count, eco.quarter))


def _compete(eco: Ecosystem, idea: Floats, climate: float, rent: float) -> None:
    """Of the last at the door, who heard of a contest (idea: what each knows of the own, in s.d.),
    those stay who enter it.
    """
    founders = eco.founders
    before = len(founders) - idea.size
    founders.origin[before:] = CONTEST
    goes = np.zeros(len(founders), bool)
    goes[before:] = True
    goes[contests.enter(eco, before, idea, climate, rent)] = False
    founders.discard(goes)
    eco.record.count(contestants=len(founders) - before)


def _intake(eco: Ecosystem, uid: Ints, university: Ints) -> Floats:
    """Draw what would-be founders are and have; `university` is -1 for those from elsewhere. Returns
    how good their idea is (s.d.).
    """
    intake, dice = eco.world.founders, eco.dice
    drawn = dice.rolls(
        ("talent", "idea", "first product", "founder salary", "savings", "founder origin",
         "founder sector", "founding team"), uid,
    )  # fmt: skip
    traits, (origin, sector, team) = normal(drawn[:5]), drawn[5:]
    researcher = university >= 0
    income, outside_option, savings, quality, staff = prospects(
        traits, team, researcher,
        (intake.income, intake.outside_option, intake.savings, intake.quality_mean),
        (intake.income_spread, intake.outside_spread, intake.savings_spread,
         intake.quality_spread),
    )  # fmt: skip
    eco.founders.append(
        len(uid), uid=uid, talent=traits[0], first_quarter=eco.quarter, university=university,
        origin=np.where(researcher, 0, 1 + pick(intake.origin_share[1:], origin)),
        sector=pick(eco.world.sectors.firm_share, sector), income=income,
        outside_option=outside_option, savings=savings, quality=quality, staff=staff,
    )  # fmt: skip
    return traits[1]


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
    hosts, terms = eco.world.incubators, eco.terms.founding
    free = float(np.maximum(incubators.places - incubators.tenants, 0.0).sum())
    chance = min(free / max(eco.world.founders.yearly * eco.world.scale / 12.0, 1.0), 1.0)
    market = float((zones.rent[:4] * zones.floor_space[:4]).sum() / zones.floor_space[:4].sum())
    space = 5.0 * eco.world.zones.space_per_head
    discount = 1.0 - chance * (1.0 - hosts.rent_share * (1.0 - terms.rent_support))
    return market * 12.0 * space * discount / 1e6 / now.nominal


def _decide(eco: Ecosystem, climate: float, rent: float) -> tuple[Ints, float]:
    """Rows of those who found, and the share of the researchers' pay that lines can promise them."""
    founders, intake = eco.founders, eco.world.founders
    terms = eco.terms.founding

    def would(relief: float, entry_share: float) -> Flags:
        entry = intake.entry_cost * (1.0 - entry_share)
        return founds(
            founders.income, founders.outside_option, founders.savings, founders.university,
            relief, climate, entry, rent, intake.horizon,
        )  # fmt: skip

    ages = researchers.by_age(eco) if terms.leaves else np.zeros(0)
    relief, entry_share, held = researchers.relief(eco, ages), float(terms.entry_share), 1.0
    willing = would(relief, entry_share)
    if relief > 0.0 or entry_share > 0.0:
        entry = intake.entry_cost * eco.conditions.nominal * np.count_nonzero(willing)
        paid = eco.treasury.counted_on(terms, "entry_share", entry)
        held = researchers.held(eco, willing)
        if held != 1.0 or paid != entry_share:
            # Fewer found where the lines cannot keep what they promise.
            willing = would(researchers.relief(eco, ages, held), paid)
    wanting = rows_where(willing & (founders.university >= 0))
    willing[wanting] = False
    willing[_with_invention(eco, wanting)] = True
    return rows_where(willing), held


def _with_invention(eco: Ecosystem, rows: Ints) -> Ints:
    """Researchers (rows) leave with an invention whose ownership is clear; each takes one from the
    stock.
    """
    founders, stock = eco.founders, eco.universities.cleared
    order = rows[np.lexsort((founders.uid[rows], founders.university[rows]))]
    owner = founders.university[order]
    served = within_group(owner) < np.floor(stock[owner])
    np.subtract.at(stock, owner[served], 1.0)
    return order[served]


def _leave_the_door(eco: Ecosystem, founding: Ints) -> None:
    """Who founds is gone; of the others some come back, for two years at most."""
    founders = eco.founders
    back = eco.dice.roll("comes back", founders.uid) < eco.world.founders.returning
    goes = ~(back & (eco.quarter - founders.first_quarter < 8))
    goes[founding] = True
    founders.discard(goes)


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
    return new


def _take_share(eco: Ecosystem, sector: Ints, share: Floats) -> Floats:
    """What newcomers sell of a market is lost to competitors outside (shares of it, one a newcomer).
    Returns what they get: all get alike less where those have less than is asked for.
    """
    outside, taken = eco.sectors.outside_share, np.bincount(sector, share, len(eco.sectors))
    left = outside - taken
    if left.min() < 0.0:
        share = share * np.minimum(outside / np.maximum(taken, 1e-12), 1.0)[sector]
    outside[:] = np.maximum(left, 0.0)
    return share


def _start(eco: Ecosystem, rows: Ints, new: Ints) -> None:
    """Give new firms what their founders (rows) bring."""
    founders, firms = eco.founders, eco.firms
    firms.share[new] = _take_share(eco, firms.sector[new], firms.share[new])
    firms.origin[new] = founders.origin[rows]
    firms.quality[new] = founders.quality[rows]
    able = 0.42 + 0.12 * founders.talent[rows]
    firms.capability[new] = np.minimum(np.maximum(able, 0.05), 0.95)
    firms.outside_option[new] = founders.outside_option[rows]


def _found(eco: Ecosystem, rows: Ints, new: Ints, held: float) -> None:
    """Settle what founding costs and what has been promised for it."""
    founders, terms = eco.founders, eco.terms.founding
    money = founders.savings[rows] * eco.conditions.nominal
    eco.ledger.pay("households", "firms", "founders' capital", money, payee_rows=new)
    entry = eco.world.founders.entry_cost * eco.conditions.nominal
    eco.ledger.pay("firms", "outside", "entry cost", np.full(new.size, entry), payer_rows=new)
    due = np.full(new.size, entry * float(terms.entry_share))
    eco.treasury.share_out(terms, "entry_share", due, "entry cost", new)
    _leave_the_laboratory(eco, rows)
    researchers.take_leave(eco, new, rows, held)
    eco.record.count(births=new.size, spin_offs=int(np.count_nonzero(founders.origin[rows] == 0)))
    eco.record.event("founded", new, money)


def _leave_the_laboratory(eco: Ecosystem, rows: Ints) -> None:
    """The laboratory loses the research that those who found would have done."""
    home, research = eco.founders.university[rows], eco.universities.research
    np.subtract.at(research, home[home >= 0], eco.world.universities.research_a_head)
    np.maximum(research, 0.0, out=research)


def _would_move_here(eco: Ecosystem) -> arrivals.Movers:
    """Firms elsewhere, of fixed identity, compare what moving here costs with what it brings; those
    that come and are let in.
    """
    world, dice = eco.world, eco.dice
    expected = world.founders.recruits * world.scale / 4.0
    count = identity.rounded(expected, dice.once("recruits"))
    uid = identity.number(identity.RECRUIT, count, eco.quarter)
    rent = eco.zones.dearness() - 1.0
    gain = dice.normal("moving gain", uid) + eco.conditions.first_mover * 3.0 - 0.5 * rent
    coming = uid[gain > world.founders.recruit_barrier]
    spread = exp(arrivals.STAFF_SPREAD * dice.normal("recruit size", coming))
    staff = np.maximum(arrivals.MEDIAN_STAFF * spread, 5.0)
    return arrivals.screened(eco, arrivals.at_the_door(eco, coming, staff))


def _lead(eco: Ecosystem) -> None:
    """Leaders of their industry move here after the others, and are paid what was promised."""
    rent = eco.zones.dearness() - 1.0
    leaders = arrivals.leaders(eco, eco.conditions.first_mover * 3.0 - 0.5 * rent)
    if leaders.size:
        spread = exp(0.6 * eco.dice.normal("leader size", leaders))
        staff = eco.world.founders.leader_staff * spread
        movers = arrivals.screened(eco, arrivals.at_the_door(eco, leaders, staff))
        new = _enter(eco, movers.uid, movers.sector, movers.staff)
        _settle_in(eco, new, movers)
        _bring_capital(eco, new)
        arrivals.reward(eco, new)


def _settle_in(eco: Ecosystem, new: Ints, movers: arrivals.Movers) -> None:
    """Firms that exist elsewhere come with their staff, product, customers, and the sales that firms of
    so many people usually have.
    """
    firms, costs, nominal = eco.firms, eco.world.costs, eco.conditions.nominal
    revenue = usual_sales(movers.staff, costs.staff_base, costs.staff_elasticity, nominal)
    share = revenue / eco.sectors.market[movers.sector]
    firms.share[new] = _take_share(eco, movers.sector, share)
    firms.revenue[new] = revenue / 4.0
    firms.revenue_year[new] = firms.revenue_year_before[new] = revenue
    firms.origin[new] = INCOMER
    firms.stage[new] = GROWTH
    firms.quality[new] = 0.95 * exp(arrivals.QUALITY_SPREAD * movers.quality)
    firms.birth_quarter[new] = eco.quarter - 16
    firms.customers[new] = np.maximum(revenue / 0.5, 3.0)
    firms.propensity[new] = np.minimum(firms.propensity[new] * 0.4, 0.2)


def _bring_capital(eco: Ecosystem, new: Ints) -> None:
    revenue = eco.firms.revenue_year[new]
    eco.ledger.pay("outside", "firms", "capital of firms moving in", 0.25 * revenue, payee_rows=new)
    eco.record.count(arrivals=new.size)
    eco.record.event("moved in", new, revenue)
