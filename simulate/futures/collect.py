"""What is kept of every possible future: some numbers a draw, yearly means, paths of cash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from simulate.draws.draw import Draws
from simulate.draws.values import Floats
from simulate.scenario.tree.scenario import Scenario
from simulate.truth.gains import Gain
from simulate.value.views import views

Arrays = dict[str, NDArray[np.generic]]

# Paths are kept of so many futures at most: enough for any quantile, and bounded memory.
PATHS = 32_768

# Dimensions after (path,) of what is kept year by year.
PATH_DIMENSIONS: dict[str, tuple[str, ...]] = {
    "cumulated": ("year", "party"),
    "owed": ("year", "namnd"),
    "realised": ("year", "namnd"),
    "gap": ("year", "namnd"),
    "matured": ("year", "namnd"),
    "running_cost": ("year", "running"),
    "running_saved": ("year", "running"),
}

# Dimensions after (draw,) of each variable; all others have none.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "clause_ore": ("clause",),
    "tranche_drawn_ore": ("tranche",),
    "tranche_paid_ore": ("tranche",),
    "tranche_loss_ore": ("tranche",),
    "reading": ("measure",),
    "standard_error": ("measure",),
    "npv": ("party",),
    "payback_year": ("party",),
    "payback_year_discounted": ("party",),
    "exposure": ("party",),
    "exposure_year": ("party",),
    "asked_payment_ore": ("intervention",),
    "asked_only_guarantee": ("intervention",),
    "asked_drawn_ore": ("intervention",),
    "asked_guarantee_ore": ("intervention",),
    "sample": ("evidence",),
    "gain_reached": ("gain",),
    "gain_caused": ("gain",),
    "gain_met": ("gain",),
    "balance_ore": ("year",),
    "cut": ("year", "namnd"),
    "cut_matured": ("year", "namnd"),
    "owed_ore": ("namnd",),
    "realised_ore": ("namnd",),
    "gap_ore": ("namnd",),
    "investment_cost_ore": ("investment",),
    "investment_overrun_ore": ("investment",),
    "investment_realised_ore": ("investment",),
    "break_even_share": ("line",),
    "case_share": ("line",),
    "investment_payback_year": ("investment",),
    "running_cost_ore": ("running",),
    "running_saved_ore": ("running",),
    "rule_payback_year": ("rule",),
    "rule_returned_ore": ("rule",),
    "rule_gap_ore": ("rule",),
    "rule_balance_ore": ("rule", "year"),
    "rule_insolvent": ("rule",),
    "further_at_share": ("share",),
    "loss_at_rate": ("rate",),
}


@dataclass(frozen=True)
class Batch:
    """What is kept of one batch.

    Attributes:
        arrays: variables, each with dims (draw, …) as in :data:`DIMENSIONS`.
        yearly: entries and memos of the ledger, dims (draw, year, party).
        paths: SEK by year, each with dims (draw, …) as in :data:`PATH_DIMENSIONS`; ``cumulated`` is
            the cash so far of each view.
    """

    arrays: Arrays
    yearly: Mapping[str, Floats]
    paths: Mapping[str, Floats]


def sampled(draws: Draws) -> Arrays:
    """Return which posterior sample of each evidence block every future uses."""
    if not draws.evidence:
        return {}
    return {"sample": np.stack([draws.sample(block) for block in draws.evidence], axis=1)}


def so_far(cash: Floats) -> dict[str, Floats]:
    """Return the cash so far as a path.

    Args:
        cash: all cash of each view, SEK, dims (draw, year, view).
    """
    return {"cumulated": np.cumsum(cash, axis=1)}


def gained(gains: Mapping[str, Gain]) -> Arrays:
    """Return the human gains, dims (draw, gain)."""
    if not gains:
        return {}
    each = list(gains.values())
    return {
        "gain_reached": np.stack([one.reached for one in each], axis=1),
        "gain_caused": np.stack([one.caused for one in each], axis=1),
        "gain_met": np.stack([one.met for one in each], axis=1),
    }


@dataclass
class Collector:
    """Puts batches together without keeping them twice.

    Attributes:
        total: number of draws that are wanted; the last batch may be cut.
    """

    total: int
    filled: int = 0

    def __post_init__(self) -> None:
        self._arrays: Arrays = {}
        self._yearly: dict[str, Floats] = {}
        self._paths: dict[str, list[Floats]] = {}

    def add(self, batch: Batch) -> None:
        """Add one batch."""
        take = min(len(batch.paths["cumulated"]), self.total - self.filled)
        if not self._arrays:
            self._arrays = {
                name: np.empty((self.total, *values.shape[1:]), values.dtype)
                for name, values in batch.arrays.items()
            }
        for name, values in batch.arrays.items():
            self._arrays[name][self.filled : self.filled + take] = values[:take]
        for name, flows in batch.yearly.items():
            part = flows[:take].sum(axis=0)
            self._yearly[name] = self._yearly[name] + part if name in self._yearly else part
        if self.filled < PATHS:
            first = min(take, PATHS - self.filled)
            for name, path in batch.paths.items():
                self._paths.setdefault(name, []).append(path[:first])
        self.filled += take

    def dataset(self, scenario: Scenario, coordinates: Mapping[str, list[str]]) -> xr.Dataset:
        """Return all futures with named dimensions.

        ``yearly_*`` are means by year and view. What has a dimension ``path`` is of the first
        :data:`PATHS` futures, see :data:`PATH_DIMENSIONS`.

        Args:
            scenario: for years and views.
            coordinates: of the dimensions that the kind of scenario has beside those.
        """
        variables: dict[str, object] = {
            name: (("draw", *DIMENSIONS.get(name, ())), values)
            for name, values in self._arrays.items()
        }
        seen = views(scenario)
        place = {party: index for index, party in enumerate(scenario.parties)}
        for name, sums in self._yearly.items():
            columns = [sums[:, [place[one] for one in view.members]].sum(axis=1) for view in seen]
            variables[f"yearly_{name}"] = (
                ("year", "party"),
                np.stack(columns, axis=1) / self.total,
            )
        for name, kept in self._paths.items():
            variables[name] = (("path", *PATH_DIMENSIONS[name]), np.concatenate(kept))
        known: dict[str, Sequence[str] | Sequence[int]] = {
            **coordinates,
            "evidence": list(scenario.evidence),
            "party": [view.name for view in seen],
            "year": list(scenario.years),
        }
        used = {dim for name in self._arrays for dim in DIMENSIONS.get(name, ())} | {
            "party",
            "year",
        }
        return xr.Dataset(variables, {dim: known[dim] for dim in sorted(used)})
