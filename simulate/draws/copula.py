"""Numbers that go together: their uniform numbers, tied by stated rank correlations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy

from models.copula import matrix
from simulate.draws.values import Floats
from simulate.scenario.tree.scenario import Scenario

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


def copula_of(scenario: Scenario, order: tuple[str, ...]) -> Copula | None:
    """Return the copula of a scenario; ``None`` where it states no correlation.

    Args:
        scenario: as read and checked.
        order: the names of all factors, in order of declaration.
    """
    ranks = {one.pair: one.rank.distribution.support()[0] for one in scenario.correlations}
    tied = {name for pair in ranks for name in pair}
    names = tuple(name for name in order if name in tied)
    if not names:
        return None
    return Copula(names, np.linalg.cholesky(matrix(names, ranks)))
