"""Numbers that go together: the years of a quantity, and what stated rank correlations tie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import scipy

from models.copula import matrix
from simulate.draws.values import Floats
from simulate.scenario.tree.scenario import Scenario
from simulate.scenario.years import leaders, ranks

_ENDS = 2.0**-33  # the outermost uniform number of a stream


@dataclass(frozen=True, eq=False)
class Copula:
    """A Gaussian copula over some factors.

    Attributes:
        names: of the factors, in order of declaration.
        lower: Cholesky factor of the correlations of their normal scores, dims (name, name).
    """

    names: tuple[str, ...]
    lower: Floats

    def joint(self, factor: str, own: Callable[[str], Floats]) -> Floats:
        """Return the uniform numbers of a factor, tied to those of the factors before it.

        A factor with no tie to any before it keeps its own numbers, bit for bit.

        Args:
            factor: one of :attr:`names`.
            own: the numbers that a factor would have alone, dims (draw,).
        """
        place = self.names.index(factor)
        *before, last = self.lower[place, : place + 1]
        tied = [(self.names[i], weight) for i, weight in enumerate(before) if weight != 0.0]
        if not tied:
            return own(factor)
        scores = last * scipy.special.ndtri(own(factor))
        for name, weight in tied:
            scores = scores + weight * scipy.special.ndtri(own(name))
        return np.asarray(np.clip(scipy.special.ndtr(scores), _ENDS, 1.0 - _ENDS))


@dataclass(frozen=True, eq=False)
class Ties:
    """Which factors have their uniform numbers in common, and which go together beside that.

    Attributes:
        leaders: factor → the one whose numbers it has; all others have their own.
        copula: ties some of the others to each other; the rest keep their numbers, bit for bit.
    """

    leaders: Mapping[str, str] = field(default_factory=dict)
    copula: Copula | None = None

    def leader(self, factor: str) -> str:
        """Return the factor whose uniform numbers ``factor`` has."""
        return self.leaders.get(factor, factor)

    def joint(self, factor: str, own: Callable[[str], Floats]) -> Floats:
        """Return the uniform numbers of a factor, dims (draw,).

        Args:
            factor: of the scenario.
            own: the numbers that a factor would have alone, dims (draw,).
        """
        leader = self.leader(factor)
        if self.copula is None or leader not in self.copula.names:
            return own(leader)
        return self.copula.joint(leader, own)


UNTIED = Ties()


def ties_of(scenario: Scenario, order: tuple[str, ...]) -> Ties:
    """Return what a scenario ties together: the years of its quantities, and stated correlations.

    Args:
        scenario: as read and checked.
        order: the names of all factors, in order of declaration.
    """
    pairs = ranks(scenario)
    tied = {name for pair in pairs for name in pair}
    names = tuple(name for name in order if name in tied)
    if not names:
        return Ties(leaders(scenario))
    return Ties(leaders(scenario), Copula(names, np.linalg.cholesky(matrix(names, pairs))))
