"""What lies beyond the document disappoints too: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
from factories import LIVELY, after, flows, lived, strong, total


def test_tax_relief_is_paid_to_the_profitable():
    policy, before = after(1, (strong("tax_relief"),)), after(1)
    _, mine, theirs = np.intersect1d(policy.firms.uid, before.firms.uid, return_indices=True)
    poor = before.firms.profit_year[theirs] < -0.1
    gained = policy.firms.cash[mine] - before.firms.cash[theirs]
    assert (gained[~poor] > 0.0).mean() > 0.5
    assert not (gained[poor] > 0.0).any()


def test_vc_risk_subsidy_is_paid_for_deals_that_would_be_made():
    policy, baseline = (lived(levers, 4, world=LIVELY) for levers in
                        ((strong("vc_risk_subsidy", share=0.1),), ()))  # fmt: skip
    assert flows(policy, "tickets paid back") > 0.0
    assert total(policy, "vc_deals") < 2.0 * total(baseline, "vc_deals")
