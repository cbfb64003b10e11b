"""How 三(二), vitality disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
from factories import LIVELY, changed, flows, lived, series, strong, total


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
