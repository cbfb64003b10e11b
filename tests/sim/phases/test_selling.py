"""Selling: what is asked of a firm must be financed, and served by its people."""

from __future__ import annotations

import numpy as np
from factories import after, district, strong, total

SEEDS = range(1, 7)


def test_a_firm_that_loses_its_people_loses_buyers_to_others():
    """It recruits half of what it misses in the quarter, and those who are there cannot serve all."""
    eco, usual = district(), after(1)
    row = int(np.argmax(eco.firms.revenue_year * ~eco.firms.anchor))
    uid = eco.firms.uid[row]
    eco.firms.staff[row] *= 0.2
    eco.firms.st_staff[row] *= 0.2
    eco.run(1)
    sold, before = (float(each.firms.revenue[each.firms.uid == uid][0]) for each in (eco, usual))
    assert sold < 0.8 * before
    sector = int(usual.firms.sector[usual.firms.uid == uid][0])
    assert eco.sectors.outside_share[sector] > usual.sectors.outside_share[sector]


def test_credit_keeps_the_people_who_serve_buyers():
    """Firms that are short of cash let people go, and with them the buyers whom these served."""
    lever = strong("credit_risk_compensation")
    pairs = [(after(10, (lever,), seed=seed), after(10, seed=seed)) for seed in SEEDS]

    def gained(metric: str) -> float:
        return sum(total(policy, metric) - total(baseline, metric) for policy, baseline in pairs)

    assert gained("loans_small") > 0.0 > gained("orders_declined")
    for metric in ("employment", "revenue", "rnd"):
        assert gained(metric) > 0.0
