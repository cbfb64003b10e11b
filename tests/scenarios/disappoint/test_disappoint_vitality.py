"""How 三(二), vitality disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
import pytest
from factories import LIVELY, MICRO, after, changed, district, flows, lived, series, strong, total

from sim import programmes
from sim.programmes import Programme


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
    policy = lived((strong("guidance_fund"),), 2, world=plenty)
    baseline = lived((), 2, world=plenty)
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


def test_transfer_fund_takes_the_place_of_private_money():
    """Where funds would have written the whole ticket the public part only spares theirs."""
    policy, baseline = (lived(levers, 4, world=LIVELY) for levers in
                        ((strong("transfer_fund"),), ()))  # fmt: skip
    public = total(policy, "vc_public") - total(baseline, "vc_public")
    assert public > 0.0
    assert total(policy, "vc_amount") - total(baseline, "vc_amount") < public


def test_researcher_founders_drain_the_laboratory():
    policy, baseline = lived((strong("researcher_founders"),), 8), lived((), 8)
    assert total(policy, "spin_offs") > total(baseline, "spin_offs")
    assert policy.universities.research.sum() < baseline.universities.research.sum()


def test_industrialisation_grants_fund_launches_that_would_go_ahead():
    """Firms that have the cash are as fast without the grant, and most of the money is theirs."""
    policy, baseline = (lived(levers, 6, world=LIVELY) for levers in
                        ((strong("industrialisation_grants"),), ()))  # fmt: skip
    assert flows(policy, "grants") > 2.0 * flows(policy, "bringing to market")
    assert abs(total(policy, "launches") / total(baseline, "launches") - 1.0) < 0.05


def test_ownership_clearance_clears_what_nobody_wants():
    policy, baseline = lived((strong("ownership_clearance"),), 8), lived((), 8)
    cleared = series(policy, "inventions_cleared")[-1] - series(baseline, "inventions_cleared")[-1]
    licensed = total(policy, "licences") - total(baseline, "licences")
    assert cleared > licensed


def test_talent_services_lengthen_the_queue_where_hours_are_short():
    busy = changed(MICRO, {"agencies.staff_hours": 200.0})
    policy, baseline = after(3, (strong("talent_services"),), world=busy), after(3, world=busy)
    assert total(policy, "outlay") > 0.0
    assert policy.firms.st_staff.sum() == pytest.approx(baseline.firms.st_staff.sum(), rel=0.01)


def test_global_recruitment_pays_people_who_would_have_come():
    lever = strong("global_recruitment", match=0.2, offer=0.1)
    policy, baseline = lived((lever,), 6, world=LIVELY), lived((), 6, world=LIVELY)
    paid = flows(policy, "offers co-funded") / (lever.offer * lever.match)
    assert paid > total(policy, "top_arrivals") - total(baseline, "top_arrivals")


def test_seed_equity_fund_pays_part_of_tickets_that_would_have_been_written():
    policy, baseline = (lived(levers, 4, world=LIVELY) for levers in
                        ((strong("seed_equity_fund"),), ()))  # fmt: skip
    public = total(policy, "vc_public") - total(baseline, "vc_public")
    assert total(policy, "vc_amount") - total(baseline, "vc_amount") < public


def test_innovation_events_bring_more_to_the_door_than_found():
    policy, baseline = (lived(levers, 4, world=LIVELY) for levers in
                        ((strong("innovation_events"),), ()))  # fmt: skip
    assert total(policy, "births") - total(baseline, "births") < total(policy, "contestants")


def test_product_promotion_in_a_crowded_catalogue_counts_little():
    roomy = district((strong("product_promotion", room=100_000.0),))
    crowded = district((strong("product_promotion", room=1.0),))
    for eco in (roomy, crowded):
        eco.run(1)
    assert (
        0.0 < np.max(crowded.terms.selling.catalogue) < 0.1 * np.max(roomy.terms.selling.catalogue)
    )


@pytest.mark.parametrize(("quarters", "spends"), [(5.0, False), (1.5, True)])
def test_industrialisation_grants_to_those_who_have_the_cash_are_a_gift(quarters, spends):
    """Money is fungible: who would go to market anyway keeps the grant. It once spent the grant and as
    much again of its own on what costs nobody else anything.
    """
    eco = after(4)
    rows = np.flatnonzero((eco.firms.prototype > 0.0) & (eco.firms.cost > 1.0))[:3]
    missing = quarters * eco.firms.cost[rows] - eco.firms.cash[rows]
    eco.ledger.pay("outside", "firms", "a gift", missing, payee_rows=rows)
    before, paid = eco.firms.cash[rows].copy(), np.full(3, 0.1)
    eco.ledger.pay("outside", "firms", "grants", paid, payee_rows=rows)
    scheme = Programme("industrialisation_grants", "launch", 0.4, 10.0, eco.firms.prototype > 0.0)
    programmes._use(eco, scheme, rows, paid, np.full(3, 0.25))
    kept = eco.firms.cash[rows] - before
    assert (kept < 0.0).all() if spends else (kept == pytest.approx(paid))
    assert (eco.firms.launch_grant[rows] > 0.0).all()
