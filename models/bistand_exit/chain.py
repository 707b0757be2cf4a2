"""Households with and without ekonomiskt bistånd, year by year: a chain with two states.

    on(t + 1)  = on(t) · (1 − leave) + off(t) · back
    off(t + 1) = on(t) · leave       + off(t) · (1 − back)

Plain arithmetic, so that the same lines serve arrays of samples and the variables of PyMC.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Course:
    """Yearly probabilities, and for how long they differ from those without the programme.

    Attributes:
        leave: probability of leaving in a year, without the programme.
        back: probability of coming back in a year, without the programme.
        leave_times: what the odds of leaving are multiplied by.
        back_times: what the odds of coming back are multiplied by.
        lasting: years from the start during which they are.
    """

    leave: Any
    back: Any
    leave_times: Any = 1.0
    back_times: Any = 1.0
    lasting: int = 10

    def path(self, years: int, on: Any = 1.0) -> list[tuple[Any, Any]]:
        """Return the probabilities of being with and without bistånd after 0, 1, … ``years``.

        Args:
            years: how many.
            on: probability of being with bistånd at the start.

        Example:
            >>> [round(on, 3) for on, _ in Course(leave=0.5, back=0.1).path(2)]
            [1.0, 0.5, 0.3]
        """
        off = 1.0 - on
        found = [(on, off)]
        for year in range(years):
            on, off = self.step(year, on, off)
            found.append((on, off))
        return found

    def rates(self, year: int) -> tuple[Any, Any, Any, Any]:
        """Return the probabilities of leaving, staying, coming back and staying away in a year."""
        changed = year < self.lasting
        leave, stay = multiplied(self.leave, self.leave_times if changed else 1.0)
        back, away = multiplied(self.back, self.back_times if changed else 1.0)
        return leave, stay, back, away

    def step(self, year: int, on: Any, off: Any) -> tuple[Any, Any]:
        """Return the probabilities of being with and without a year later."""
        leave, stay, back, away = self.rates(year)
        return on * stay + off * back, on * leave + off * away


def multiplied(p: Any, times: Any) -> tuple[Any, Any]:
    """Return the probability whose odds are ``times`` those of ``p``, and what is left to one.

    Example:
        >>> multiplied(0.5, 3.0)
        (0.75, 0.25)
    """
    whole = 1.0 - p + p * times
    return p * times / whole, (1.0 - p) / whole


def avoided(without: Sequence[tuple[Any, Any]], with_it: Sequence[tuple[Any, Any]]) -> list[Any]:
    """Return the expected share of each year that is avoided per household, year 1 first.

    A household that changes state within a year does so in the middle of it, on average.
    """
    gain = [a - b for (a, _), (b, _) in zip(without, with_it, strict=True)]
    return [(before + after) / 2.0 for before, after in itertools.pairwise(gain)]
