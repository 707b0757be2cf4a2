"""What predictions are compared with: means, shares and spreads of each group, never of a few."""

from __future__ import annotations

import numpy as np

from models.interface import Data, Floats
from models.placement_days.design import ARMS, design_of
from models.placement_days.groups import arms_of
from models.placement_days.spec import PlacementDays

FEWEST = 5  # persons behind a figure that is stored


def of(spec: PlacementDays, data: Data) -> dict[str, Floats]:
    """Return the statistics of each group, dims as those of ``data`` before persons or groups."""
    return _of_groups(spec, data) if spec.rows is None else _of_persons(spec, by_person(spec, data))


def by_person(spec: PlacementDays, data: Data) -> Floats:
    """Return days from the data of a block with rows, dims (..., person, type)."""
    return np.stack([data[f"days_{name}"] for name in spec.types], axis=-1)


def shown(spec: PlacementDays, data: Data) -> tuple[str, ...]:
    """Return the names of the statistics that may be stored.

    A mean rests on the persons with such days, a share on those inside it and those outside it.
    Kinds of care are all shown or none: the last one would follow from the sum.
    """
    if spec.rows is None:
        return tuple(of(spec, data))
    days, found = by_person(spec, data), []
    for number, arm in enumerate(ARMS):
        own = days[design_of(spec).arm == number]
        placed, several = _counts(own)
        if placed >= FEWEST:
            found += [f"{arm}_mean_days", f"{arm}_sd_days"]
            kinds = spec.types if len(spec.types) > 1 else ()
            if min(np.count_nonzero(own, axis=0)) >= FEWEST:
                found += [f"{arm}_mean_{kind}" for kind in kinds]
        if FEWEST <= placed <= len(own) - FEWEST:
            found.append(f"{arm}_placed")
        if FEWEST <= several <= placed - FEWEST:
            found.append(f"{arm}_several")
    return tuple(found)


def _counts(days: Floats) -> tuple[int, int]:
    kinds = np.count_nonzero(days, axis=-1)
    return int(np.sum(kinds > 0)), int(np.sum(kinds > 1))


def _of_persons(spec: PlacementDays, days: Floats) -> dict[str, Floats]:
    found = {}
    for number, arm in enumerate(ARMS):
        own = days[..., design_of(spec).arm == number, :]
        total, kinds = own.sum(axis=-1), np.count_nonzero(own, axis=-1)
        found[f"{arm}_mean_days"] = total.mean(axis=-1)
        found[f"{arm}_sd_days"] = total.std(axis=-1)
        found[f"{arm}_placed"] = np.mean(kinds > 0, axis=-1)
        found[f"{arm}_several"] = np.mean(kinds > 1, axis=-1)
        for column, kind in enumerate(spec.types):
            found[f"{arm}_mean_{kind}"] = own[..., column].mean(axis=-1)
    return found


def _of_groups(spec: PlacementDays, data: Data) -> dict[str, Floats]:
    found = {}
    for number, (arm, group) in enumerate(zip(ARMS, arms_of(spec), strict=True)):
        found[f"{arm}_placed"] = data["placed"][..., number] / group.persons
        for kind in spec.types:
            found[f"{arm}_mean_{kind}"] = data[f"days_{kind}"][..., number] / group.persons
    return found
