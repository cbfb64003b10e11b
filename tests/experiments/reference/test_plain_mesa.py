"""The reference by itself: a plain Mesa model whose money is conserved, and its small functions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.reference import scalars
from experiments.reference.agents import Firm
from experiments.reference.model import ReferenceModel
from experiments.reference.money import BudgetLine, pay
from experiments.reference.state import PURSES, read
from scenarios.levers import LEVERS
from sim.burnin import opening
from sim.model import Ecosystem
from sim.world import World

MICRO = replace(World(), scale=0.02)


@pytest.fixture
def model() -> ReferenceModel:
    levers = tuple(kind() for kind in LEVERS.values())
    return read(Ecosystem(MICRO, levers, seed=5, snapshot=opening(MICRO, disk=False)), "founding")


def held(model: ReferenceModel) -> float:
    """All the money there is (m yuan)."""
    purses = sum(getattr(model, name).cash for name in PURSES)
    return purses + sum(agent.cash for agent in model.agents if "cash" in agent.newborn)


def test_a_quarter_moves_money_and_makes_none(model: ReferenceModel) -> None:
    before, households = held(model), model.households.cash
    model.step()
    assert model.households.cash != households
    assert held(model) == pytest.approx(before, abs=1e-6)


def test_firms_are_ordinary_mesa_agents(model: ReferenceModel) -> None:
    first = model.agents_by_type[Firm].select(lambda firm: firm.sector.code == 0)
    assert 0 < len(first) < len(model.firms)
    with pytest.raises(AttributeError, match="Firm has no attribute 'colour'"):
        _ = next(iter(first)).colour


def test_shares_of_every_market_sum_to_one_after_selling(model: ReferenceModel) -> None:
    def totals() -> list[float]:
        served = {sector: sector.outside_share for sector in model.sectors}
        for firm in model.firms:
            served[firm.sector] += firm.share
        return list(served.values())

    before = totals()
    model.step()
    assert totals() == pytest.approx(before, abs=1e-9)


def test_a_short_line_cuts_all_claims_alike_and_pays_administration(model: ReferenceModel) -> None:
    poor, rich = list(model.firms)[:2]
    start = poor.cash, rich.cash
    model.purser.lines["rnd_subsidy"] = BudgetLine(available=1.05, spent=0.0)
    paid = model.purser.settle("rnd_subsidy", [(poor, 1.0), (rich, 3.0)])
    assert paid == pytest.approx([0.25, 0.75])
    assert (poor.cash - start[0], rich.cash - start[1]) == pytest.approx((0.25, 0.75))
    assert model.purser.lines["rnd_subsidy"].available == pytest.approx(0.0)
    assert model.purser.lines["rnd_subsidy"].spent == pytest.approx(1.05)


def test_an_empty_line_pays_nothing(model: ReferenceModel) -> None:
    (firm,) = list(model.firms)[:1]
    model.purser.lines["rnd_subsidy"] = BudgetLine(available=0.0, spent=0.0)
    assert model.purser.settle("rnd_subsidy", [(firm, 2.0)]) == [0.0]


def test_what_one_pays_the_other_receives(model: ReferenceModel) -> None:
    (firm,) = list(model.firms)[:1]
    before = firm.cash, model.state.cash
    pay(firm, model.state, 0.5)
    assert (firm.cash, model.state.cash) == (before[0] - 0.5, before[1] + 0.5)


@given(st.floats(1e-9, 1.0 - 1e-9))
def test_quantiles_are_those_of_the_statistics_books(u: float) -> None:
    assert scalars.normal(u) == pytest.approx(stats.norm.ppf(u), rel=1e-12, abs=1e-12)
    assert scalars.laplace(u) == pytest.approx(stats.laplace.ppf(u, scale=np.sqrt(0.5)), abs=1e-12)
    assert scalars.beta_three(u) == pytest.approx(stats.beta.ppf(u, 3, 3), abs=1e-10)
