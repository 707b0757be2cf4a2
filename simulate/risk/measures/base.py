"""What a measure is: a name, a unit, whom it concerns, and a law on the futures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from simulate.risk.estimate import Estimate

Unit = Literal["sek", "share", "year", "years", "rate", "ratio", "persons", "count"]
Scope = Literal[
    "investor",
    "party",
    "contract",
    "gates",
    "fund",
    "grants",
    "namnd",
    "gain",
    "line",
    "running",
    "tranche",
]


@dataclass(frozen=True)
class Measure:
    """A risk measure.

    Attributes:
        name: as in results.
        unit: of the value.
        scope: ``investor``, ``contract`` and ``fund`` give one figure where the scenario has such,
            ``party`` one for each party, ``gates`` one where a rule can end the funding, ``grants``
            one where the fund has a granting rule, ``namnd`` one for each nämnd, ``gain`` for each
            human gain, ``line`` for each effect line that counts prevented cases, ``running`` for
            each insats that may go on in ordinary operations, ``tranche`` for each tranche.
        title: what a person calls it, in Swedish; marked, and said when it is shown.
        law: from the futures and the party to an estimate.
        key: whether it is among the few that a terminal shows.
    """

    name: str
    unit: Unit
    scope: Scope
    title: str
    law: Callable[[View], Estimate]
    key: bool = False


@dataclass(frozen=True)
class View:
    """The futures as one party sees them.

    Attributes:
        futures: from :mod:`simulate.futures`.
        party: the party that the figure is about; for contract measures the contract itself.
    """

    futures: xr.Dataset
    party: str

    def values(self, name: str) -> NDArray[np.float64]:
        """Return a variable, dims (draw,); SEK where it is kept in öre.

        Amounts that are compared are compared in öre, with :meth:`ore`: 1.1 × 30 mkr in floating
        point is more than 33 mkr.
        """
        known = self.futures.variables  # without the coordinates of each: there are many measures
        if f"{name}_ore" in known:
            return np.asarray(known[f"{name}_ore"].values / 100.0)
        return np.asarray(known[name].values)

    def ore(self, name: str) -> NDArray[np.int64]:
        """Return an amount in whole öre, dims (draw,), for exact comparisons."""
        return np.asarray(self.futures.variables[f"{name}_ore"].values)

    def own(self, name: str, dimension: str = "party") -> NDArray[np.float64]:
        """Return the party's column of a variable; a nämnd, a gain or a line has one of its own."""
        known = self.futures.variables
        (place,) = np.flatnonzero(known[dimension].values == self.party)
        return np.asarray(known[name].values.take(place, axis=known[name].dims.index(dimension)))

    def asked(self, name: str, intervention: str) -> NDArray[np.generic] | None:
        """Return a variable under an intervention, or ``None`` if that was not asked."""
        variable = f"asked_{name}"
        if variable not in self.futures or intervention not in self.futures.intervention.values:
            return None
        return np.asarray(self.futures[variable].sel(intervention=intervention).values)
