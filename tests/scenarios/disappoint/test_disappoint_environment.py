"""How 三(一), environment, disappoints: out of the world, never from a knob."""

from __future__ import annotations

import numpy as np
import pytest
from factories import LIVELY, MICRO, after, changed, district, flows, lived, series, strong, total

from agents.exact import normal
from sim.mechanisms import capital_market, claims, signals
from sim.phases import founding, leaving
from sim.snapshot import Snapshot


def test_incubator_support_rent_relief_goes_to_those_who_sat_there_anyway():
    """Deadweight: in the first quarters carriers admit whom they would have admitted."""
    relief = strong("incubator_support", capital_share=0.0, award=0.0)
    policy, baseline = lived((relief,), 2), lived((), 2)
    assert flows(policy, "rent support") > 0.0
    assert series(policy, "admitted").tolist() == series(baseline, "admitted").tolist()
    assert series(policy, "places").tolist() == series(baseline, "places").tolist()


def test_incubator_support_awards_look_at_survivors_and_not_at_what_the_carrier_added():
    """The office sees graduates alive for each place: the larger the luck, the larger the award."""
    eco = after(2, (strong("incubator_support"),))
    incubators = eco.incubators
    incubators.graduates[:] = 0.0
    incubators.graduates[-1] = 30.0
    incubators.quality[-1] = 0.0
    (lever,) = eco.levers
    eco.quarter = 5
    awards = lever._awards(eco, money=100.0)
    assert np.flatnonzero(awards).tolist() in ([], [len(incubators) - 1])


def test_credit_risk_compensation_pool_runs_dry_and_banks_stop_believing_in_it():
    """Depletion: the promise banks reckon with is cut to what the pool can bear."""
    believed = []
    for expected_calls in (0.0, 0.1, 10.0):
        eco = district((strong("credit_risk_compensation", envelope=100.0),))
        eco.conditions.pool_calls = expected_calls
        eco.treasury.turn(0)
        hook = eco.levers[0].hooks()["lending"]
        hook(eco)
        believed.append(float(np.max(eco.terms.lending.cover_expected)))
        assert np.max(eco.terms.lending.cover) == pytest.approx(0.9)
    assert believed[0] == pytest.approx(0.9)
    assert believed[0] >= believed[1] > believed[2] > 0.0


def test_credit_risk_compensation_pool_never_pays_more_than_it_holds_however_many_fail():
    lever = strong("credit_risk_compensation", envelope=20.0, pool=10.0)
    eco = after(6, (lever,))
    debtors = np.unique(eco.loans.firm[eco.loans.cover > 0.0])
    ruin = np.full(debtors.size, 1_000.0)
    eco.ledger.pay("firms", "outside", "a fire", ruin, payer_rows=debtors)
    eco.run(1)
    called = series(eco, "pool_called")[-1]
    assert 0.0 < called <= 10.0 * (1 + 1e-9)
    assert series(eco, "bank_losses")[-1] > called


def test_service_platforms_pay_for_tests_that_would_have_been_bought():
    """Deadweight: equipment support is paid on all materials, most of which were bought anyway."""
    policy, baseline = lived((strong("service_platforms"),), 4), lived((), 4)
    paid = flows(policy, "equipment support")
    assert paid > 0.0
    assert total(policy, "rnd") - total(baseline, "rnd") < paid


def test_innovation_mentors_teach_the_able_least():
    policy, baseline = lived((strong("innovation_mentors"),), 4), lived((), 4)
    both = np.intersect1d(policy.firms.uid, baseline.firms.uid)
    one, two = (np.array([eco.firms.capability[eco.firms.uid == u][0] for u in both])
                for eco in (policy, baseline))  # fmt: skip
    gained, before = (one - two)[one > two], two[one > two]
    able = before >= np.median(before)
    assert gained[able].mean() < gained[~able].mean()


def test_incubation_platform_pays_those_who_would_have_founded():
    policy, baseline = lived((strong("incubation_platform"),), 4), lived((), 4)
    further = total(policy, "births") - total(baseline, "births")
    assert flows(policy, "entry cost") > 0.0
    assert further < total(baseline, "births")


def test_incubation_chain_keeps_the_weak_and_newcomers_lose_places():
    """The same founders stand at the door in the first quarter: some find a tenant who stays on."""
    policy, baseline = (after(1, levers, snapshot=_full_carriers())
                        for levers in ((strong("incubation_chain"),), ()))  # fmt: skip
    seated = [set(eco.firms.uid[eco.firms.incubator >= 0]) for eco in (policy, baseline)]
    old = set(policy.firms.uid[policy.firms.birth_quarter < -8])
    assert (seated[0] - seated[1]) & old
    assert (seated[1] - seated[0]) - old


def _full_carriers():
    """The opening with no more places than tenants; the stay of the older ones ends now."""
    eco = district()
    eco.incubators.places[:] = np.maximum(eco.incubators.tenants, 1.0)
    inside = np.flatnonzero((eco.firms.incubator >= 0) & (eco.firms.birth_quarter < -8))
    eco.firms.tenancy[inside] = eco.world.incubators.stay
    return Snapshot.take(eco)


def test_incubation_chain_holds_no_place_that_is_not_paid_for():
    """What tenants who stay on save, and larger premises for them, is paid: a tiny line holds few."""
    held = []
    for envelope in (5.0, 500.0):
        eco = after(1, (strong("incubation_chain", envelope=envelope),), snapshot=_full_carriers())
        before = district(snapshot=_full_carriers()).firms
        stayed = eco.firms.uid[(eco.firms.incubator >= 0) & (eco.firms.tenancy == 9)]
        held.append(stayed.size)
        staff = before.staff[np.isin(before.uid, stayed)]
        rent = 12.0 * float(eco.zones.rent[:4].min()) / 1e6 * 10.0 * staff.sum()
        hosts, nominal = eco.world.incubators, eco.conditions.nominal
        saved = (1.0 - hosts.rent_share) * rent - hosts.service_fee * nominal * stayed.size
        assert flows(eco, "places held") >= saved
    assert held[0] < held[1]


def test_incubation_platform_keeps_both_promises_alike():
    """Entry, which comes first, had used up the money for young firms' books."""
    eco = lived((strong("incubation_platform", envelope=200.0),), 8)
    paid = {reason: flows(eco, reason) for reason in ("entry cost", "services for start-ups")}
    assert min(paid.values()) > 0.1 * sum(paid.values())


def test_graduate_landing_counts_with_what_was_paid():
    """Who thinks of leaving reckons with the rent it was paid, also when that emptied the line."""
    lever = strong("graduate_landing", envelope=20.0)
    eco = lived((lever,), 8, world=LIVELY)
    assert eco.treasury.available(lever.id) == pytest.approx(0.0, abs=1e-9)
    relief, kept = np.max(eco.terms.leaving.rent_relief), eco.terms.settling.kept["landing_rent"]
    assert 0.0 < relief == pytest.approx(lever.rent_share * kept)
    assert kept < 1.0


def test_incubator_support_is_heard_of_by_founders():
    policy, baseline = (after(4, levers) for levers in ((strong("incubator_support"),), ()))
    rents = [founding.expected_rent(eco) for eco in (policy, baseline)]
    assert policy.terms.founding.rent_support > 0.0
    assert rents[0] < rents[1]


def test_graduate_landing_pays_those_who_would_stay():
    policy, baseline = (lived(levers, 8, world=LIVELY) for levers in
                        ((strong("graduate_landing"),), ()))  # fmt: skip
    kept = total(baseline, "exits_departure") - total(policy, "exits_departure")
    paid = np.unique(policy.firms.uid[(policy.firms.tenancy > 0) & (policy.firms.incubator < 0)])
    assert flows(policy, "rent support") > 0.0
    assert kept / 50.0 < paid.size


def test_tech_finance_branches_are_paid_for_being_what_they_are():
    """Branches that were specialised before draw the support as well."""
    lever = strong("tech_finance_branches", cost_share=0.1)
    policy = after(2, (lever,))
    before = after(2)
    assert total(policy, "technology_branches") == total(before, "technology_branches")
    assert flows(policy, "technology branches") > 0.0


def test_loan_interest_subsidy_is_paid_to_borrowers_who_would_borrow():
    policy, baseline = (lived(levers, 6, world=LIVELY) for levers in
                        ((strong("loan_interest_subsidy"),), ()))  # fmt: skip
    assert flows(policy, "interest support") > 0.0
    more = total(policy, "loans_new") / total(baseline, "loans_new") - 1.0
    assert more < 0.5


def test_listing_support_quotes_firms_for_the_award():
    """Those whom the support brings see less in a quotation than those who go unasked."""
    support = strong("listing_support", listing_share=0.0)
    policy, baseline = (lived(levers, 6, world=LIVELY) for levers in ((support,), ()))
    quoted, revenue = policy.firms.quoted, policy.firms.revenue_year
    unasked = np.isin(policy.firms.uid, baseline.firms.uid[baseline.firms.quoted])
    brought = quoted & ~unasked
    assert brought.any()
    assert np.median(revenue[brought]) < np.median(revenue[quoted & unasked])


def test_listing_support_of_one_giant_leaves_money_for_quotations():
    """Listings came first and took the whole line: support for quotations was never paid."""
    lever = strong("listing_support", envelope=100.0, listing_share=0.9, listing_cap=2.0)
    eco = after(4, (lever,), world=changed(LIVELY, {"leaving.listing_rate": 1.0}))
    giant = np.flatnonzero(~eco.firms.listed)[0]
    eco.firms.revenue_year[giant] = eco.firms.profit_year[giant] = 50_000.0
    eco.dice.turn(eco.quarter)
    eco.treasury.turn(eco.quarter)
    eco.terms.leaving.reset()
    lever.hooks()["leaving"](eco)
    held, thinking = eco.treasury.available(lever.id), capital_market.think_of_quotation(eco)
    leaving._list(eco, thinking)
    assert eco.firms.listed[giant]
    assert 0.5 * held < eco.treasury.available(lever.id) < held
    capital_market.quote(eco, thinking)
    assert eco.treasury.available(lever.id) == pytest.approx(0.0, abs=1e-9)


def test_listing_support_pays_no_more_than_its_cap_for_one_listing():
    lever = strong("listing_support", listing_share=0.9, listing_cap=0.5, quotation_share=0.0)
    world = changed(LIVELY, {"leaving.listing_revenue": 20.0, "leaving.listing_profit": 0.0})
    policy = after(4, (lever,), world=world)
    listed = total(policy, "listings") * policy.world.scale
    paid = flows(policy, "capital market") * policy.world.scale
    assert 0.0 < paid <= 0.5 * policy.conditions.nominal * listed


def test_capital_market_financing_serves_the_large():
    policy = lived((strong("capital_market_financing", share=0.5),), 8, world=LIVELY)
    table = policy.record.tables()["events"]
    raised = table["value"][table["event"] == "issued bonds or shares"]
    assert raised.size
    assert np.median(raised) > 0.12 * np.median(policy.firms.revenue_year)


def test_merger_support_takes_products_out_of_the_district():
    policy, baseline = (lived(levers, 6, world=LIVELY) for levers in
                        ((strong("merger_support"),), ()))  # fmt: skip
    assert total(policy, "exits_sale") > total(baseline, "exits_sale")
    assert series(policy, "firms")[-1] < series(baseline, "firms")[-1]


def test_ip_services_voucher_raises_protection_and_not_quality():
    policy, baseline = lived((strong("ip_services_voucher"),), 4), lived((), 4)
    assert policy.firms.ip_protection.mean() > baseline.firms.ip_protection.mean()
    assert abs(series(policy, "quality")[-1] / series(baseline, "quality")[-1] - 1.0) < 0.01


def test_ip_exchange_finds_a_thin_market_where_little_is_cleared():
    thin = changed(MICRO, {"universities.cleared": 0.01})
    gains = []
    for world in (MICRO, thin):
        policy, baseline = after(8, (strong("ip_exchange"),), world=world), after(8, world=world)
        gains.append(total(policy, "licences") - total(baseline, "licences"))
    assert gains[1] < gains[0]


def test_ip_agencies_come_that_expect_little_custom():
    """Those that only the award brings are no better than chance, and find idle hours."""
    policy = lived((strong("ip_agencies"),), 6, world=LIVELY)
    baseline = lived((), 6, world=LIVELY)
    assert total(policy, "agencies_opened") > total(baseline, "agencies_opened")
    use = [float((e.agencies.use * e.agencies.hours).sum() / e.agencies.hours.sum())
           for e in (policy, baseline)]  # fmt: skip
    assert use[0] < use[1]


def test_credit_information_makes_all_readers_err_together():
    eco = district((strong("credit_information"),))
    eco.run(1)
    eco.dice.turn(0)
    rows = np.arange(len(eco.firms))
    own = normal(eco.dice.again("one reader", eco.firms.uid))
    other = normal(eco.dice.again("another reader", eco.firms.uid))
    seen = [signals.shared(eco, "lending", rows, error) for error in (own, other)]
    assert abs(np.corrcoef(own, other)[0, 1]) < 0.25
    assert np.corrcoef(*seen)[0, 1] > 0.5


def test_credit_agencies_that_the_award_brings_rate_no_better():
    policy, baseline = (lived(levers, 6, world=LIVELY) for levers in
                        ((strong("credit_agencies"),), ()))  # fmt: skip
    quality = [e.agencies.quality[e.agencies.kind == 1].mean() for e in (policy, baseline)]
    assert (policy.agencies.kind == 1).sum() > (baseline.agencies.kind == 1).sum()
    assert quality[0] <= quality[1] + 0.05


def test_credit_products_are_a_hurdle_for_the_young():
    eco = after(6, (strong("credit_products"),))
    rated, young = eco.firms.rated > 0.2, eco.ages() < 3.0
    assert rated[young].mean() < rated[~young].mean()


def test_tech_finance_branches_are_made_as_far_as_the_line_reaches():
    """A line that could pay half of those willing paid each of them half, and made none."""
    short = strong("tech_finance_branches", cost_share=0.7, envelope=55.0)
    ample = strong("tech_finance_branches", cost_share=0.7, envelope=2_000.0)
    made = [int(lived((lever,), 2).banks.technology.sum()) for lever in (short, ample)]
    anyway = int(lived((), 2).banks.technology.sum())
    assert anyway < made[0] < made[1]


def test_tech_finance_branches_take_patents_and_other_branches_do_not():
    eco = after(2, (strong("tech_finance_branches"),))
    rows = np.flatnonzero(eco.firms.patents > 0.0)[:5]
    ours, others = np.flatnonzero(eco.banks.technology)[0], np.flatnonzero(~eco.banks.technology)
    eco.banks.technology[-1] = False
    others = np.append(others, len(eco.banks) - 1)
    patents = claims.collateral(eco, rows, np.full(rows.size, ours))
    without = claims.collateral(eco, rows, np.full(rows.size, others[0]))
    assert (patents > without).all()


def test_credit_agencies_that_rate_poorly_tell_banks_less():
    """A rating counts by its rater: what only the award brings may leave banks no wiser."""
    poor, good = district(), district()
    poor.agencies.quality[:], good.agencies.quality[:] = 0.3, 0.9
    for eco in (poor, good):
        eco.agencies.hours[:] = 1e6
        eco.run(1)
    rated = poor.firms.rated > 0.6
    fresh = rated & (good.firms.rated > 0.9)
    assert fresh.any()
    assert (poor.firms.rated[fresh] < good.firms.rated[fresh]).all()
