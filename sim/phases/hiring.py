"""Hiring: firms recruit, wages clear, top people decide whether to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.codes import EARLY
from agents.columns import rows_where, total_of
from agents.exact import exp, log, power
from agents.schema import Flags, Floats, Ints
from sim import identity
from sim.markets import staffing
from sim.mechanisms import settling_in, top_people
from sim.terms import Combine, Terms, term
from sim.zones import REGION

if TYPE_CHECKING:
    from sim.model import Ecosystem

TALENT_AGENCY = 2
POACHED = 1 << 20  # people of neighbours are numbered apart from those abroad


@dataclass(frozen=True)
class CoFunding:
    """A firm's offer abroad is raised by a share, up to a quota of persons a quarter, for people
    whom a third party finds able; `strictness` is the share of candidates it turns down.
    """

    lever: str
    share: float
    offer: float
    quota: float
    strictness: float


@dataclass(frozen=True)
class Openings:
    """Firms (rows) that want a top person at the usual pay, and those that want one at the raised offer
    of the co-funding on offer, if there are any of them.
    """

    usual: Ints
    raised: Ints
    matches: tuple[CoFunding, ...]


class HiringTerms(Terms):
    """What levers may change about people."""

    award = term(Combine.MAXIMUM, "district", "m yuan", "one-off award to a top person")
    quota = term(Combine.ADD, "district", "persons/quarter", "awards on offer")
    newcomer_share = term(
        Combine.MAXIMUM, "district", "share", "share of awards kept for people not yet here"
    )
    matching_share = term(
        Combine.COMPLEMENT, "district", "share", "share of the price of talent agencies' hours paid"
    )
    services = term(
        Combine.COLLECT, "district", "m yuan", "help with housing and schools for people who come"
    )
    matches = term(Combine.COLLECT, "district", "share", "co-funding of firms' offers abroad")


def run(eco: Ecosystem) -> None:
    """Fill jobs and move wages.

    Reads: firms' revenue, R&D plans, cash; zones' rents; agencies' hours. Writes: firms.cash, staff,
    st_staff, top_talent, conditions' wages, supply_st, award_chance, residents, agencies.sold,
    prepaid, cash. Dice: by person abroad, by firm.
    """
    agencies = rows_where(eco.agencies.kind == TALENT_AGENCY)
    _recruit(eco, agencies)
    _attract(eco, agencies)


def staff_wanted(eco: Ecosystem) -> tuple[Floats, Floats]:
    """S&T staff and other staff that firms want, in persons."""
    firms, now, costs = eco.firms, eco.conditions, eco.world.costs
    return staffing.wanted(
        firms.rnd_target, labour_share=eco.world.research.labour_share, wage=now.wage_st / 4.0,
        top_pay=top_people.pay(eco), revenue_year=firms.revenue_year, revenue=firms.revenue,
        nominal=now.nominal, base=costs.staff_base, elasticity=costs.staff_elasticity,
        cash=firms.cash, cost=firms.cost, least=costs.staff_least,
        propensity=firms.propensity, young=firms.stage <= EARLY,
        seed_burn=eco.world.research.seed_burn,
    )  # fmt: skip


def _recruit(eco: Ecosystem, agencies: Ints) -> None:
    """Firms recruit towards the staff they want, with the help of talent agencies (rows)."""
    firms, labour, now = eco.firms, eco.world.labour, eco.conditions
    science, others = staff_wanted(eco)
    demand, there, missing, surplus, short = staffing.gaps(
        science, firms.st_staff, "matching_share" in eco.terms.hiring.parts
    )
    if now.supply_st <= 0.0:
        now.supply_st = demand
    now.supply_st *= float(exp(labour.supply_growth / 4.0))
    supply = now.supply_st * _pull_of_wages(eco)
    cover = _agency_cover(eco, agencies, science, missing, short)
    speed = labour.hire_speed * (1.0 + eco.world.agencies.matching_gain * cover)
    openings = speed * missing
    free = supply - there + labour.fire_speed * surplus
    hire = speed * staffing.fill_rate(openings, max(free, 0.1 * openings))
    staffing.recruit(
        firms.staff, firms.st_staff, science, others, hire, labour.hire_speed, labour.fire_speed,
        eco.world.costs.staff_least,
    )  # fmt: skip
    step = staffing.wage_step(demand, supply, labour.wage_speed)
    growth = eco.world.costs.nominal_growth / 4.0
    now.wage_st *= float(exp(growth + step))
    now.wage_other *= float(exp(growth))


def _pull_of_wages(eco: Ecosystem) -> float:
    """S&T supply against the path: pay draws people, dear housing keeps them away."""
    labour, now = eco.world.labour, eco.conditions
    pay = log(now.wage_st / (labour.wage_st * now.nominal))
    zones = eco.zones
    dear = total_of(log(zones.rent[:REGION] / zones.rent_path[:REGION])) / REGION
    return float(exp(labour.supply_elasticity * pay - labour.housing_weight * dear))


def _agency_cover(
    eco: Ecosystem, rows: Ints, science: Floats, missing: float, short: Ints
) -> float:
    """Share of openings that talent agencies (rows) can work on; they sell the hours to firms with
    openings (the rows that are short of staff), which get back the share that lines pay.
    """
    agencies = eco.agencies
    hours = total_of(agencies.hours[rows] * agencies.quality[rows])
    rules, terms = eco.world.agencies, eco.terms.hiring
    price = rules.hour_price * eco.conditions.nominal
    # Everybody's hours are paid in part, so that little is left for each where money is short, or
    # kept for people.
    kept = max((service.kept for service in terms.services), default=0.0)
    most = min(hours, 20.0 * missing) * price / max(1.0 - kept, 1e-9)
    share = float(eco.treasury.counted_on(terms, "matching_share", most))
    asked = (
        min(rules.habit * float(power(1.0 - share, -rules.price_response)), 1.0) * 20.0 * missing
    )
    cover = min(hours, asked) / max(20.0 * missing, 1.0)
    used = cover * 20.0 * missing / max(hours, 1.0)
    agencies.sold[rows] = agencies.hours[rows] * min(used, 1.0)
    if share > 0.0:
        # Firms pay for the hours out of overhead; the lines give them their share back.
        hours_each = total_of(agencies.sold[rows]) / max(missing, 1e-9)
        sold, due = staffing.hours_sold(
            science, eco.firms.st_staff, short, hours_each, price, share
        )
        eco.treasury.share_out(terms, "matching_share", due, "talent agencies", short)
        eco.record.count(talent_hours=total_of(sold) * share)
    return cover


def _attract(eco: Ecosystem, agencies: Ints) -> None:
    """People of fixed identity compare the offer here with the one elsewhere, if any firm wants them;
    talent agencies (rows) help those who come.
    """
    world, dice, now, terms = eco.world.talent, eco.dice, eco.conditions, eco.terms.hiring
    scale = eco.world.scale
    top_talent = eco.firms.top_talent
    np.multiply(top_talent, 1.0 - world.attrition, out=top_talent)
    count = identity.rounded(world.yearly * scale / 4.0, dice.once("people"))
    uid = identity.number(identity.TALENT, count, eco.quarter)
    housing = world.housing * eco.zones.dearness()
    expected = float(terms.award) * now.award_chance / world.horizon / now.nominal
    openings = _openings(eco)
    raised, assessed = _co_funded(eco, uid, openings)
    facilities = world.amenity_worth * total_of(eco.zones.amenity) / scale
    elsewhere = world.outside * exp(world.outside_spread * dice.normal("offer", uid))
    # What keeps people where they are besides money: the density of peers draws, by taste.
    density = 0.15 * dice.normal("taste for peers", uid) + 0.12

    def would(spared: float) -> Flags:
        # What is spared of the first year counts as an award does.
        costs = housing * (1.0 - spared / world.horizon)
        here = world.pay + expected - costs + facilities + raised / world.horizon
        return (here * (1.0 + density) > elsewhere - 0.10) & (openings.usual.size > 0)

    comes = would(settling_in.eased(eco, agencies, would))
    arriving = uid[comes]
    settling_in.serve(eco, agencies, arriving.size)
    _place(eco, arriving, assessed[comes], openings)
    _give_awards(eco, len(arriving))
    eco.record.count(top_arrivals=len(arriving))


def _openings(eco: Ecosystem) -> Openings:
    """A firm takes nobody who adds less than the pay, and offers more only where that is worth it."""
    usual, matches = top_people.wanted_by(eco), eco.terms.hiring.matches
    if not matches:
        return Openings(usual, usual, ())
    raised = top_people.wanted_by(eco, sum(match.offer for match in matches))
    return Openings(usual, raised, tuple(matches) if raised.size else ())


def _co_funded(eco: Ecosystem, people: Ints, openings: Openings) -> tuple[Floats, np.ndarray]:
    """What firms' offers and the district's part add for those whom an assessor passes."""
    raised, passed = np.zeros(people.size), np.zeros(people.size, bool)
    for match in openings.matches:
        able = rows_where(eco.dice.roll("assessed", people) >= match.strictness)
        quota = identity.rounded(match.quota, eco.dice.once(f"{match.lever}: quota"))
        raised[able[:quota]] = match.offer * (1.0 + match.share)
        passed[able[:quota]] = True
    return raised, passed


def _place(eco: Ecosystem, people: Ints, co_funded: Flags, openings: Openings) -> None:
    """Each goes to a firm that wants one more: the next on a ring of identities. A firm pays its offer
    to those it recruited with co-funding, the line its part, whether or not it was needed.
    """
    firms, matches = eco.firms, openings.matches
    near = [_neighbours(eco, match, int(np.count_nonzero(co_funded))) for match in matches]
    seekers = np.concatenate([people, *near]) if near else people
    if seekers.size == 0:
        return
    seats, stands = eco.dice.roll("seat", firms.uid), eco.dice.roll("stand", seekers)
    places, offered = np.empty(seekers.size, np.int64), np.ones(seekers.size, bool)
    offered[: people.size] = co_funded
    for able, who in ((openings.usual, ~offered), (openings.raised, offered)):
        if who.any():
            places[who] = able[staffing.next_on_ring(seats[able], stands[who])]
    rows, others = places[: people.size], places[people.size :]
    if people.size:
        add = _brilliance(eco, people)
        np.add.at(firms.top_talent, rows, add)
        eco.record.event("recruited a top person", rows, add)
        for match in matches:
            _pay_co_funding(eco, match, rows[co_funded])
    for match, theirs in zip(matches, near, strict=True):
        _poach(eco, match, seats, theirs, others[: theirs.size])
        others = others[theirs.size :]


def _brilliance(eco: Ecosystem, people: Ints) -> Floats:
    """What each can add, and asks for: one person's worth on average."""
    spread = eco.world.talent.quality_spread
    return exp(spread * eco.dice.normal("brilliance", people) - 0.5 * spread**2)


def _pay_co_funding(eco: Ecosystem, match: CoFunding, rows: Ints) -> None:
    if rows.size:
        offer = np.full(rows.size, match.offer * eco.conditions.nominal)
        eco.treasury.spend(match.lever, "households", "offers co-funded", offer * match.share)
        eco.ledger.pay("firms", "households", "offers abroad", offer, payer_rows=rows)


def _neighbours(eco: Ecosystem, match: CoFunding, taken: int) -> Ints:
    """Places that nobody from abroad takes go to people of neighbours for whom the raise outweighs
    what ties them: an assessor sees that they are able, not where they were.
    """
    world = eco.world.talent
    rest = max(match.quota - taken, 0.0)
    free = identity.rounded(rest, eco.dice.once(f"{match.lever}: places left"))
    people = identity.number(identity.TALENT, free, eco.quarter) + POACHED
    ties = np.abs(world.outside_spread * eco.dice.normal("ties", people)) * world.pay
    return people[match.offer * (1.0 + match.share) / world.horizon > ties]


def _poach(eco: Ecosystem, match: CoFunding, seats: Floats, people: Ints, new: Ints) -> None:
    """People leave the firm they are found at (of all, by their `seats`) for a new one (rows)."""
    firms = eco.firms
    seated = rows_where(firms.top_talent >= 1.0) if people.size else people
    if seated.size == 0:
        return
    place = eco.dice.roll("place left", people)
    old = seated[staffing.next_on_ring(seats[seated], place)]
    first = staffing.first_of_each(old, len(firms))
    old, new = old[first], new[first]
    firms.top_talent[old] -= 1.0
    np.add.at(firms.top_talent, new, 1.0)
    eco.record.count(poached=old.size)
    _pay_co_funding(eco, match, new)


def _give_awards(eco: Ecosystem, arrived: int) -> None:
    """Awards go to newcomers' reserved share first; residents apply too and cannot be told apart."""
    terms, now = eco.terms.hiring, eco.conditions
    quota = float(terms.quota)
    now.residents = now.residents * (1.0 - eco.world.talent.attrition) + arrived
    if quota <= 0.0 or float(terms.award) <= 0.0:
        now.award_chance = 0.0
        return
    reserved = min(quota * float(terms.newcomer_share), float(arrived))
    open_places = quota - reserved
    others = max(now.residents - reserved, 1e-9)
    rate = min(open_places / others, 1.0)
    given = reserved + rate * others
    parts = eco.terms.hiring.parts.get("quota", [])
    for lever, part in parts:
        amount = float(terms.award) * given * float(part) / quota
        eco.treasury.spend(lever, "households", "talent awards", amount)
    newcomer = (reserved + rate * max(arrived - reserved, 0.0)) / max(arrived, 1)
    now.award_chance = min(newcomer, 1.0)
    now.residents = max(now.residents - given, 0.0)
    eco.record.count(awards=given, awards_newcomers=newcomer * arrived)
