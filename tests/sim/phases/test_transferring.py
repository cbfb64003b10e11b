"""Transferring: what is examined is licensed where it is worth its fee."""

from __future__ import annotations

import pytest
from factories import district

from sim.phases import transferring


def paid(eco, reason):
    """What was paid for a reason in the quarter so far (m yuan)."""
    return sum(amount for (_, _, why, _), amount in eco.ledger.flows.items() if why == reason)


def test_an_invention_that_is_not_worth_its_fee_stays_with_its_university():
    """Firms that sell nothing gain nothing by it: they have examined it in vain."""
    usual, idle = district(), district()
    idle.firms.profit_year[:] = 0.0
    idle.firms.revenue_year[:] = 0.0
    for eco in (usual, idle):
        transferring.run(eco)
    assert usual.record.counts["licences"] > 0
    assert idle.record.counts["licences"] == 0
    assert paid(idle, "licence fees") == 0.0
    assert paid(idle, "technology examined") == pytest.approx(paid(usual, "technology examined"))
    assert idle.firms.prototype.sum() < usual.firms.prototype.sum()
    kept = idle.universities.cleared.sum() - usual.universities.cleared.sum()
    assert kept == pytest.approx(usual.record.counts["licences"])
