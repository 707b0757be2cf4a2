"""What each meeting can say of the payment in the end, by regression over the futures.

E(payment | known) is fitted on one half of the draws and read on the other, so that the share that
it explains owes nothing to chance in the fit. Intervals are quantiles of the payment among futures
whose forecast is alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.gates.basis import bins, cross, told
from simulate.gates.futures import Futures
from simulate.risk.error import Used, mcse
from simulate.risk.estimate import Estimate, mean, quantile

Floats = NDArray[np.float64]

GROUPS = 32
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Value:
    """A figure with its Monte Carlo standard error."""

    value: float
    error: float


def valued(found: Estimate, used: Iterable[Used] = ()) -> Value:
    """Return an estimate with its error."""
    value = float("nan") if found.value is None else found.value
    error = 0.0 if found.influence is None else mcse(found.influence, used)
    return Value(value, max(error, found.least))


@dataclass(frozen=True)
class Forecast:
    """What one meeting knows, and what that says of the payment.

    Attributes:
        months: person-months whose cost is known, on average.
        share: of all person-months, on average.
        persons: included, on average.
        explained: share of the variance of the payment that what is known explains.
        spread: standard deviation of the expected payment between what may become known, SEK.
        forecasts: 5 % and 95 % quantile of the expected payment, SEK.
        interval: lower and upper end of the interval that holds nine in ten, on average, SEK.
        losses: 5 % and 95 % quantile of the probability that less than the drawn is paid.
    """

    months: Value
    share: Value
    persons: Value
    explained: Value
    spread: float
    forecasts: tuple[float, float]
    interval: tuple[Value, Value]
    losses: tuple[float, float]


@dataclass(frozen=True)
class Before:
    """What is known before the first meeting.

    Attributes:
        payment: its mean, SEK.
        sd: its standard deviation, SEK.
        interval: its 5 % and 95 % quantile, SEK.
        loss: probability that less than the drawn amount is paid.
    """

    payment: Value
    sd: float
    interval: tuple[Value, Value]
    loss: Value


def before(found: Futures, used: Iterable[Used] = ()) -> Before:
    """Return what is known of the payment beforehand."""
    used = tuple(used)
    loss = (found.payment < found.drawn).astype(np.float64)
    low, high = (valued(quantile(found.payment, p), used) for p in (LOW, HIGH))
    return Before(
        valued(mean(found.payment), used),
        float(found.payment.std()),
        (low, high),
        valued(mean(loss), used),
    )


def forecast(found: Futures, meeting: int, used: Iterable[Used] = ()) -> Forecast:
    """Return what a meeting knows.

    Args:
        found: the futures, funding going on.
        meeting: its place, from zero.
        used: which posterior samples the futures used.
    """
    used = tuple(used)
    known = told(found, meeting)
    lost = (found.payment < found.drawn).astype(np.float64)
    both, _ = cross(known, np.stack([found.payment, lost], axis=1))
    expected, losses = both.T
    low, high = intervals(expected, found.payment, used)
    fifth, last = (float(np.quantile(expected, p)) for p in (LOW, HIGH))
    least, most = (float(np.quantile(np.clip(losses, 0.0, 1.0), p)) for p in (LOW, HIGH))
    return Forecast(
        valued(mean(found.months[:, meeting])),
        valued(mean(found.share[:, meeting])),
        valued(mean(found.persons[:, meeting])),
        valued(explained(expected, found.payment), used),
        float(expected.std()),
        (fifth, last),
        (low, high),
        (least, most),
    )


def explained(expected: Floats, y: Floats) -> Estimate:
    """Return the share of the variance of ``y`` that its expectation explains.

    Below zero only by the error of a fit that explains nothing.
    """
    left, all_of = np.square(y - expected), np.square(y - y.mean())
    whole = float(all_of.mean())
    if whole <= 0.0:
        return Estimate(0.0)
    share = 1.0 - float(left.mean()) / whole
    return Estimate(share, -(left - (1.0 - share) * all_of) / whole)


def intervals(expected: Floats, y: Floats, used: Iterable[Used] = ()) -> tuple[Value, Value]:
    """Return the average of the 5 % and of the 95 % quantile among futures of like forecasts."""
    used, groups = tuple(used), bins(expected, GROUPS)
    low, high = (_average(y, groups, p, used) for p in (LOW, HIGH))
    return low, high


def _average(
    y: Floats, groups: Sequence[NDArray[np.int64]], p: float, used: tuple[Used, ...]
) -> Value:
    """Return the average of a quantile over groups; what lies at an atom there adds no error."""
    influence = np.zeros(len(y))
    for group in groups:
        found = quantile(y[group], p)
        if found.influence is not None:
            influence[group] = found.influence * len(y) / (len(group) * len(groups))
    value = np.mean([np.quantile(y[group], p) for group in groups])
    return Value(float(value), mcse(influence, used))
