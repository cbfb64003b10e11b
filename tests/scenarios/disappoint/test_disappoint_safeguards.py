"""How 四, safeguards disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
from factories import (
    LIVELY,
    MICRO,
    after,
    beside,
    changed,
    district,
    flows,
    lived,
    series,
    strong,
    total,
)

from scenarios.levers import LEVERS


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


def test_fund_coordination_blocks_combinations():
    others = beside("fund_coordination")
    free = lived(others, 6, world=LIVELY)
    coordinated = lived((*others, strong("fund_coordination")), 6, world=LIVELY)
    assert total(coordinated, "grants_count") < total(free, "grants_count")


def test_unified_application_draws_more_and_chances_fall():
    others = (strong("joint_rnd", envelope=100.0),)
    before = after(6, others)
    now = after(6, (*others, strong("unified_application")))
    chance = [total(e, "grants_count") / total(e, "applications") for e in (now, before)]
    assert total(now, "applications") > total(before, "applications")
    assert chance[0] < chance[1]


def test_park_amenities_raise_rents_where_firms_come():
    """Over several districts, since in one so small a single firm can fill or empty a park."""
    parks = [
        sum(lived(levers, 8, seed).zones.rent[1:4].sum() for seed in range(1, 7))
        for levers in ((strong("park_amenities"),), ())
    ]
    assert parks[0] > parks[1]


def test_park_amenities_are_worth_something_to_people_after_their_line_has_closed():
    """Facilities stand, and wear out: those who come later find them."""
    eager = changed(LIVELY, {"talent.amenity_worth": 0.01})
    came = [series(lived(levers, 8, world=eager), "top_arrivals")[5:].sum()
            for levers in ((strong("park_amenities", end=4),), ())]  # fmt: skip
    assert came[0] > came[1]


def test_ip_pre_review_shuts_out_the_young():
    others = (strong("joint_rnd"),)
    eco = after(4, (*others, strong("ip_pre_review")))
    free = after(4, others)
    young = [_awarded_young(model) for model in (eco, free)]
    assert young[0] < young[1]


def _awarded_young(eco) -> float:
    table = eco.record.tables()["events"]
    won = np.unique(table["uid"][table["event"] == "won a grant of joint_rnd"])
    rows = np.isin(eco.firms.uid, won)
    return float((eco.ages()[rows] < 5.0).sum())


def test_performance_management_follows_growth_that_no_line_made():
    """Lines that spend on different firms by chance are told apart as if they had done something."""
    eco = after(5, (strong("brands"), strong("loan_interest_subsidy"),
                    strong("performance_management")))  # fmt: skip
    lines = eco.treasury.lines
    assert lines["brands"].growth != lines["loan_interest_subsidy"].growth
    assert total(eco, "envelopes_moved") > 0.0


def test_project_appraisal_starves_those_without_cash():
    """Some honest winners cannot go ahead on what is paid at once, and miss the rest."""
    eco = district((strong("joint_rnd"), strong("project_appraisal")))
    lost = 0.85 * np.maximum(eco.firms.cash, 0.0)
    eco.ledger.pay("firms", "outside", "a fire", lost)
    eco.run(2)
    table = eco.record.tables()["events"]
    missed = np.unique(table["uid"][table["event"] == "missed a milestone"])
    honest = eco.firms.honesty[np.isin(eco.firms.uid, missed)] >= eco.world.grants.temptation
    assert honest.any()


def test_third_party_evaluation_is_paid_for_reading_the_districts_own_schemes():
    """Applications to the district's programmes were read for nothing: only the city's were counted."""
    evaluators = LEVERS["third_party_evaluation"](envelope=3_000.0)
    others = (strong("joint_rnd"),)
    alone, beside = (lived((*more, evaluators), 4) for more in ((), others))
    spent = [flows(eco, "evaluators' hours") for eco in (alone, beside)]
    read = [total(eco, "applications") for eco in (alone, beside)]
    assert read[1] > 1.1 * read[0]
    assert spent[1] > 1.05 * spent[0]
