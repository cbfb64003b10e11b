"""Each metric has one definition, and agrees with the books."""

from __future__ import annotations

import numpy as np
import pytest
from factories import district, lived, package, series

QUARTERS = 12


@pytest.fixture(scope="module")
def eco():
    return lived((), QUARTERS)


def flow(eco, *reasons: str) -> np.ndarray:
    """Sum of flows by quarter, at the scale of the district (m yuan)."""
    table = eco.record.tables()["flows"]
    kept = np.isin(table["reason"], reasons)
    return np.bincount(table["quarter"][kept], table["amount"][kept].astype(float), QUARTERS)


def test_revenue_is_what_was_sold(eco):
    """A firm that closes after selling has sold: its revenue counts in its last quarter too."""
    assert series(eco, "revenue") == pytest.approx(flow(eco, "sales"))


def test_rnd_done_is_rnd_reported_where_nobody_relabels(eco):
    """Both count every firm that did R&D this quarter, those that then left among them."""
    assert series(eco, "rnd") == pytest.approx(series(eco, "rnd_reported"))


def test_taxes_and_grants_are_what_was_paid(eco):
    assert series(eco, "tax") == pytest.approx(flow(eco, "taxes"))
    assert series(eco, "grants") == pytest.approx(flow(eco, "standing grants"))
    assert series(eco, "vc_amount") == pytest.approx(flow(eco, "equity"))
    assert series(eco, "loans_new") == pytest.approx(flow(eco, "loans"))
    # Loan applicants take pains as well.
    assert (series(eco, "applicant_effort") <= flow(eco, "applicants' effort") + 1e-9).all()


def test_value_added_is_sales_less_purchases(eco):
    sold, bought = flow(eco, "sales"), flow(eco, "purchases")
    assert series(eco, "value_added") == pytest.approx(sold - bought)


def test_net_cost_is_outlay_less_what_came_back():
    eco = lived(package(), QUARTERS)
    columns = eco.record.tables()["series"]
    assert columns["net_cost"] == pytest.approx(columns["outlay"] - columns["returned"])


def test_parts_are_not_larger_than_wholes(eco):
    columns = eco.record.tables()["series"]
    for part, whole in (
        ("loans_small", "loans_new"), ("refusals", "loan_applications"), ("inventions", "patents"),
        ("st_staff", "employment"), ("top_talent", "employment"),
        ("employment_without_anchors", "employment"),
        ("spin_offs", "births"), ("places_used", "places"), ("listed", "firms"),
        ("borrowers_below_20m", "firms_below_20m"), ("borrowers_below_100m", "firms_below_100m"),
        ("defaults_small", "defaults"), ("misuse_found", "misuse"), ("misuse", "grants"),
        ("vc_public", "vc_amount"), ("exits_young", "exits"), ("grants_count", "applications"),
        ("rnd_without_anchors", "rnd"), ("revenue_without_anchors", "revenue"),
    ):  # fmt: skip
        assert (columns[part] <= columns[whole] * (1 + 1e-9) + 1e-9).all(), (part, whole)


@pytest.mark.parametrize("dimension", ["size", "sector", "zone", "origin", "age"])
def test_groups_add_up_to_the_district(eco, dimension):
    groups = eco.record.tables()["groups"]
    kept = (groups["dimension"] == dimension) & (groups["quarter"] == 11)
    assert groups["firms"][kept].sum() == pytest.approx(series(eco, "firms")[11])
    # Groups are of the firms that are there at the year's end; sales also count those that left.
    there = eco.firms.revenue.sum() / eco.world.scale
    assert groups["revenue"][kept].sum() == pytest.approx(there)
    assert there <= series(eco, "revenue")[11]
    assert groups["staff"][kept].sum() == pytest.approx(series(eco, "employment")[11])


def test_top_people_are_jobs_where_they_work(eco):
    """Beside the staff in the district; production that sits in the region is no job here."""
    firms = eco.firms
    here = firms.staff - firms.staff_region + firms.top_talent
    assert firms.top_talent.sum() > 0.0
    assert series(eco, "employment")[-1] == pytest.approx(here.sum() / eco.world.scale)
    without = here[~firms.anchor].sum() / eco.world.scale
    assert series(eco, "employment_without_anchors")[-1] == pytest.approx(without)


def test_sizes_count_every_firm_once(eco):
    sizes = eco.record.tables()["sizes"]
    for quarter in (0, 3, 11):
        assert sizes["firms"][sizes["quarter"] == quarter].sum() == pytest.approx(
            series(eco, "firms")[quarter]
        )


def test_one_row_a_quarter_from_the_opening(eco):
    assert series(eco, "quarter").tolist() == list(range(QUARTERS))


def test_survivors_are_counted_against_their_own_cohort():
    """Founded at quarter 0 and alive at quarter 20; the dead count as zero."""
    eco = lived((), 40)
    born, alive = series(eco, "births"), series(eco, "survivors_5y")
    assert (alive[20:] <= born[:20] + 1e-9).all()
    assert alive[20:].sum() > 0.0
    founded = (eco.firms.origin != 4) & (eco.quarter - 1 - eco.firms.birth_quarter == 20)
    assert alive[-1] == pytest.approx(founded.sum() / eco.world.scale)


def test_a_smaller_district_reports_at_the_scale_of_the_whole(eco):
    assert series(eco, "firms")[0] == pytest.approx(len(district().firms) * 50.0, rel=0.1)


def test_followed_firms_are_one_in_so_many_by_identity():
    eco = district(sample=16)
    eco.run(4)
    followed = eco.record.tables()["firms"]["uid"]
    assert (followed % 16 == 0).all()
    assert set(followed.tolist()) == set(eco.firms.uid[eco.firms.uid % 16 == 0].tolist())
