"""Where the repayment piles up: the spikes that the contract makes, such as guarantee and cap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models.language import say
from simulate.futures import only_guarantee

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# A share of the drawn amount is one value when it is equal to so many decimals: whole öre.
_DECIMALS = 5
_LEAST = 5e-3


@dataclass(frozen=True, eq=False)
class Spike:
    """A share of the drawn amount that many futures have exactly.

    Attributes:
        share: of the drawn amount.
        probability: of exactly that share.
        name: what the contract calls it; empty when it has no name.
        there: the futures that have it, dims (draw,).
    """

    share: float
    probability: float
    name: str
    there: Mask


@dataclass(frozen=True, eq=False)
class Repaid:
    """Repayment as a share of what was drawn, dims (draw,).

    Attributes:
        share: payment over drawn; NaN where nothing was drawn.
        guarantee: where only the guarantee was paid.
        cap: where the cap was reached.
    """

    share: Floats
    guarantee: Mask
    cap: Mask


def repaid(futures: xr.Dataset, intervention: str | None = None) -> Repaid | None:
    """Return the repayment of a run, or of the same futures under an intervention.

    ``None`` if that was not asked.
    """
    drawn = futures["drawn_ore"].values
    if intervention is None:
        payment = futures["payment_ore"].values
        only = only_guarantee(
            {name: futures[name].values for name in ("guarantee_ore", "uncapped_ore")}
        )
    elif "intervention" in futures.coords and intervention in futures["intervention"].values:
        payment = futures["asked_payment_ore"].sel(intervention=intervention).values
        only = futures["asked_only_guarantee"].sel(intervention=intervention).values.astype(bool)
        if "asked_drawn_ore" in futures:
            drawn = futures["asked_drawn_ore"].sel(intervention=intervention).values
    else:
        return None
    share = np.where(drawn > 0, payment / np.maximum(drawn, 1), np.nan)
    cap = np.asarray((payment >= futures["cap_ore"].values) & (payment > 0))
    return Repaid(np.round(share, _DECIMALS), only, cap)


def spikes(one: Repaid) -> tuple[Spike, ...]:
    """Return the spikes in rising order; the guarantee alone is never mixed with anything else."""
    known = ~np.isnan(one.share)
    found = [*_piles(one, known & one.guarantee), *_piles(one, known & ~one.guarantee)]
    return tuple(sorted(found, key=lambda spike: spike.share))


def _piles(one: Repaid, these: Mask) -> Iterator[Spike]:
    values, counts = np.unique(one.share[these], return_counts=True)
    for value, count in zip(values, counts, strict=True):
        if count / len(one.share) >= _LEAST:
            there = these & (one.share == value)
            yield Spike(
                float(value), float(count / len(one.share)), _name(one, there, value), there
            )


def _name(one: Repaid, there: Mask, value: float) -> str:
    if value == 0.0:
        return say("ingenting")
    if one.guarantee[there].all():
        return say("bara garantin")
    if np.mean(one.cap[there]) > 0.5:
        return say("taket")
    return say("exakt det dragna") if value == 1.0 else ""
