"""How 三(四), industries disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
import pytest
from factories import (
    LIVELY,
    MICRO,
    RICH,
    after,
    changed,
    district,
    flows,
    flows_now,
    lived,
    series,
    strong,
    total,
)

from agents.codes import INCOMER
from scenarios.lever import Targeting
from sim import identity
from sim.mechanisms import arrivals, pilot_lines
from sim.mechanisms.arrivals import Screen
from sim.snapshot import Snapshot


def test_functional_zones_build_floors_that_stay_empty():
    rich = changed(MICRO, {"purse.programme_budget": 1e6})
    policy, baseline = (
        lived(levers, 8, world=rich) for levers in ((strong("functional_zones"),), ())
    )
    assert series(policy, "occupancy")[-1] < 0.9 * series(baseline, "occupancy")[-1]
    built = series(policy, "floor_space")[-1] / series(baseline, "floor_space")[-1]
    housed = series(policy, "employment")[-1] / series(baseline, "employment")[-1]
    assert built > 1.2
    assert housed < 1.05


def test_industry_fund_leaves_other_sectors_fewer_funds():
    """A fund bound to the named industries holds elsewhere what its quota leaves, and no more."""
    for quota in (0.9, 0.6):
        eco = lived((strong("industry_fund", quota=quota),), 10, world=LIVELY)
        funds, stakes = eco.funds, eco.stakes
        named = eco.world.sectors.positions(eco.world.sectors.priority)
        elsewhere = stakes.cost * ~np.isin(eco.firms.sector[stakes.firm], named)
        held = np.bincount(stakes.other, elsewhere, len(funds))
        # The last tickets may pass the bound; they are written while it holds.
        room = (1.0 - funds.local_quota) * (funds.committed + 100.0)
        bound = funds.guidance == 2
        assert bound.any()
        assert (held[bound] <= room[bound]).all()


def test_advanced_manufacturing_builds_nothing_where_a_zone_is_full():
    eco = district((strong("advanced_manufacturing"),))
    eco.zones.floor_space[:4] = 1.0
    eco.run(1)
    assert flows(eco, "bringing to market") == 0.0


def test_advanced_manufacturing_is_asked_for_by_few_where_rents_are_dear():
    """A line brings out sooner only what waits for money, and its rent must be worth that."""
    lever = strong("advanced_manufacturing", space=30.0)
    cheap, dear = (district((lever,), world=LIVELY) for _ in range(2))
    dear.zones.rent[:] *= 10.0
    asked = [pilot_lines.worth_their_rent(eco, np.ones(len(eco.firms), bool), room)
             for eco in (cheap, dear) for room in [pilot_lines.room_for(eco, lever.space)]]  # fmt: skip
    assert 0 < asked[1].sum() < asked[0].sum() < len(cheap.firms)
    assert not (asked[1] & ~asked[0]).any()


def test_advanced_manufacturing_takes_space_whose_rent_is_paid_until_the_product_is_out():
    lever = strong("advanced_manufacturing", space=1.0, targeting=Targeting())
    honest = changed(LIVELY, {"grants.temptation": 0.0})
    roomy = district(world=honest)
    roomy.zones.floor_space[:4] *= 1.3
    policy, baseline = (after(1, levers, world=honest, snapshot=Snapshot.take(roomy))
                        for levers in ((lever,), ()))  # fmt: skip
    let = policy.zones.lines.sum()
    assert 0.0 < policy.firms.line_space.sum() <= let
    assert (policy.zones.used - baseline.zones.used)[:4].sum() == pytest.approx(let)
    assert flows(policy, "rent") > flows(baseline, "rent")
    policy.firms.prototype[:] = 0.0
    policy.treasury.lines["advanced_manufacturing"].yearly = 0.0
    policy.treasury.lines["advanced_manufacturing"].available = 0.0
    policy.run(1)
    assert policy.firms.line_space.sum() == policy.zones.lines.sum() == 0.0


def test_advanced_manufacturing_lines_share_the_room_that_a_zone_has_left():
    lever = strong("advanced_manufacturing", space=1.0, targeting=Targeting())
    eco = district((lever,), world=LIVELY)
    eco.firms.cash[:] = np.minimum(eco.firms.cash, 1.5 * eco.firms.cost)  # many products wait
    eco.ledger.open()
    eco.zones.floor_space[:4] = eco.zones.used[:4] + 2.5
    eco.run(1)
    built = eco.zones.lines > 0.0
    assert eco.zones.lines.max() == 2.0
    assert (eco.zones.used <= eco.zones.floor_space)[built].all()


def test_technology_services_bring_shells_that_live_on_the_award_and_close():
    """What opens for the award and finds no custom is gone when the award is spent."""
    modest = strong("technology_services", award=0.9)
    policy, baseline = (lived(levers, 10, world=LIVELY) for levers in ((modest,), ()))
    assert total(policy, "agencies_closed") > total(baseline, "agencies_closed")


def test_technology_services_agencies_find_idle_hours():
    policy, baseline = (lived(levers, 6, world=LIVELY) for levers in
                        ((strong("technology_services"),), ()))  # fmt: skip
    use = [float((e.agencies.use * e.agencies.hours).sum() / e.agencies.hours.sum())
           for e in (policy, baseline)]  # fmt: skip
    assert use[0] < use[1]


def test_firm_attraction_is_in_vain_where_rivals_match_every_award():
    """A bidding war: what others add as well moves nobody."""
    came = []
    for rivals in (0.0, 1.0):
        world = changed(LIVELY, {"founders.rivals": rivals})
        came.append(
            total(after(4, (strong("firm_attraction", award=12.0),), world=world), "leaders")
        )
    assert came[0] > came[1]


def test_firm_attraction_promises_make_buying_a_leader_out_dearer_and_are_paid_back():
    """A promise of no length binds nobody: more are bought and taken away, and nothing is owed."""
    kept, back = [], []
    for years in (0.0, 20.0):
        eco = after(12, (strong("firm_attraction", years=years),), world=RICH)
        kept.append(int((eco.firms.uid // 2**48 == identity.LEADER).sum()))
        back.append(flows(eco, "awards paid back"))
    assert kept[0] < kept[1]
    assert back[0] == 0.0 < back[1]


def test_firm_attraction_awards_are_worked_off_by_staying():
    eco = after(2)
    rows = np.arange(3)
    eco.firms.bound_until[rows] = [0, eco.quarter + 4, eco.quarter + 12]
    eco.firms.award_rate[rows] = 0.5
    assert arrivals.owed(eco, rows).tolist() == [0.0, 2.0, 6.0]


def test_key_firm_services_go_to_the_largest():
    eco = district((strong("key_firm_services", served=500.0),))
    eco.treasury.turn(0)
    eco.levers[0].hooks()["settling"](eco)
    served = np.asarray(eco.terms.settling.compliance) > 0.0
    assert 0 < served.sum() < len(eco.firms)
    assert eco.firms.revenue_year[served].min() >= eco.firms.revenue_year[~served].max()


def test_key_firm_services_do_no_more_for_a_firm_than_a_managers_time_is_worth():
    """They had spared the eighty largest 2,450 m yuan a year, for managers who cost 3.7."""
    eco = district((strong("key_firm_services", share=0.3),))
    eco.treasury.turn(0)
    eco.levers[0].hooks()["settling"](eco)
    done = eco.terms.settling.compliance
    spared = done * eco.world.costs.compliance * eco.firms.revenue
    assert done.max() <= 0.3
    assert 0.0 < spared.sum() <= flows_now(eco, "account managers")


def test_entry_screening_keeps_out_good_firms_where_assessors_err():
    eco = district()
    crowd = identity.number(identity.RECRUIT, 4_000)
    movers = arrivals.at_the_door(eco, crowd, np.full(4_000, 15.0))
    let_in = []
    for noise in (0.0, 5.0):
        eco.terms.founding.reset()
        screen = Screen("", 0.5, noise, (0.0, 0.0, 0.0, 0.0))
        eco.terms.founding.contribute("entry_screening", screens=screen)
        let_in.append(arrivals.screened(eco, movers).quality.mean())
    assert let_in[0] > let_in[1] > 0.0


@pytest.mark.parametrize("resource", range(4), ids=["people", "land", "energy", "water"])
def test_entry_screening_looks_at_each_thing_that_output_takes(resource):
    """Who takes more of what has weight is turned away more often, at equal promise and noise."""
    eco = district()
    crowd = identity.number(identity.RECRUIT, 4_000)
    staff = np.where(crowd % 2 == 0, 5.0, 200.0)
    weights = tuple(float(resource == k) for k in range(4))
    eco.terms.founding.contribute("entry_screening", screens=Screen("", 0.5, 0.0, weights))
    movers = arrivals.at_the_door(eco, crowd, staff)
    passed = np.isin(crowd, arrivals.screened(eco, movers).uid)
    sectors = eco.world.sectors
    if resource < 2:
        thirsty = staff < 100.0
    else:
        need = np.array((sectors.energy, sectors.water)[resource - 2])
        thirsty = need[movers.sector] > need[0]
    assert passed[thirsty].mean() < 0.8 * passed[~thirsty].mean()


@pytest.mark.parametrize("resource", range(4), ids=["people", "land", "energy", "water"])
def test_entry_screening_asks_those_to_leave_who_take_much_of_anything(resource):
    eco = after(1)
    firms, zones = eco.firms, eco.zones
    firms.origin[:] = INCOMER
    firms.birth_quarter[:] = -100
    firms.revenue_year[:] = firms.staff * 1.0
    firms.sector[:], firms.zone[:] = np.arange(len(firms)) % 2 * 5, 0
    if resource == 0:
        firms.revenue_year[::2] *= 0.1
    if resource == 1:
        firms.zone[::2] = 3
        zones.used[:] = [1e3, 0.0, 0.0, 1e6, 0.0]
    weights = tuple(float(resource == k) for k in range(4))
    short = arrivals.falls_short(eco, weights, 0.9, 3.0)
    greedy = firms.sector == 5 if resource > 1 else np.arange(len(firms)) % 2 == 0
    assert (short == greedy).all()


def test_finance_attraction_pays_managers_who_would_have_opened():
    eco = lived((strong("finance_attraction"),), 6, world=LIVELY)
    paid = flows(eco, "offices opened") / 4.0 / 50.0
    assert paid > total(eco, "offices_opened") / 50.0 / 1.5


def test_regional_transfer_takes_jobs_out_of_the_district():
    policy, baseline = (lived(levers, 6) for levers in ((strong("regional_transfer"),), ()))
    gone = [series(eco, "employment_region")[-1] for eco in (policy, baseline)]
    assert gone[0] > 2.0 * gone[1]
    apart = policy.firms.staff_region > 0.0
    assert (policy.firms.staff_region[apart] <= policy.firms.staff[apart]).all()


def test_regional_transfer_pays_for_moves_that_would_be_made_without_it():
    """Where rent saved pays for moving, the line pays and nobody moves on account of it."""
    cheap = changed(MICRO, {"zones.relocation_cost": 0.01})
    policy, baseline = (after(4, levers, world=cheap)
                        for levers in ((strong("regional_transfer"),), ()))  # fmt: skip
    assert total(policy, "relocations") == total(baseline, "relocations") > 0.0
    assert policy.treasury.lines["regional_transfer"].spent > 0.0


def test_regional_co_innovation_spends_in_the_region():
    eco = lived((strong("regional_co_innovation", outside=0.6),), 4)
    assert flows(eco, "partners outside") > 0.0
