"""What two uncertain differences say about their ratio (Fieller 1954).

The set of ratios that the data do not reject is bounded only when the denominator differs from
nought by more than its own error. Otherwise it is the whole line, or all but a bounded interval,
and no interval from a smooth approximation can be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

# Two-sided 95 %.
Z = 1.959963984540054


@dataclass(frozen=True)
class FiellerSet:
    """Ratios that are not rejected.

    Attributes:
        kind: ``bounded``: between ``low`` and ``high``; ``outside``: all but those between them;
            ``line``: every number.
        low, high: ends; not used for the whole line.
        z: how many of its own standard errors the denominator lies from nought.
    """

    kind: Literal["bounded", "outside", "line"]
    low: float
    high: float
    z: float

    def holds(self, ratio: float) -> bool:
        """Return whether a ratio is in the set."""
        inside = self.low <= ratio <= self.high
        return {"bounded": inside, "outside": not inside, "line": True}[self.kind]


def fieller(
    numerator: float,
    denominator: float,
    numerator_var: float,
    denominator_var: float,
    covariance: float = 0.0,
    z: float = Z,
) -> FiellerSet:
    """Return the ratios r with (numerator − r·denominator)² ≤ z² · its variance.

    Whether the set is bounded depends on the denominator and its variance alone: neither on the
    covariance nor on the numerator.

    Args:
        numerator, denominator: estimates, approximately normal.
        numerator_var, denominator_var, covariance: of the estimates.
        z: standard errors; 1.96 for 95 %.

    Example:
        >>> fieller(2.0, 4.0, 0.01, 0.01).kind, fieller(2.0, 4.0, 9.0, 9.0).kind
        ('bounded', 'line')
    """
    # a r² − 2 b r + c ≤ 0
    a = denominator**2 - z**2 * denominator_var
    b = numerator * denominator - z**2 * covariance
    c = numerator**2 - z**2 * numerator_var
    distance = abs(denominator) / sqrt(denominator_var)
    under = b**2 - a * c
    if a > 0:
        half = sqrt(max(under, 0.0))
        return FiellerSet("bounded", (b - half) / a, (b + half) / a, distance)
    if a == 0 or under <= 0:
        return FiellerSet("line", 0.0, 0.0, distance)
    half = sqrt(under)
    return FiellerSet("outside", (b + half) / a, (b - half) / a, distance)
