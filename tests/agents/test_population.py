"""Columns inside, Mesa agents outside."""

from __future__ import annotations

import mesa
import numpy as np
import pytest
from factories import district, state

from agents.firms import Firm, Firms
from agents.founders import Founder
from agents.funds import Fund


@pytest.fixture
def eco():
    return district()


def test_every_firm_is_a_mesa_agent_when_somebody_asks(eco):
    firms = eco.agents_by_type[Firm]
    assert len(firms) == len(eco.firms)
    assert all(isinstance(firm, mesa.Agent) for firm in firms)
    assert {firm.unique_id for firm in firms} == set(eco.firms.uid.tolist())
    assert Fund in eco.agents_by_type
    assert Founder in eco.agents_by_type


def test_the_populations_themselves_are_mesa_agents_of_the_model(eco):
    assert eco.agents_by_type[Firms].to_list() == [eco.firms]


def test_select_chains_and_keeps_its_agents(eco):
    """Mesa's sets hold members weakly; a chain of selects must not lose them."""
    young = eco.agents_by_type[Firm].select(lambda firm: firm.revenue_year < 20.0)
    chosen = young.select(lambda firm: firm.sector == 0)
    expected = (eco.firms.revenue_year < 20.0) & (eco.firms.sector == 0)
    assert len(chosen) == expected.sum() > 0


def test_groupby_and_agg_give_what_the_columns_give(eco):
    firms = eco.agents_by_type[Firm]
    groups = firms.groupby("sector").agg("revenue", sum)
    expected = eco.by_sector(eco.firms.revenue)
    assert groups == pytest.approx({s: expected[s] for s in np.unique(eco.firms.sector).tolist()})
    assert firms.agg("staff", sum) == pytest.approx(eco.firms.staff.sum())


def test_a_handle_reads_and_writes_its_column(eco):
    firm = next(iter(eco.agents_by_type[Firm].select(lambda one: one.unique_id % 5 == 0)))
    before = state(eco)["firms.cash"]
    firm.cash += 2.5
    changed = eco.firms.cash - before
    assert changed[firm.row] == pytest.approx(2.5)
    assert np.count_nonzero(changed) == 1


def test_a_handle_speaks_plain_python(eco):
    firm = next(iter(eco.agents_by_type[Firm]))
    assert type(firm.cash) is float
    assert type(firm.sector) is int
    assert type(firm.aware) is bool


def test_a_handle_refuses_names_that_are_no_column(eco):
    firm = next(iter(eco.agents_by_type[Firm]))
    with pytest.raises(AttributeError, match="Firm has no column 'happiness'"):
        _ = firm.happiness
    with pytest.raises(AttributeError, match="Firm has no column 'happiness'"):
        firm.happiness = 1.0


def test_nobody_closes_a_firm_by_hand(eco):
    firm = next(iter(eco.agents_by_type[Firm]))
    with pytest.raises(RuntimeError, match=r"sim/phases/leaving\.py"):
        firm.remove()
    assert len(eco.agents_by_type[Firm]) == len(eco.firms)


def test_handles_follow_the_district_from_quarter_to_quarter(eco):
    before = {firm.unique_id for firm in eco.agents_by_type[Firm]}
    eco.run(2)
    now = {firm.unique_id for firm in eco.agents_by_type[Firm]}
    assert now == set(eco.firms.uid.tolist())
    assert now != before


def test_looking_changes_nothing(eco):
    """A run that is watched through Mesa gives the same numbers as one that is not."""
    watched, alone = eco, district()
    for _ in range(2):
        watched.agents_by_type[Firm].agg("cash", sum)
        watched.step()
        alone.step()
    assert state(watched).keys() == state(alone).keys()
    assert watched.firms.cash.tobytes() == alone.firms.cash.tobytes()
