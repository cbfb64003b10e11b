"""The same bits everywhere: our own exponential, logarithm and normal quantile."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from agents import exact


def test_exponential_agrees_with_numpy_over_its_range():
    x = np.linspace(-700.0, 700.0, 200_001)
    assert np.max(np.abs(exact.exp(x) / np.exp(x) - 1.0)) < 5e-16  # noqa: TID251


def test_exponential_levels_off_outside_its_range_instead_of_overflowing():
    ends = exact.exp(np.array([-1e6, 1e6]))
    assert 0.0 < ends[0] < 1e-300
    assert 1e300 < ends[1] < np.inf


def test_logarithm_agrees_with_numpy_over_its_range():
    x = np.geomspace(1e-300, 1e300, 200_001)
    assert np.max(np.abs(exact.log(x) - np.log(x)) / np.maximum(np.abs(np.log(x)), 1.0)) < 5e-16  # noqa: TID251


def test_logarithm_of_nothing_is_very_low_and_not_infinite():
    assert exact.log(np.array([0.0, -1.0])).tolist() == [-745.0, -745.0]


def test_normal_quantile_agrees_with_scipy():
    u = np.concatenate([np.linspace(1e-12, 1 - 1e-12, 100_001), np.geomspace(1e-16, 0.5, 1_000)])
    reference = stats.norm.ppf(u)
    assert np.max(np.abs(exact.normal(u) - reference) / np.maximum(np.abs(reference), 1.0)) < 2e-14


def test_normal_quantile_is_finite_and_odd():
    u = np.array([0.0, 0.1, 0.5, 0.9, 1.0])
    z = exact.normal(u)
    assert np.isfinite(z).all()
    assert z[2] == 0.0
    assert z[1] == pytest.approx(-z[3], rel=1e-15)


def test_logistic_and_laplace_are_distributions_of_unit_scale():
    assert exact.logistic(np.array([0.0])).tolist() == [0.5]
    u = (np.arange(200_000) + 0.5) / 200_000
    draws = exact.laplace(u)
    assert abs(float(draws.mean())) < 1e-12
    assert float(draws.std()) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [(exact.exp, -50, 50), (exact.log, 1e-9, 1e9), (exact.normal, 1e-9, 1 - 1e-9),
     (exact.logistic, -30, 30)],
)  # fmt: skip
def test_every_function_rises(function, low, high):
    """A rule that asks "which is larger" must not be misled by a rounding step."""
    x = np.linspace(low, high, 100_003)
    assert np.diff(function(x)).min() >= 0.0


@given(st.floats(0.01, 100.0), st.floats(-20.0, 20.0))
def test_power_agrees_with_python(base, exponent):
    expected = base**exponent
    assert float(exact.power(base, exponent)) == pytest.approx(expected, rel=1e-13)


@given(st.floats(-300.0, 300.0))
def test_logarithm_undoes_the_exponential(x):
    assert float(exact.log(exact.exp(x))) == pytest.approx(x, rel=1e-14, abs=1e-14)


# Fixed bits: a processor, a numba or an edit that moves the last bit of a draw must be seen here.
GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "bits.json").read_text())


@pytest.mark.parametrize(("name", "x", "bits"), GOLDEN)
def test_bits_are_fixed(name, x, bits):
    assert float(getattr(exact, name)(x)).hex() == bits


def test_an_array_and_a_number_give_the_same_bits():
    """Vector units may not round differently from scalar ones."""
    x = np.linspace(-5.0, 5.0, 1_001)
    alone = np.array([float(exact.exp(v)) for v in x])
    assert exact.exp(x).tobytes() == alone.tobytes()
    assert exact.exp(x[::3]).tobytes() == alone[::3].tobytes()
