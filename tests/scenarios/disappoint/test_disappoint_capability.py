"""How 三(三), capability disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
from factories import MICRO, after, changed, flows, lived, series, strong, total

from sim import royalties


def test_rnd_subsidy_pays_for_increments_made_before_anybody_heard_of_it():
    """Windfall: a refund that starts this quarter pays for last year's R&D."""
    lever = strong("rnd_subsidy", start=3)
    eco, baseline = lived((lever,), 4), lived((), 4)
    assert series(eco, "rnd")[:3].tolist() == series(baseline, "rnd")[:3].tolist()
    assert flows(eco, "R&D refunds") > 0.0


def test_rnd_subsidy_makes_the_tempted_call_other_cost_rnd():
    """Relabelling: some report more than they do; without the scheme nobody does."""
    policy, baseline = lived((strong("rnd_subsidy"),), 8), lived((), 8)
    assert (baseline.firms.rnd_reported == baseline.firms.rnd).all()
    more = policy.firms.rnd_reported > policy.firms.rnd
    assert 0 < more.sum() < len(more)
    assert policy.firms.honesty[more].max() < policy.firms.honesty[~more].max()


def test_rnd_subsidy_where_nobody_is_tempted_nobody_relabels():
    honest = changed(MICRO, {"grants.temptation": 0.0})
    eco = after(8, (strong("rnd_subsidy"),), world=honest)
    assert flows(eco, "R&D refunds") > 0.0
    assert (eco.firms.rnd_reported == eco.firms.rnd).all()


def test_mission_rnd_diverts_effort_from_own_products():
    """R&D rises by more than what of it serves the firm."""
    policy, baseline = lived((strong("mission_rnd"),), 6), lived((), 6)
    assert total(policy, "rnd") > total(baseline, "rnd")
    assert total(policy, "innovations") < 1.05 * total(baseline, "innovations")


def test_industry_rnd_platforms_serve_members_only():
    policy, baseline = lived((strong("industry_rnd_platforms"),), 6), lived((), 6)
    assert policy.alliances.platform.sum() > baseline.alliances.platform.sum()
    insiders = np.unique(policy.memberships.firm)
    assert insiders.size < 0.5 * len(policy.firms)


def test_joint_rnd_finds_partners_on_paper():
    policy = lived((strong("joint_rnd"),), 4)
    assert total(policy, "misuse") > total(lived((), 4), "misuse")
    honest = changed(MICRO, {"grants.temptation": 0.0})
    assert total(after(4, (strong("joint_rnd"),), world=honest), "misuse") == 0.0


def test_industry_alliances_introduce_insiders_only():
    eco = after(2, (strong("industry_alliances"),))
    members = np.zeros(len(eco.firms), bool)
    members[eco.memberships.firm] = True
    small = eco.firms.staff < eco.world.alliances.join_staff
    assert members[small].mean() < members[~small].mean()


def test_civil_military_orders_are_no_reference():
    policy = lived((strong("civil_military"),), 4)
    assert total(policy, "orders") > 0.0
    assert policy.firms.references.max() == 0.0


def test_patent_operations_are_paid_for_by_those_who_sell():
    policy, baseline = lived((strong("patent_operations"),), 6), lived((), 6)
    a_yuan = [total(eco, "royalties") / total(eco, "revenue") for eco in (policy, baseline)]
    assert a_yuan[0] > a_yuan[1]


def test_patent_pools_make_outsiders_pay_more():
    eco = after(2, (strong("patent_pools"),))
    other = after(2)
    outside = np.ones(len(eco.firms), bool)
    outside[eco.memberships.firm] = False
    bare = outside & (eco.firms.patents <= 0.0)
    eco.terms.settling.contribute("patent_pools", pooled=np.full(len(eco.sectors), 0.9))
    with_pool = royalties.settle(eco)[bare].sum()
    eco.terms.settling.reset()
    assert with_pool > royalties.settle(eco)[bare].sum()
    assert len(other.firms) > 0


def test_standards_awards_are_paid_for_joining():
    eco = lived((strong("standards", lead=1.0),), 4)
    led = total(eco, "standards_led") * 1.0
    assert flows(eco, "standards") > led


def test_brands_support_pays_for_the_usual_outlay():
    policy = lived((strong("brands", share=0.2),), 4)
    built = policy.firms.brand.sum() * 50.0
    assert flows(policy, "brand support") > 0.5 * built


def test_global_innovation_spends_abroad():
    eco = lived((strong("global_innovation", outside=0.5),), 4)
    assert flows(eco, "partners outside") > 0.0
