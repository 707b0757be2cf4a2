"""Rows that are made up: what a file of persons would hold if a model were true.

For showing how evidence is brought in and what a model does with it, where there are no rows or
none that may leave the building. Parameters are drawn from their priors (one that is set to a
value has that value) and days, kronor and points come from the model's own ``replicate``. Groups
are as even as can be. Covariates stand for nothing: numbers are uniform over :data:`SPANS`, words
are picked with equal chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import cast

import numpy as np

from models import priors
from models.evidence import load_model
from models.interface import Floats, RowModel
from models.quantity import Dimension
from models.rows.frame import TREATED, Frame
from models.rows.source import Covariate, RowSource
from models.rows.synthetic import COLUMN, YES
from models.rows.units import dimension_of
from models.spec import Evidence
from models.units import parse_quantity

Cells = dict[str, list[str | float | None]]
# Dimension → lowest and highest of a covariate, in the canonical unit; others 0–1.
SPANS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"years": (0.0, 18.0), "days": (0.0, 365.0), "sek": (0.0, 100_000.0), "points": (0.0, 340.0)}
)


def made_up(spec: Evidence, persons: int, seed: int) -> Cells:
    """Return the columns of a file for an evidence block, by heading, marked as made up.

    Args:
        spec: a block with ``rows``; the file that they name is not looked at.
        persons: how many rows.
        seed: of everything.

    Raises:
        ValueError: the block has no rows.
    """
    source = spec.source_of_rows
    if source is None:
        raise ValueError(f"{spec.model} has no rows")
    rng = np.random.default_rng(seed)
    names = (TREATED, *source.group.compared) if source.group else (TREATED,)
    group = tuple(names[at % len(names)] for at in range(persons))
    told = {name: _told(one, persons, rng) for name, one in source.covariates.items()}
    frame = Frame(
        group=group,
        columns={name: (spec.stand_in(name),) * persons for name in source.columns},
        covariates=dict(_numbered(source, told)),
        places=tuple(range(2, persons + 2)),
        digest="",
    )
    held = spec.model_copy(update={"rows": source.holding(frame)})
    model = cast("RowModel", load_model(spec))
    truth = priors.draw_prior(model.parameters(held), model.latent(held), 1, rng)
    one = {name: value[0] for name, value in truth.items()}
    columns = {**frame.columns, **model.rows_of(model.replicate(one, held, rng), held)}
    return _cells(spec, source, group, columns, told)


def _told(covariate: Covariate, persons: int, rng: np.random.Generator) -> list[str | float | None]:
    """What stands in the file: words, or whole numbers in the unit of the file."""
    if covariate.levels is not None:
        return [covariate.levels[at] for at in rng.integers(len(covariate.levels), size=persons)]
    dimension = _dimension(covariate)
    low, high = SPANS.get(dimension.name, (0.0, 1.0))
    drawn = rng.uniform(low, high, persons)
    return [round(one, 1) for one in _in_unit(drawn, dimension, covariate.unit)]


def _dimension(covariate: Covariate) -> Dimension:
    dimension = dimension_of(covariate.unit)
    if dimension is None:
        raise ValueError(f"unknown unit {covariate.unit}")
    return dimension


def _numbered(
    source: RowSource, told: Mapping[str, list[str | float | None]]
) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield the covariates as a reader of the file would hand them on."""
    for name, covariate in source.covariates.items():
        if covariate.levels is None:
            per = parse_quantity(1, _dimension(covariate), covariate.unit)
            yield name, tuple(per * float(one or 0.0) for one in told[name])
            continue
        for level in covariate.levels[1:]:
            yield f"{name}.{level}", tuple(float(one == level) for one in told[name])


def _cells(
    spec: Evidence,
    source: RowSource,
    group: tuple[str, ...],
    columns: Mapping[str, Sequence[float | None] | Floats],
    told: Mapping[str, list[str | float | None]],
) -> Cells:
    width = len(str(len(group)))
    cells: Cells = {source.person: [f"s{at:0{width}d}" for at in range(1, len(group) + 1)]}
    if source.group is not None:
        texts = {TREATED: source.group.treated, **source.group.compared}
        cells[source.group.column] = [texts[name] for name in group]
    for name, column in source.columns.items():
        values = _in_unit(columns[name], spec.COLUMNS[name], column.unit)
        cells[column.column] = [None if math.isnan(one) else one for one in values]
    for name, covariate in source.covariates.items():
        cells[covariate.column] = told[name]
    return cells | {COLUMN: [YES] * len(group)}


def _in_unit(
    values: Sequence[float | None] | Floats, dimension: Dimension, unit: str | None
) -> list[float]:
    """Numbers as they stand in a file; twelve digits, as the rest is noise of the division."""
    per = parse_quantity(1, dimension, unit)
    return [float(f"{float(one) / per:.12g}") for one in np.asarray(values).ravel()]
