"""One way in which each lever disappoints: from eligibility and the world, never from a knob."""

from __future__ import annotations

import numpy as np
import pytest
from factories import (
    LIVELY,
    MICRO,
    after,
    changed,
    district,
    lived,
    series,
    strong,
    total,
)

from scenarios.levers import LEVERS


def flows(eco, reason: str) -> float:
    """What was paid for a reason over the run (m yuan)."""
    table = eco.record.tables()["flows"]
    return float(table["amount"][table["reason"] == reason].sum())


def test_incubator_support_rent_relief_goes_to_those_who_sat_there_anyway():
    """Deadweight: in the first quarters carriers admit whom they would have admitted."""
    relief = strong("incubator_support", capital_share=0.0, award=0.0)
    policy, baseline = lived((relief,), 2), lived((), 2)
    assert flows(policy, "rent support") > 0.0
    assert series(policy, "admitted").tolist() == series(baseline, "admitted").tolist()
    assert series(policy, "places").tolist() == series(baseline, "places").tolist()


def test_incubator_support_awards_look_at_survivors_and_not_at_what_the_carrier_added():
    """The office sees graduates alive for each place: the larger the luck, the larger the award."""
    eco = after(2, (strong("incubator_support"),))
    incubators = eco.incubators
    incubators.graduates[:] = 0.0
    incubators.graduates[-1] = 30.0
    incubators.quality[-1] = 0.0
    (lever,) = eco.levers
    eco.quarter = 5
    awards = lever._awards(eco, money=100.0)
    assert np.flatnonzero(awards).tolist() in ([], [len(incubators) - 1])


def test_credit_pool_runs_dry_and_banks_stop_believing_in_it():
    """Depletion: the promise banks reckon with is cut to what the pool can bear."""
    believed = []
    for expected_calls in (0.0, 0.1, 10.0):
        eco = district((strong("credit_risk_compensation", envelope=100.0),))
        eco.conditions.pool_calls = expected_calls
        eco.treasury.turn(0)
        hook = eco.levers[0].hooks()["lending"]
        hook(eco)
        believed.append(float(np.max(eco.terms.lending.cover_expected)))
        assert np.max(eco.terms.lending.cover) == pytest.approx(0.9)
    assert believed[0] == pytest.approx(0.9)
    assert believed[0] >= believed[1] > believed[2] > 0.0


def test_credit_pool_never_pays_more_than_it_holds_however_many_fail():
    lever = strong("credit_risk_compensation", envelope=20.0, pool=10.0)
    eco = after(6, (lever,))
    debtors = np.unique(eco.loans.firm[eco.loans.cover > 0.0])
    ruin = np.full(debtors.size, 1_000.0)
    eco.ledger.pay("firms", "outside", "a fire", ruin, payer_rows=debtors)
    eco.run(1)
    called = series(eco, "pool_called")[-1]
    assert 0.0 < called <= 10.0 * (1 + 1e-9)
    assert series(eco, "bank_losses")[-1] > called


def test_transfer_offices_cannot_license_more_than_there_is():
    """The stock of cleared inventions is the scarce thing; forty times the posts hit it."""
    few, many = (lived((strong("transfer_offices", posts=posts),), 8) for posts in (125.0, 5_000.0))
    assert total(many, "licences") < 10.0 * total(few, "licences")
    assert series(many, "inventions_cleared")[-1] < series(lived((), 8), "inventions_cleared")[-1]
    assert (many.universities.cleared >= 0.0).all()


def test_talent_awards_are_collected_by_residents():
    """Who is here already applies too, and cannot be told apart."""
    eco = lived((strong("talent_awards", newcomer_share=0.0, quota=400.0),), 6, world=LIVELY)
    assert total(eco, "awards_newcomers") < 0.5 * total(eco, "awards")
    reserved = lived((strong("talent_awards", newcomer_share=1.0, quota=400.0),), 6, world=LIVELY)
    share = total(reserved, "awards_newcomers") / total(reserved, "awards")
    assert share > total(eco, "awards_newcomers") / total(eco, "awards")


def test_guidance_fund_misses_its_target_when_conditions_are_poor():
    """Private money decides: a quota, slow approval and no concession keep it away."""
    generous = lived((strong("guidance_fund", concession=1.0, delay=0.0),), 6, world=LIVELY)
    strict = lived(
        (strong("guidance_fund", concession=0.0, delay=0.1, quota=1.0),), 6, world=LIVELY
    )
    assert total(generous, "public_commitments") > total(strict, "public_commitments")
    assert total(strict, "outlay") < total(generous, "outlay")
    assert total(generous, "funds_raised") <= total(generous, "funds_target")


def test_guidance_fund_crowds_out_part_of_what_private_partners_would_give():
    """Where private money is plentiful, part of it makes way for the public share."""
    plenty = changed(LIVELY, {"equity.climate": 2.0})
    policy = lived((strong("guidance_fund"),), 6, world=plenty)
    baseline = lived((), 6, world=plenty)
    drawn = total(policy, "private_commitments") - total(baseline, "private_commitments")
    assert total(policy, "public_commitments") > 0.0
    assert drawn < 0.0


def test_first_purchase_takes_from_incumbents_what_entrants_win():
    """Orders replace planned purchases: in the quarter itself the others sell less."""
    policy, baseline = lived((strong("first_purchase"),), 1), lived((), 1)
    table = policy.record.tables()["events"]
    winners = table["uid"][table["event"] == "sold a first product to government"]
    assert winners.size
    others = ~np.isin(policy.firms.uid, winners)
    assert (policy.firms.revenue[others] <= baseline.firms.revenue[others]).all()
    assert policy.firms.revenue[others].sum() < baseline.firms.revenue[others].sum()


def test_first_purchase_buys_some_products_that_do_not_work():
    eco = lived((strong("first_purchase"),), 4)
    assert flows(eco, "failed first products") > 0.0


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


def test_third_party_evaluation_makes_applying_dearer_and_keeps_some_away():
    policy, baseline = (lived(levers, 6) for levers in ((strong("third_party_evaluation"),), ()))
    effort = [
        total(eco, "applicant_effort") / total(eco, "applications") for eco in (policy, baseline)
    ]
    assert effort[0] > effort[1]
    assert total(policy, "applications") < total(baseline, "applications")


def test_policy_outreach_reaches_those_who_knew():
    """Twice the messages win less than twice the firms, and none where everybody knows."""
    once, twice = (
        series(lived((strong("policy_outreach", reach=reach, precision=0.0),), 4), "aware_firms")[
            -1
        ]
        for reach in (0.2, 0.4)
    )
    none = series(lived((), 4), "aware_firms")[-1]
    assert once - none < twice - none < 2.0 * (once - none)


def test_policy_outreach_in_a_district_that_knows_everything_is_money_spent():
    news = changed(MICRO, {"firms.awareness_loss": 0.0, "firms.awareness_broadcast": 1.0})
    policy = after(3, (strong("policy_outreach"),), world=news)
    baseline = after(3, (), world=news)
    assert total(policy, "outlay") > 0.0
    assert series(policy, "firms").tolist() == series(baseline, "firms").tolist()
    assert policy.firms.cash.tobytes() == baseline.firms.cash.tobytes()


def test_every_lever_has_a_way_to_disappoint_in_this_file():
    """A new lever comes with its test here."""
    here = " ".join(name for name in globals() if name.startswith("test_"))
    words = {"credit_risk_compensation": "credit_pool"}
    missing = [name for name in LEVERS if f"test_{words.get(name, name)}" not in here]
    assert not missing, missing
