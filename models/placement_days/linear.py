"""Every log odds and log weight of the studied persons as one product: matrix times unknowns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.interface import Floats
from models.placement_days.design import Design
from models.placement_days.spec import PlacementDays

# Level of each part, and whose bias, effect and slopes it has.
_PARTS = (("any_level", "any"), ("whole_level", "amount"), ("amount_level", "amount"))


@dataclass(frozen=True)
class Linear:
    """η = matrix · (scale ∘ unknown), dims (part and person).

    Attributes:
        names: of the unknowns: parameters and latent variables.
        scales: name of the parameter that each latent variable is multiplied by; empty for a
            parameter.
        matrix: dims (part × person, unknown); parts are any day, the whole window, a day of
            the window, and the log weight of each kind of care where there are several.
        parts: number of parts.
    """

    names: tuple[str, ...]
    scales: tuple[str, ...]
    matrix: Floats
    parts: int


def linear_of(spec: PlacementDays, design: Design) -> Linear:
    """Return how the parts of the studied persons, or groups, follow from what is unknown."""
    design = design.by_person
    ones, treated = np.ones(len(design.treated)), design.treated
    rows: list[dict[str, tuple[str, Floats]]] = []
    for level, part in _PARTS:
        rows.append(
            {
                level: ("", ones),
                f"{part}_bias": ("", treated),
                f"{part}_effect": ("", treated),
                f"{part}_study_z": ("between_place_sd", treated),
            }
            | _slopes(part, design)
        )
    for kind in spec.types if len(spec.types) > 1 else ():
        rows.append(
            {
                f"{kind}_z": ("allocation_sd", ones),
                f"{kind}_bias_z": ("allocation_bias_sd", treated),
                f"{kind}_effect_z": ("allocation_effect_sd", treated),
                f"{kind}_study_z": ("between_place_sd", treated),
            }
            | _slopes(kind, design)
        )
    scales = {name: scale for row in rows for name, (scale, _) in row.items()}
    nothing = ("", np.zeros(len(treated)))
    columns = [np.concatenate([row.get(name, nothing)[1] for row in rows]) for name in scales]
    return Linear(tuple(scales), tuple(scales.values()), np.stack(columns, axis=1), len(rows))


def _slopes(part: str, design: Design) -> dict[str, tuple[str, Floats]]:
    return {
        f"{part}_x_{name}_z": ("covariate_sd", design.x[:, column])
        for column, name in enumerate(design.covariates)
    }
