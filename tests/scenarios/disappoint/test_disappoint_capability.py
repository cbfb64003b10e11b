"""How 三(三), capability disappoints: out of the world, never from a knob."""

from __future__ import annotations

from factories import MICRO, after, changed, flows, lived, series, strong


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
