"""How 三(二), vitality disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
import pytest
from factories import (
    LIVELY,
    MICRO,
    RICH,
    after,
    changed,
    district,
    flows,
    flows_now,
    lived,
    series,
    strong,
    total,
)

from agents.exact import normal
from sim import identity
from sim.mechanisms import contests, programmes, promotion, researchers
from sim.mechanisms.contests import Contest
from sim.mechanisms.programmes import Programme


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


def test_researcher_founders_are_paid_year_by_year_while_their_firm_lives():
    """A line pays a quarter's part a quarter, and nothing for firms that are gone."""
    lever = strong("researcher_founders", years=5.0)
    eco = after(4, (lever,))
    owed = float(eco.firms.made_good.sum())
    assert owed > 0.0
    assert series(eco, "outlay")[0] == 0.0
    gone = eco.firms.made_good > 0.0
    eco.ledger.pay("firms", "outside", "a fire", np.full(gone.sum(), 1_000.0),
                   payer_rows=np.flatnonzero(gone))  # fmt: skip
    eco.run(1)
    paid = series(eco, "outlay") * eco.world.scale / (1.0 + eco.world.purse.administration)
    assert paid[-1] == pytest.approx(owed * eco.conditions.nominal / 4.0, rel=0.02)
    eco.run(1)
    assert series(eco, "outlay")[-1] < 0.5 * series(eco, "outlay")[-2]


def test_researcher_founders_with_a_way_back_leave_where_firms_are_seen_to_fail():
    """The post kept is worth the more the more new firms fail; where none does it moves nobody."""
    kept = strong("researcher_founders", salary_share=0.0, kept=5.0)
    eco = district((kept,))
    eco.treasury.turn(0)
    kept.hooks()["founding"](eco)
    ages = eco.quarter - eco.firms.birth_quarter
    risky = researchers.relief(eco, researchers.by_age(eco))
    eco.firms.birth_quarter[(ages >= 0) & (ages < 40)] = eco.quarter - 22
    assert risky > researchers.relief(eco, researchers.by_age(eco)) == 0.0
    free = strong("researcher_founders", salary_share=0.0, kept=0.0)
    many = changed(MICRO, {"founders.researchers": 0.3})
    came = [total(after(6, (lever,), world=many), "spin_offs") for lever in (kept, free)]
    assert came[0] > came[1]


def test_researcher_founders_who_fail_go_back_to_the_laboratory():
    eco = after(3, (strong("researcher_founders"),))
    away = np.flatnonzero(eco.firms.leave_until > eco.quarter)
    assert away.size
    before = eco.universities.research.sum()
    researchers.go_back(eco, away)
    a_head = eco.world.universities.research_a_head
    assert eco.universities.research.sum() - before == pytest.approx(a_head * away.size)


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


def test_talent_services_are_weighed_by_people_and_pay_those_who_serve_and_hire():
    lever = strong("talent_services", saves=1.0, hours=5.0, envelope=300.0)
    policy, baseline = (lived(levers, 6, world=LIVELY) for levers in ((lever,), ()))
    assert total(policy, "top_arrivals") > total(baseline, "top_arrivals")
    table = policy.record.tables()["flows"]
    mine = table["line"] == "talent_services"
    payee = {reason: set(table["payee"][mine & (table["reason"] == reason)])
             for reason in ("talent agencies", "settling people in")}  # fmt: skip
    assert payee == {"talent agencies": {"firms"}, "settling people in": {"agencies"}}


def test_talent_services_leave_people_no_hours_where_firms_take_them_all():
    served = []
    for hours in (1.0, 100_000.0):
        world = changed(MICRO, {"talent.yearly": 5_000, "agencies.would_be": 0.0})
        eco = district((strong("talent_services", saves=1.0),), world=world)
        eco.agencies.hours[:] = hours
        eco.run(1)
        served.append(flows(eco, "settling people in"))
    assert served[0] < served[1]


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


def test_innovation_events_are_won_by_contest_professionals():
    """The richer the prizes, the more of those who enter do not found; some take a prize away."""
    founded, entered = [], []
    for prize in (0.02, 1.0):
        lever = strong("innovation_events", prizes=200.0, prize=prize)
        policy, baseline = (lived(levers, 4, world=RICH) for levers in ((lever,), ()))
        entered.append(total(policy, "contestants"))
        founded.append((total(policy, "births") - total(baseline, "births")) / entered[-1])
    assert entered[0] < entered[1]
    assert founded[1] < 0.8 * founded[0]


def test_innovation_events_take_effort_and_prizes_go_to_the_better():
    eco = district((strong("innovation_events", prizes=50.0, prize=2.0),), world=LIVELY)
    uid = identity.number(identity.CONTESTANT, 200)
    founders = eco.founders
    founders.append(200, uid=uid, savings=1.0)
    eco.treasury.turn(0)
    contest = Contest("innovation_events", 1.0, 50.0, 2.0)
    eco.terms.founding.contribute("innovation_events", contests=contest)
    rows = np.arange(len(founders) - 200, len(founders))
    idea = normal(eco.dice.again("idea", founders.uid))
    entered = contests.enter(eco, rows[0], idea[rows], 1.0, 0.0)
    out = np.setdiff1d(rows, entered)
    assert idea[out].max() < idea[entered].min()
    assert flows_now(eco, "contest effort") == pytest.approx(
        entered.size * eco.world.founders.contest_effort * eco.conditions.nominal
    )
    won = rows[founders.savings[rows] > 1.0]
    assert won.size == 1
    assert flows_now(eco, "prizes") == pytest.approx(2.0 * eco.conditions.nominal)


def test_product_promotion_in_a_crowded_catalogue_counts_little():
    counts = []
    for room in (100_000.0, 1.0):
        eco = district((strong("product_promotion", room=room),))
        eco.treasury.turn(0)
        eco.levers[0].hooks()["selling"](eco)
        counts.append(np.max(promotion.listed(eco)))
    assert 0.0 < counts[1] < 0.1 * counts[0]


def test_product_promotion_is_not_asked_for_by_those_whom_it_would_gain_little():
    """Well-known firms and the smallest stay away; the dearer their part, the more of them."""
    listed = []
    for share in (1.0, 0.5, 0.0):
        eco = district((strong("product_promotion", worth=6.0, listing_cost=0.0008, share=share),))
        eco.treasury.turn(0)
        eco.levers[0].hooks()["selling"](eco)
        listed.append(promotion.listed(eco) > 0.0)
    assert listed[0].sum() > listed[1].sum() > listed[2].sum()
    stays = listed[0] & ~listed[1]
    assert np.median(eco.firms.revenue_year[stays]) < np.median(eco.firms.revenue_year[listed[1]])
    assert flows_now(eco, "catalogue") == pytest.approx(
        0.0008 * eco.conditions.nominal * listed[2].sum()
    )


@pytest.mark.parametrize(("quarters", "spends"), [(5.0, False), (1.5, True)])
def test_industrialisation_grants_to_those_who_have_the_cash_are_a_gift(quarters, spends):
    """Money is fungible: who would go to market anyway keeps the grant. Who waits for money spends it,
    and no more: a launch costs nobody more for being helped.
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
    assert kept == pytest.approx(0.0 * paid if spends else paid, abs=1e-12)
    assert (eco.firms.launch_grant[rows] > 0.0).all()
