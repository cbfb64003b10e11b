"""What lies beyond the document disappoints too: out of the world, never from a knob."""

from __future__ import annotations

from factories import LIVELY, after, district, flows, lived, strong, total


def test_tax_relief_is_paid_to_the_profitable():
    eco = district((strong("tax_relief"),))
    eco.run(1)
    before = after(1)
    poor = before.firms.profit_year < -0.1
    gained = eco.firms.cash[: len(poor)] - before.firms.cash[: len(poor)]
    assert gained[~poor].mean() > gained[poor].mean()


def test_vc_risk_subsidy_is_paid_for_deals_that_would_be_made():
    policy, baseline = (lived(levers, 4, world=LIVELY) for levers in
                        ((strong("vc_risk_subsidy", share=0.1),), ()))  # fmt: skip
    assert flows(policy, "tickets paid back") > 0.0
    assert total(policy, "vc_deals") < 2.0 * total(baseline, "vc_deals")
