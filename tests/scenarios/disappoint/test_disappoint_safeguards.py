"""How 四, safeguards disappoints: out of the world, never from a knob."""

from __future__ import annotations

from factories import MICRO, after, changed, lived, series, strong, total


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
