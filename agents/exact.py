"""Exponential, logarithm, power and normal quantile that give the same bits on every processor.

numpy and the C library choose their code by processor generation and differ in the last bit.
These use only +, -, *, / and sqrt, which IEEE 754 fixes, in a written order (numba contracts
nothing without fastmath). Rational forms: S. Moshier, Cephes; normal quantile: M. Wichura,
Applied Statistics 37 (1988), algorithm AS 241 (PPND16). Relative error below 1e-15.
"""

from __future__ import annotations

import math

import numpy as np
from numba import float64, njit, vectorize
from numba.core import types
from numba.extending import intrinsic

_ROUNDER = 6755399441055744.0
_ROUNDER_BITS = 0x4338000000000000


@intrinsic
def _bits(typing_context, value):
    def codegen(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.int64))

    return types.int64(types.float64), codegen


@intrinsic
def _from_bits(typing_context, value):
    def codegen(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.float64))

    return types.float64(types.int64), codegen


@njit(float64(float64), cache=True, inline="always", error_model="numpy")
def exp_one(x: float) -> float:
    """E to the power x, which is clipped to [-708, 709]."""
    x = min(max(x, -708.0), 709.0)
    # Adding 1.5 * 2**52 rounds to a whole number whose bits are the low bits of the sum.
    shifted = 1.4426950408889634073599 * x + _ROUNDER
    whole = shifted - _ROUNDER
    x -= whole * 6.93145751953125e-1
    x -= whole * 1.42860682030941723212e-6
    square = x * x
    odd = x * (
        (1.26177193074810590878e-4 * square + 3.02994407707441961300e-2) * square
        + 9.99999999999999999910e-1
    )
    even = (
        (3.00198505138664455042e-6 * square + 2.52448340349684104192e-3) * square
        + 2.27265548208155028766e-1
    ) * square + 2.00000000000000000009e0
    fraction = 1.0 + 2.0 * (odd / (even - odd))
    return fraction * _from_bits((_bits(shifted) - _ROUNDER_BITS + 1023) << 52)  # type: ignore[call-arg]


@njit(float64(float64), cache=True, inline="always", error_model="numpy")
def log_one(x: float) -> float:
    """Natural logarithm; -745 (log of the smallest number) for x not above 0."""
    positive = x > 2.3e-308
    bits = _bits(x)  # type: ignore
    exponent = ((bits >> 52) & 0x7FF) - 1022
    mantissa = _from_bits((bits & 0x000FFFFFFFFFFFFF) | (1022 << 52))
    low = mantissa < 0.70710678118654752440
    exponent = float(exponent - low)
    mantissa = (2.0 * mantissa if low else mantissa) - 1.0
    square = mantissa * mantissa
    top = (
        (
            (
                (1.01875663804580931796e-4 * mantissa + 4.97494994976747001425e-1) * mantissa
                + 4.70579119878881725854e0
            )
            * mantissa
            + 1.44989225341610930846e1
        )
        * mantissa
        + 1.79368678507819816313e1
    ) * mantissa + 7.70838733755885391666e0
    bottom = (
        (
            ((mantissa + 1.12873587189167450590e1) * mantissa + 4.52279145837532221105e1) * mantissa
            + 8.29875266912776603211e1
        )
        * mantissa
        + 7.11544750618563894466e1
    ) * mantissa + 2.31251620126765340583e1
    tail = mantissa * (square * top / bottom)
    tail -= exponent * 2.121944400546905827679e-4
    tail -= 0.5 * square
    value = mantissa + tail + exponent * 0.693359375
    return value if positive else -745.0


@njit(float64(float64), cache=True, inline="always", error_model="numpy")
def _centre(q):
    """Normal quantile at 0.5 + q, |q| up to 0.425."""
    r = 0.180625 - q * q
    top = (
        (
            (
                (
                    (
                        (2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
                        + 6.7265770927008700853e4
                    )
                    * r
                    + 4.5921953931549871457e4
                )
                * r
                + 1.3731693765509461125e4
            )
            * r
            + 1.9715909503065514427e3
        )
        * r
        + 1.3314166789178437745e2
    ) * r + 3.3871328727963666080e0
    bottom = (
        (
            (
                (
                    (
                        (5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
                        + 3.9307895800092710610e4
                    )
                    * r
                    + 2.1213794301586595867e4
                )
                * r
                + 5.3941960214247511077e3
            )
            * r
            + 6.8718700749205790830e2
        )
        * r
        + 4.2313330701600911252e1
    ) * r + 1.0
    return q * top / bottom


@njit(float64(float64), cache=True, inline="always", error_model="numpy")
def _near(r):
    """Normal quantile, sign apart, where r = sqrt(-log(tail)) is at most 5."""
    r -= 1.6
    top = (
        (
            (
                (
                    (
                        (7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
                        + 2.41780725177450611770e-1
                    )
                    * r
                    + 1.27045825245236838258e0
                )
                * r
                + 3.64784832476320460504e0
            )
            * r
            + 5.76949722146069140550e0
        )
        * r
        + 4.63033784615654529590e0
    ) * r + 1.42343711074968357734e0
    bottom = (
        (
            (
                (
                    (
                        (1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
                        + 1.51986665636164571966e-2
                    )
                    * r
                    + 1.48103976427480074590e-1
                )
                * r
                + 6.89767334985100004550e-1
            )
            * r
            + 1.67638483018380384940e0
        )
        * r
        + 2.05319162663775882187e0
    ) * r + 1.0
    return top / bottom


@njit(float64(float64), cache=True, inline="always", error_model="numpy")
def _far(r):
    """The same for r above 5."""
    r -= 5.0
    top = (
        (
            (
                (
                    (
                        (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                        + 1.24266094738807843860e-3
                    )
                    * r
                    + 2.65321895265761230930e-2
                )
                * r
                + 2.96560571828504891230e-1
            )
            * r
            + 1.78482653991729133580e0
        )
        * r
        + 5.46378491116411436990e0
    ) * r + 6.65790464350110377720e0
    bottom = (
        (
            (
                (
                    (
                        (2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
                        + 1.84631831751005468180e-5
                    )
                    * r
                    + 7.86869131145613259100e-4
                )
                * r
                + 1.48753612908506148525e-2
            )
            * r
            + 1.36929880922735805310e-1
        )
        * r
        + 5.99832206555887937690e-1
    ) * r + 1.0
    return top / bottom


@vectorize([float64(float64)], cache=True)
def _exp(x):
    """E to the power x, elementwise."""
    return exp_one(x)


@vectorize([float64(float64)], cache=True)
def _log(x):
    """Natural logarithm, elementwise."""
    return log_one(x)


# The plain ufuncs inside numba's, which add microseconds to a call.
exp: np.ufunc = _exp.ufunc
log: np.ufunc = _log.ufunc


def power(base: np.ndarray | float, exponent: np.ndarray | float) -> np.ndarray:
    """`base` to the power `exponent`, elementwise; the base must be above 0."""
    return exp(exponent * log(base))


@njit(cache=True, error_model="numpy")
def normals(u: np.ndarray) -> np.ndarray:
    """Standard normal quantiles, shape (n,), for compiled code.

    The middle for all at once, then the tails together, so that neither loop branches.
    """
    out = np.empty(u.size)
    tails = np.empty(u.size, np.int64)
    count = 0
    for i in range(u.size):
        out[i] = _centre(min(max(u[i], 1e-16), 1.0 - 1.1e-16) - 0.5)
    for i in range(u.size):
        tails[count] = i
        count += abs(u[i] - 0.5) > 0.425
    value = np.empty(count)
    for j in range(count):
        value[j] = min(max(u[tails[j]], 1e-16), 1.0 - 1.1e-16)
    for j in range(count):
        r = math.sqrt(-log_one(min(value[j], 1.0 - value[j])))
        size = _near(r) if r <= 5.0 else _far(r)
        value[j] = -size if value[j] < 0.5 else size
    for j in range(count):
        out[tails[j]] = value[j]
    return out


def normal(u: np.ndarray | float) -> np.ndarray:
    """Standard normal quantile, elementwise."""
    flat = np.ascontiguousarray(u, float).reshape(-1)
    return normals(flat).reshape(np.shape(u))


@vectorize([float64(float64)], cache=True)
def _logistic(x):
    """1 / (1 + exp(-x)), elementwise."""
    return 1.0 / (1.0 + exp_one(-x))


logistic: np.ufunc = _logistic.ufunc


def laplace(u: np.ndarray) -> np.ndarray:
    """Quantile of the Laplace distribution with mean 0 and standard deviation 1."""
    centred = u - 0.5
    return -np.sign(centred) * log(1.0 - 2.0 * np.abs(centred)) * 0.7071067811865476
