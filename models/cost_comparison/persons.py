"""What a likelihood reads of the persons' rows: numbers by person, and what they have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.cost_comparison.keys import PLACE
from models.cost_comparison.spec import CostComparison
from models.interface import Floats, Samples
from models.rows.frame import TREATED, Frame

CHUNK = 1000  # samples at a time, so that samples × persons stay small


@dataclass(frozen=True, eq=False, repr=False)
class Persons:
    """The persons of a block, in the order of the file. Never printed, stored or compared.

    Attributes:
        cost: SEK; for each year where ``years`` are.
        treated: 1 for who had the programme, else 0.
        place: number of the place, 0 where there is but one.
        apart: standardised covariates, dims (person, covariate), 0 where a value is missing.
        holes: (person, covariate) of the missing values, each a latent variable.
        years: exposure; 1 where none is given.
        weights: share of the treated in each place.
    """

    cost: Floats
    treated: Floats
    place: NDArray[np.int64]
    apart: Floats
    holes: tuple[tuple[int, int], ...]
    years: Floats
    weights: Floats

    def __repr__(self) -> str:
        return f"Persons({len(self.treated)})"

    @property
    def places(self) -> int:
        """Number of places."""
        return len(self.weights)


def covariates(frame: Frame) -> tuple[str, ...]:
    """Return the columns that tell persons apart, places left out."""
    return tuple(name for name in frame.covariates if name.partition(".")[0] != PLACE)


def persons(spec: CostComparison) -> Persons:
    """Return the persons of a block that holds its rows."""
    frame = spec.own_rows.frame
    count = len(frame)
    treated = np.array([float(group == TREATED) for group in frame.group])
    place = np.zeros(count, dtype=np.int64)
    levels = spec.places
    for number, level in enumerate(levels[1:], start=1):
        place[np.array(frame.covariates[f"{PLACE}.{level}"]) == 1.0] = number
    columns = [_standardised(frame.covariates[name]) for name in covariates(frame)]
    apart = np.array(columns).reshape(len(columns), count).T
    holes = tuple((int(i), int(k)) for i, k in np.argwhere(np.isnan(apart)))
    years = np.asarray(frame.columns.get("exposure", (1.0,) * count), dtype=np.float64)
    weights = np.bincount(place, weights=treated, minlength=max(len(levels), 1))
    return Persons(
        cost=np.asarray(frame.columns["cost"], dtype=np.float64),
        treated=treated,
        place=place,
        apart=np.nan_to_num(apart),
        holes=holes,
        years=years,
        weights=weights / weights.sum(),
    )


def _standardised(values: tuple[float | None, ...]) -> Floats:
    x = np.array([np.nan if value is None else value for value in values])
    spread = float(np.nanstd(x))
    return np.asarray((x - np.nanmean(x)) / (spread if spread > 0 else 1.0))


def told_apart(samples: Samples, seen: Persons, kind: str) -> Floats:
    """Return what the covariates add on the log scale, dims (…, person).

    Args:
        samples: ``coefficient_sd``, and a standard normal ``<kind>_<number>`` a covariate.
        seen: the persons.
        kind: ``cost`` for the log of the cost, ``none`` for the log odds of no cost.
    """
    count = seen.apart.shape[1]
    shape = np.shape(samples["level"])
    if count == 0:
        return np.zeros((*shape, len(seen.treated)))
    slope = np.stack([samples[f"{kind}_{k + 1}"] for k in range(count)], axis=-1)
    slope = slope * np.asarray(samples["coefficient_sd"])[..., None]
    added = slope @ seen.apart.T
    for number, (person, column) in enumerate(seen.holes, start=1):
        added[..., person] += slope[..., column] * samples[f"missing_{number}"]
    return np.asarray(added)


def by_place(samples: Samples, seen: Persons) -> tuple[Floats, Floats]:
    """Return effect and level of each place on the log scale, dims (…, place)."""
    mean, tau = (np.asarray(samples[name]) for name in ("mean_effect", "between_place_sd"))
    if seen.places == 1:
        effect = (mean + tau * samples["study_z"])[..., None]
        return effect, np.zeros_like(effect)
    z = [samples[f"place_z_{k + 1}"] for k in range(seen.places)]
    u = [samples[f"place_level_z_{k + 1}"] for k in range(seen.places)]
    effect = mean[..., None] + tau[..., None] * np.stack(z, axis=-1)
    return effect, np.asarray(samples["place_level_sd"])[..., None] * np.stack(u, axis=-1)


def log_mean(samples: Samples, seen: Persons) -> Floats:
    """Return the log of the mean cost of each person given that there is one, dims (…, person)."""
    effect, level = by_place(samples, seen)
    bias = np.asarray(samples["comparison_bias"])[..., None]
    added = seen.treated * (bias + effect[..., seen.place]) + level[..., seen.place]
    base = np.log(np.asarray(samples["level"]))[..., None] + np.log(seen.years)
    return np.asarray(base + told_apart(samples, seen, "cost") + added)


def log_odds(samples: Samples, seen: Persons, treated: Floats | float) -> Floats | None:
    """Return the log odds of no cost, dims (…, person); ``None`` where everyone has one."""
    if "share_without_cost" not in samples:
        return None
    share = np.asarray(samples["share_without_cost"])[..., None]
    effect = np.asarray(samples["effect_without_cost"])[..., None]
    return np.asarray(
        np.log(share) - np.log1p(-share) + told_apart(samples, seen, "none") + treated * effect
    )


def chunks(samples: Samples) -> list[dict[str, Floats]]:
    """Return samples of any shape as flat parts of at most :data:`CHUNK`."""
    flat = {name: np.reshape(x, -1) for name, x in samples.items()}
    count = len(next(iter(flat.values())))
    return [
        {name: x[start : start + CHUNK] for name, x in flat.items()}
        for start in range(0, count, CHUNK)
    ]


def joined(parts: list[Floats], like: Mapping[str, Floats]) -> Floats:
    """Return results of :func:`chunks` in the shape of the samples ``like``."""
    whole = np.concatenate(parts)
    shape = np.shape(next(iter(like.values())))
    return np.asarray(whole.reshape((*shape, *whole.shape[1:])))
