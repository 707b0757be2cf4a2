"""Where an event happens: a box of few bounds that holds most of it (PRIM).

The patient rule induction method (Friedman and Fisher 1999), as used in scenario discovery (Bryant
and Lempert 2010): from all draws a thin slice is peeled off, again and again, on the side that
leaves the event densest. The box is found on one half of the draws, and its density and coverage
are counted on the other, so that neither owes anything to the search.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.risk.error import mcse
from simulate.risk.estimate import Estimate, probability_given

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_PEEL = 0.05
# A box covers at least half of the event, and is bounded in at most this many factors.
LEAST_COVERAGE, MOST_BOUNDS = 0.5, 2
_FEWEST = 50
# A box that is denser by less than so many standard errors is no finding.
_ERRORS = 2.0


@dataclass(frozen=True)
class Box:
    """A region.

    Attributes:
        bounds: factor → lowest and highest uniform number, that is, percentiles of the factor; in
            order of weight. Empty where nothing tells the event apart.
        density: probability of the event inside, with its Monte Carlo standard error.
        coverage: share of the event that lies inside, with its error.
        share: probability of the region.
    """

    bounds: Mapping[str, tuple[float, float]]
    density: tuple[float, float]
    coverage: tuple[float, float]
    share: float


def discover(
    event: Mask, uniforms: Mapping[str, Floats], error: Callable[[Floats], float] = mcse
) -> Box:
    """Return the densest box that covers at least half of the event.

    Args:
        event: dims (draw,).
        uniforms: of each factor, its uniform number in every draw, dims (draw,).
        error: from the influence of every draw, dims (draw,), to a standard error.

    Example:
        >>> u = np.random.default_rng(1).random((2, 8000))
        >>> box = discover(u[0] < 0.3, {"a": u[0], "b": u[1]})
        >>> list(box.bounds), round(box.bounds["a"][1], 1), box.density[0] > 0.9
        (['a'], 0.3, True)
    """
    half = len(event) // 2
    names = list(uniforms)
    points = np.array([uniforms[name] for name in names]).reshape(len(names), len(event))
    low, high = _peel(event[:half], points[:, :half])
    low, high = _fewest(event[:half], points[:, :half], low, high)
    seen = event[half:]
    inside = _inside(points[:, half:], low, high)
    density = probability_given(seen, inside)
    coverage = probability_given(inside, seen)
    base = float(seen.mean())
    value, off = _with_error(density, error)
    if value - base <= _ERRORS * off:
        return Box({}, (base, error(seen.astype(np.float64) - base)), (1.0, 0.0), 1.0)
    bounded = [place for place in range(len(names)) if low[place] > 0.0 or high[place] < 1.0]
    bounded.sort(key=lambda place: high[place] - low[place])
    return Box(
        {names[place]: (float(low[place]), float(high[place])) for place in bounded},
        (value, off),
        _with_error(coverage, error),
        float(inside.mean()),
    )


def _with_error(found: Estimate, error: Callable[[Floats], float]) -> tuple[float, float]:
    if found.value is None or found.influence is None:
        return 0.0, 0.0
    return found.value, max(error(found.influence), found.least)


def _inside(points: Floats, low: Floats, high: Floats) -> Mask:
    return np.all((points >= low[:, None]) & (points <= high[:, None]), axis=0)


def _peel(event: Mask, points: Floats) -> tuple[Floats, Floats]:
    """Return the bounds after the last peel that leaves the box enough of the event."""
    low, high = np.zeros(len(points)), np.ones(len(points))
    least = LEAST_COVERAGE * event.sum()
    inside = np.ones(len(event), dtype=bool)
    while inside.sum() > _FEWEST:
        best: tuple[float, int, int, float] | None = None
        for place, one in enumerate(points):
            own = one[inside]
            for side, level in ((0, _PEEL), (1, 1.0 - _PEEL)):
                edge = float(np.quantile(own, level))
                left = own >= edge if side == 0 else own <= edge
                kept = event[inside][left]
                if kept.sum() >= max(least, 1) and (best is None or kept.mean() > best[0]):
                    best = (float(kept.mean()), place, side, edge)
        if best is None or best[0] <= event[inside].mean():
            break
        _, place, side, edge = best
        (low if side == 0 else high)[place] = edge
        inside = _inside(points, low, high)
    return low, high


def _fewest(event: Mask, points: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the box with the bounds that matter most, each pulled in as far as it may be.

    The bounds are kept one at a time, the one first that leaves the event densest; one that makes
    it denser by no more than noise is left out.
    """
    before = float(event.mean())
    kept_low, kept_high = np.zeros_like(low), np.ones_like(high)
    chosen: list[int] = []
    for _ in range(MOST_BOUNDS):
        best: tuple[float, int] | None = None
        for place in range(len(points)):
            if place in chosen or (low[place] == 0.0 and high[place] == 1.0):
                continue
            trial_low, trial_high = kept_low.copy(), kept_high.copy()
            trial_low[place], trial_high[place] = low[place], high[place]
            density = float(event[_inside(points, trial_low, trial_high)].mean())
            if best is None or density > best[0]:
                best = (density, place)
        noise = np.sqrt(before * (1.0 - before) / max(LEAST_COVERAGE * event.sum(), 1.0))
        if best is None or best[0] - before <= _ERRORS * noise:
            break
        before = best[0]
        chosen.append(best[1])
        kept_low[best[1]], kept_high[best[1]] = low[best[1]], high[best[1]]
    if not chosen:
        return kept_low, kept_high
    # Peeled again in the chosen factors alone: what the others took is theirs to give.
    found_low, found_high = _peel(event, points[chosen])
    kept_low[chosen], kept_high[chosen] = found_low, found_high
    return kept_low, kept_high
