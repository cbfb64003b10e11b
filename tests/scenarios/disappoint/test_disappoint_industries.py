"""How 三(四), industries disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
from factories import LIVELY, MICRO, after, changed, district, flows, lived, series, strong, total

from agents.exact import normal
from sim import arrivals, identity
from sim.arrivals import Screen


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
    """A wholly bound fund meets nobody outside the named industries, another holds what it may."""
    for quota in (1.0, 0.6):
        eco = lived((strong("industry_fund", quota=quota),), 6, world=LIVELY)
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


def test_key_firm_services_go_to_the_largest():
    eco = district((strong("key_firm_services", served=500.0),))
    eco.treasury.turn(0)
    eco.levers[0].hooks()["settling"](eco)
    served = np.asarray(eco.terms.settling.compliance) > 0.0
    assert 0 < served.sum() < len(eco.firms)
    assert eco.firms.revenue_year[served].min() >= eco.firms.revenue_year[~served].max()


def test_entry_screening_keeps_out_good_firms_where_assessors_err():
    eco = district()
    crowd = identity.number(identity.RECRUIT, 4_000)
    quality = normal(eco.dice.again("recruit quality", crowd))
    let_in = []
    for noise in (0.0, 5.0):
        eco.terms.founding.reset()
        eco.terms.founding.contribute("entry_screening", screens=Screen("", 0.5, noise, 0.0))
        let_in.append(quality[np.isin(crowd, arrivals.screened(eco, crowd))].mean())
    assert let_in[0] > let_in[1] > 0.0


def test_finance_attraction_pays_managers_who_would_have_opened():
    eco = lived((strong("finance_attraction"),), 6, world=LIVELY)
    paid = flows(eco, "offices opened") / 4.0 / 50.0
    assert paid > total(eco, "offices_opened") / 50.0 / 1.5


def test_regional_transfer_takes_jobs_out_of_the_district():
    policy = lived((strong("regional_transfer"),), 6)
    assert series(policy, "employment_region")[-1] > 0.0
    apart = policy.firms.staff_region > 0.0
    assert (policy.firms.staff_region[apart] <= policy.firms.staff[apart]).all()


def test_regional_co_innovation_spends_in_the_region():
    eco = lived((strong("regional_co_innovation", outside=0.6),), 4)
    assert flows(eco, "partners outside") > 0.0
