"""The effect on one person over time, as an exact antiderivative.

Since inclusion at time 0 the effect is ``during`` of the full effect while the insats lasts, and
fades by half in every ``half_life`` after its end at ``duration``::

    c(t) = during                                  0 ≤ t < duration
    c(t) = 2^(−(t − duration) / half_life)         t ≥ duration
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulate.draws.values import Floats, Values
from simulate.scenario.tree.outcomes import Course

_TINY = 1e-9


@dataclass(frozen=True)
class Fading:
    """The course of an effect; every field has dims (draw,) or ()."""

    during: Floats
    duration: Floats
    half_life: Floats

    @classmethod
    def of(cls, course: Course, duration: Floats, values: Values) -> Fading:
        """Return the course in each future; ``duration`` is the length of the insats in years."""
        half_life = np.maximum(values.of(course.half_life), _TINY)
        return cls(values.of(course.during), duration, half_life)

    def until(self, t: Floats) -> Floats:
        """Return ∫₀ᵗ c in years of full effect; 0 before inclusion.

        Args:
            t: years since inclusion, broadcastable with the fields.
        """
        inside = np.clip(t, 0.0, self.duration)
        after = np.maximum(t - self.duration, 0.0)
        # −expm1 keeps the digits that 1 − 2^(−x) loses when little time has passed.
        decay = -np.expm1(-math.log(2.0) * after / self.half_life)
        return np.asarray(self.during * inside + self.half_life / math.log(2.0) * decay)

    def by_draw(self, axes: int) -> Fading:
        """Return the same course with ``axes`` empty dimensions after (draw,)."""
        shape = (slice(None), *[None] * axes)
        during, duration, half_life = (
            value[shape] if np.ndim(value) else value
            for value in (self.during, self.duration, self.half_life)
        )
        return Fading(during, duration, half_life)
