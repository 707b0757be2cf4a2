"""Numbers of the slow twin: dates as years, and quantiles by summing and inverting."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import mpmath  # type: ignore[import-untyped]  # ships neither types nor stubs
from mpmath import mp, mpf

mp.dps = 30


def decimal_year(day: dt.date) -> Fraction:
    """Return a date as a year with a fraction."""
    length = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    return Fraction(day.year) + Fraction(day.timetuple().tm_yday - 1, length)


def exact(x: float | Fraction) -> mpf:
    """Return a number at the working precision."""
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpf(x)


def poisson_quantile(u: float, mean: float) -> int:
    """Return the smallest k whose cumulated Poisson probability reaches ``u``."""
    term = mp.exp(-mpf(mean))
    total, k = term, 0
    while total < u:
        k += 1
        term = term * mean / k
        total += term
    return k


def binomial_quantile(u: float, n: int, p: mpf) -> int:
    """Return the smallest k whose cumulated binomial probability reaches ``u``."""
    if n == 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    term = (1 - p) ** n
    total, k = term, 0
    while total < u and k < n:
        k += 1
        term = term * (n - k + 1) / k * p / (1 - p)
        total += term
    return k


def negative_binomial_quantile(u: float, successes: int, stop: mpf) -> int:
    """Return the smallest number of failures before ``successes`` that reaches ``u``."""
    if successes == 0 or stop >= 1:
        return 0
    term = stop**successes
    total, k = term, 0
    while total < u:
        k += 1
        term = term * (successes + k - 1) / k * (1 - stop)
        total += term
    return k


def gamma_share_below(shape: mpf, x: mpf) -> mpf:
    """Return P(Gamma(shape) ≤ x) by its power series, all of whose terms are positive.

    The series 1 + x/(a+1) + x²/((a+1)(a+2)) + … is added up in whole numbers of 2^−120.
    """
    one = 1 << 120
    upper, lower = int(x * one), int(shape * one)
    total = term = one
    while term:
        lower += one
        term = term * upper // lower
        total += term
    return mp.exp(shape * mp.log(x) - x - mp.loggamma(shape + 1)) * total / one


def gamma_quantile(u: float, shape: mpf) -> mpf:
    """Return x with P(Gamma(shape) ≤ x) = u: Newton from a cube-root normal guess."""
    z = mp.sqrt(2) * mpmath.erfinv(2 * mpf(u) - 1)
    x = shape * max(1 - 1 / (9 * shape) + z / (3 * mp.sqrt(shape)), mpf("0.05")) ** 3
    for _ in range(100):
        density = mp.exp((shape - 1) * mp.log(x) - x - mp.loggamma(shape))
        step = (gamma_share_below(shape, x) - u) / density
        x = max(x - step, x / 4)
        if abs(step) < x * mpf(10) ** -11:  # Newton doubles the digits: the next step is nil
            return x
    raise ArithmeticError("the gamma quantile was not found")


def mean_cost(u: float, persons: int, cv: float) -> mpf:
    """Return the mean of ``persons`` gamma costs of mean one."""
    if cv == 0 or persons == 0:
        return mpf(1)
    shape = persons / mpf(cv) ** 2
    return gamma_quantile(u, shape) / shape
