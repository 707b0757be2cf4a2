"""What the right to stop is worth to each side: a lower bound, and what it cannot exceed.

At each meeting, the last first, the value of stopping less that of going on is regressed on what is
known (Longstaff & Schwartz 2001). The sign of the curve is a rule that looks at nothing else. It is
fitted on one half of the draws and valued on the other: the gain is that of a rule that could have
been used, so in expectation it is no larger than the best one's, and no draw both chooses and
judges. Who could see the whole future would gain the upper bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.draws.values import Ints
from simulate.gates.basis import Curve, halves, told
from simulate.gates.forecast import Value, valued
from simulate.gates.futures import Futures
from simulate.risk.error import Used, reach
from simulate.risk.estimate import mean

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Policy:
    """A way to decide, and what comes of it. Gains are against funding that always goes on.

    Attributes:
        stops: at which meeting, from one, funding ends in each future, 0 where it does not.
        gain: to each who is concerned, SEK.
        stopped: share of the futures that end.
        drawn: what is drawn, SEK: its mean, and 5, 50 and 95 % quantiles.
    """

    stops: Ints
    gain: Mapping[str, Value]
    stopped: Value
    drawn: tuple[Value, float, float, float]


@dataclass(frozen=True, eq=False)
class Right:
    """The right of one side to stop.

    Attributes:
        side: whose.
        policy: the rule that was found, on what is known at each meeting.
        beforehand: the best that can be decided once and for all before the first meeting: the
            meeting, from one, or 0 never to stop, chosen on one half of the draws and valued on the
            other.
        interim: what it is worth to decide on what the meetings know rather than once and for all,
            SEK: the first rule's gain less the second's, with the error of the difference.
        most: what somebody who sees the whole future would gain, SEK.
        cheap: how often, of those futures that it stops, the cost was then below what a month or
            the yardstick says in half of the futures; ``None`` where it stops in none.
    """

    side: str
    policy: Policy
    beforehand: Policy
    interim: Value
    most: Value
    cheap: float | None

    @property
    def low(self) -> float:
        """Lower end of a one-sided 95 % interval of the gain."""
        own = self.policy.gain[self.side]
        return own.value - reach(len(self.policy.stops), 0.95) * own.error


def right(
    found: Futures, names: tuple[str, ...], side: str, places: Mapping[int, int],
    used: Iterable[Used] = (),
) -> Right:  # fmt: skip
    """Return what the right to stop is worth to one side.

    Args:
        found: the futures.
        names: of all who are concerned.
        side: whose right it is.
        places: the world that each deciding meeting leads to; 0 is that of going on.
        used: which posterior samples the futures used.
    """
    used = tuple(used)
    worth = found.worth[:, :, names.index(side)]
    stops, once = (np.zeros(len(worth), dtype=np.int64) for _ in range(2))
    for own, other in (halves(len(worth)), halves(len(worth))[::-1]):
        curves = learned(found, other, worth, places)
        stops[own] = followed(found, own, curves)
        means = {one: float(worth[other, place].mean()) for one, place in places.items()}
        once[own] = max(means, key=lambda one: (means[one], one == 0))
    known, beforehand = (
        worth[np.arange(len(worth)), _worlds(chosen, places)] for chosen in (stops, once)
    )
    best = worth.max(axis=1) - worth[:, places[0]]
    return Right(
        side,
        policy(found, names, stops, places, used),
        policy(found, names, once, places, used),
        valued(mean(known - beforehand), used),
        valued(mean(best), used),
        _cheap(found, stops),
    )


def _worlds(stops: Ints, places: Mapping[int, int]) -> Ints:
    """Return the world that stopping at each meeting leads to, dims (draw,)."""
    world = np.zeros(max(places) + 1, dtype=np.int64)
    for meeting, place in places.items():
        world[meeting] = place
    return world[stops]


def _cheap(found: Futures, stops: Ints) -> float | None:
    """Return how often the cost was below its median at the meeting that stops, where known."""
    below, count = 0, 0
    for meeting in np.unique(stops[stops > 0]):
        cost = told(found, int(meeting) - 1)[0]
        there = (stops == meeting) & np.isfinite(cost)
        if there.any():
            below += int((cost[there] < np.nanmedian(cost)).sum())
            count += int(there.sum())
    return below / count if count else None


def learned(
    found: Futures, where: slice, worth: Floats, places: Mapping[int, int]
) -> dict[int, Curve]:
    """Return the curve of each deciding meeting: what it gains by stopping there.

    Args:
        found: the futures.
        where: the draws to learn on.
        worth: in each world, SEK, dims (draw, world).
        places: as in :func:`right`.
    """
    onward = worth[where, places[0]].copy()
    curves: dict[int, Curve] = {}
    for meeting in sorted((one for one in places if one), reverse=True):
        here = worth[where, places[meeting]]
        known = [one[where] for one in told(found, meeting - 1)]
        curves[meeting] = Curve.fitted(known, here - onward)
        onward = np.where(curves[meeting].at(known) > 0.0, here, onward)
    return curves


def followed(found: Futures, where: slice, curves: Mapping[int, Curve]) -> Ints:
    """Return at which meeting each future stops under a rule; 0 where none does."""
    stops = np.zeros(len(found.payment[where]), dtype=np.int64)
    for meeting in sorted(curves, reverse=True):
        known = [one[where] for one in told(found, meeting - 1)]
        stops = np.where(curves[meeting].at(known) > 0.0, meeting, stops)
    return stops


def policy(
    found: Futures,
    names: tuple[str, ...],
    stops: Ints,
    places: Mapping[int, int],
    used: Iterable[Used] = (),
) -> Policy:
    """Return what comes of stopping at given meetings.

    Args:
        found: the futures.
        names: of all who are concerned.
        stops: meeting, from one, 0 for none, dims (draw,).
        places: as in :func:`right`.
        used: which posterior samples the futures used.
    """
    used = tuple(used)
    rows, at = np.arange(len(stops)), _worlds(stops, places)
    gained = found.worth[rows, at] - found.worth[:, places[0]]
    drawn = found.lent[rows, at]
    low, middle, high = (float(np.quantile(drawn, p)) for p in (0.05, 0.5, 0.95))
    return Policy(
        stops,
        {name: valued(mean(gained[:, place]), used) for place, name in enumerate(names)},
        valued(mean((stops > 0).astype(np.float64)), used),
        (valued(mean(drawn), used), low, middle, high),
    )
