"""How 三(三), capability disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
import pytest
from factories import MICRO, RICH, after, changed, flows, lived, series, strong, total

from sim.mechanisms import patent_trade, royalties
from sim.mechanisms.defence import qualified


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


def test_mission_rnd_costs_applicants_no_more_than_there_is_to_win():
    """Some of what government pays is used up in applying; nobody applies to lose by it."""
    policy, baseline = lived((strong("mission_rnd"),), 8), lived((), 8)
    spent = total(policy, "applicant_effort") - total(baseline, "applicant_effort")
    won = total(policy, "grants") - total(baseline, "grants")
    assert 0.0 < spent < won


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
    """Who is no member, as all the small are, is introduced to nobody."""
    eco = after(2, (strong("industry_alliances"),))
    eco.memberships.append(3, firm=np.arange(3), other=np.zeros(3, np.int64))
    eco.treasury.turn(eco.quarter)
    eco.terms.selling.reset()
    eco.levers[0].hooks()["selling"](eco)
    known = np.zeros(len(eco.firms)) + eco.terms.selling.catalogue
    members = np.unique(eco.memberships.firm)
    assert (known[members] > 0.0).all()
    assert np.delete(known, members).max() == 0.0


def test_civil_military_orders_are_no_reference():
    policy = lived((strong("civil_military"),), 4)
    assert total(policy, "orders") > 0.0
    assert policy.firms.references.max() == 0.0


def test_civil_military_takes_time_and_pays_for_few_where_orders_are_few():
    few, many = (after(3, (strong("civil_military", volume=volume, delay=2.0, aid=0.5),))
                 for volume in (50.0, 20_000.0))  # fmt: skip
    asked = [int((eco.firms.qualified_from > 0).sum()) for eco in (few, many)]
    assert 0 < asked[0] < asked[1]
    assert series(many, "orders")[:2].max() == 0.0 < series(many, "orders")[2]
    assert flows(many, "qualification") > total(many, "outlay") > 0.0


def test_civil_military_orders_no_more_than_its_line_can_bear():
    """Projects use the line up before the orders are placed; those had then been delivered unpaid."""
    lever = strong("civil_military", envelope=30.0)
    policy = lived((lever,), 8)
    assert 0.0 < total(policy, "orders") < 2.0 * lever.envelope / (lever.premium + 0.1)
    assert flows(policy, "price preference") > 0.0


def test_civil_military_qualifications_run_out():
    lever = strong("civil_military", valid=0.5)
    eco = after(1, (lever,))
    held = qualified(eco, lever.valid)
    assert held.any()
    eco.quarter += 2
    assert not qualified(eco, lever.valid).any()


def test_patent_operations_pay_holders_more_than_keeping_is_worth_to_them():
    """Who has more patents than are paid for parts with the rest; who needs money sells cheaper."""
    eco = after(1)
    firms, kind = eco.firms, np.arange(len(eco.firms)) % 3
    firms.patents[:] = np.array([10.0, 10.0, eco.world.royalties.portfolio + 20.0])[kind]
    firms.cash[:] = np.array([100.0, 0.0, 100.0])[kind] * firms.cost
    firms.operated[:], firms.sector[:] = 0.0, 0
    firms.revenue[:] = firms.revenue.mean()
    income = patent_trade.income_a_patent(eco)
    lowest = np.full(3, np.inf)
    for price in np.geomspace(10.0, 0.001, 200) * income[0]:
        rows, pieces, each = patent_trade.sellers(
            eco, np.full(len(eco.sectors), price), 5.0, income
        )
        assert np.all(pieces == 5.0)
        assert np.all(each == price)
        lowest[kind[rows]] = price
    assert lowest[0] > lowest[1] > lowest[2]


def test_patent_operations_cost_work_and_holders_lose_the_income():
    policy = lived((strong("patent_operations"),), 6)
    assert flows(policy, "patents asserted") > 0.0
    cheap, dear = (after(2, (strong("patent_operations"),), world=changed(MICRO, {
        "royalties.operators_cost": cost})) for cost in (0.0, 1.0))  # fmt: skip
    assert cheap.firms.operated.sum() > dear.firms.operated.sum() == 0.0
    seller = int(np.argmax(cheap.firms.operated))
    kept = royalties.settle(cheap)
    cheap.firms.operated[seller] = 0.0
    assert royalties.settle(cheap)[seller] < kept[seller]


def test_nobody_sells_patents_it_does_not_have():
    eco = lived((strong("patent_operations"),), 6)
    sellers = np.flatnonzero(eco.firms.operated)
    assert sellers.size
    assert (eco.firms.operated <= eco.firms.patents + 1e-9)[sellers].all()


def test_patent_operations_are_paid_for_by_those_who_sell():
    policy, baseline = lived((strong("patent_operations"),), 6), lived((), 6)
    a_yuan = [total(eco, "royalties") / total(eco, "revenue") for eco in (policy, baseline)]
    assert a_yuan[0] > a_yuan[1]


def test_patent_pools_make_outsiders_pay_more():
    """Members ask outsiders for what they no longer pay each other: a cartel."""
    eco = after(2)
    eco.memberships.append(60, firm=np.arange(60), other=np.zeros(60, np.int64))
    outside = np.ones(len(eco.firms), bool)
    outside[:60] = False
    bare = outside & (eco.firms.patents <= 0.0)
    apart = royalties.settle(eco)
    eco.treasury.open_line("patent_pools", 1e6, 0, 400)
    eco.treasury.turn(eco.quarter)
    eco.terms.settling.contribute("patent_pools", pooled=np.full(len(eco.sectors), 0.9))
    together = royalties.settle(eco)
    assert together[bare].sum() > apart[bare].sum()
    assert together[:60].sum() < apart[:60].sum()


def test_standards_awards_are_paid_for_joining():
    """Most of those who are paid lead nothing: they sat at the table."""
    eco = lived((strong("standards", lead=1.0, join=0.5),), 4, world=RICH)
    contended, led = total(eco, "standards_contended"), total(eco, "standards_led")
    assert contended > led
    assert flows(eco, "standards") > 1.5 * led


def test_brands_support_pays_for_the_usual_outlay():
    policy = lived((strong("brands", share=0.2),), 4)
    built = policy.firms.brand.sum() * 50.0
    assert flows(policy, "brand support") > 0.5 * built


def test_global_innovation_spends_abroad():
    eco = lived((strong("global_innovation", outside=0.5),), 4)
    assert flows(eco, "partners outside") > 0.0


@pytest.mark.parametrize(("end", "expects"), [(4, False), (7, False), (8, True)])
def test_rnd_subsidy_is_expected_only_while_it_will_be_paid(end, expects):
    """R&D of the first quarter of 2015 (quarter 2) is refunded in the second of 2016 (quarter 7)."""
    eco = after(3, (strong("rnd_subsidy", end=end, years=1),))
    relief = np.max(eco.terms.researching.relief)
    assert (relief > 0.0) == expects
