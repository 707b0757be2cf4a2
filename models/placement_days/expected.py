"""What is handed on: expected days of a new group, with the programme and without, exactly."""

from __future__ import annotations

import numpy as np
import scipy

from models.interface import Floats, Samples
from models.placement_days.design import Design, design_of
from models.placement_days.parts import Who, parts_of
from models.placement_days.spec import FAMILIES, INSTITUTIONS, PlacementDays


def derive(samples: Samples, spec: PlacementDays) -> dict[str, Floats]:
    """Return what is handed on: days per person in the window, for a group in a new place.

    The group is as the treated are, in covariates; whatever a covariate does to a person is
    added up over them, not put in at their mean. Days avoided are positive when there are fewer
    with the programme. ``days_without`` is not negative. ``log_ratio_days`` is of the days in
    institutions, or of all where there is no institution; negative is fewer. ``any_placement_gain``
    is the share of persons that is spared every day; ``substitution`` is the rise of the share of
    the days in institutions and families that is in families.
    """
    design = design_of(spec)
    placed0, days0 = expected(samples, spec, design, affected=False)
    placed1, days1 = expected(samples, spec, design, affected=True)
    avoided = days0 - days1
    found = {f"days_avoided_{name}": avoided[..., k] for k, name in enumerate(spec.types)}
    counted = _places(spec, spec.institutions)
    found |= {
        "days_avoided": avoided.sum(axis=-1),
        "days_without": days0.sum(axis=-1),
        "log_ratio_days": np.log(days1[..., counted].sum(axis=-1))
        - np.log(days0[..., counted].sum(axis=-1)),
        "any_placement_gain": placed0 - placed1,
    }
    if spec.substitutes:
        found["substitution"] = _family_share(days1, spec) - _family_share(days0, spec)
    return found


def expected(
    samples: Samples, spec: PlacementDays, design: Design, affected: bool
) -> tuple[Floats, Floats]:
    """Return P(any day) and expected days by kind, dims (...) and (..., type).

    Given any day the whole window comes with probability w, else 1 + (W − 2)·m days are expected
    of the beta-binomial; each kind takes its share of them. Persons are added up one pattern at a
    time, so that memory does not grow with the group.
    """
    shape = np.shape(samples["any_level"])
    placed, days = np.zeros(shape), np.zeros((*shape, len(spec.types)))
    people, weight = _merged(design)
    for x, share in zip(people, weight, strict=True):
        who = Who(design.covariates, x[None], np.ones(1), np.full(1, float(affected)), "new")
        parts = parts_of(samples, spec, who)
        some, whole, used = (
            scipy.special.expit(part[..., 0]) for part in (parts.any, parts.whole, parts.share)
        )
        amount = whole * spec.days + (1.0 - whole) * (1.0 + (spec.days - 2) * used)
        placed += share * some
        days += (share * some * amount)[..., None] * parts.allocation[..., 0, :]
    return placed, days


def _merged(design: Design) -> tuple[Floats, Floats]:
    """Covariates of the treated and their shares, whatever window they had."""
    treated = design.weight > 0
    unique, place = np.unique(design.x[treated], axis=0, return_inverse=True)
    return unique, np.bincount(place.reshape(-1), design.weight[treated], len(unique))


def _places(spec: PlacementDays, names: tuple[str, ...]) -> list[int]:
    return [k for k, name in enumerate(spec.types) if name in names]


def _family_share(days: Floats, spec: PlacementDays) -> Floats:
    family = days[..., _places(spec, FAMILIES)].sum(axis=-1)
    return np.asarray(family / (family + days[..., _places(spec, INSTITUTIONS)].sum(axis=-1)))
