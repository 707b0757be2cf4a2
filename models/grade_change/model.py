"""Change in school grades: published counts, or rows.

Each form is a module of its own with the functions of :class:`models.interface.Model`; this one
picks the form that a block is written in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from models.grade_change import counts, rows
from models.grade_change.spec import GradeChange
from models.interface import Data, Floats, Model, Samples
from models.number import Number

if TYPE_CHECKING:
    import pymc as pm

_FORMS: Mapping[str, Model] = {"counts": counts, "rows": rows}


def _form(spec: GradeChange) -> Model:
    return _FORMS[spec.form]


def latent(spec: GradeChange) -> tuple[str, ...]:
    """Return the names of the standard normal variables beside the parameters."""
    return _form(spec).latent(spec)


def parameters(spec: GradeChange) -> Mapping[str, Number]:
    """Return the priors by name."""
    return _form(spec).parameters(spec)


def data(spec: GradeChange) -> Data:
    """Return what was seen: counts of persons, or each person."""
    return _form(spec).data(spec)


def build(spec: GradeChange) -> pm.Model:
    """Return the PyMC model of priors and data."""
    return _form(spec).build(spec)


def replicate(one: Samples, spec: GradeChange, rng: np.random.Generator) -> Data:
    """Return data of new persons, as many as there were."""
    return _form(spec).replicate(one, spec, rng)


def rows_of(data: Data, spec: GradeChange) -> dict[str, Floats]:
    """Return what data say of each person, by the model's own names of columns."""
    return rows.rows_of(data, spec)


def log_likelihood(samples: Samples, spec: GradeChange, data: Data) -> Floats:
    """Return the log likelihood, dims (sample, published statistic or person)."""
    return _form(spec).log_likelihood(samples, spec, data)


def derive(samples: Samples, spec: GradeChange) -> dict[str, Floats]:
    """Return what is handed on; positive is better."""
    return _form(spec).derive(samples, spec)


def observed(spec: GradeChange) -> dict[str, float]:
    """Return the statistics that predictions are compared with."""
    return _form(spec).observed(spec)


def predict(samples: Samples, spec: GradeChange, rng: np.random.Generator) -> dict[str, Floats]:
    """Return replicates of those statistics, one per sample."""
    return _form(spec).predict(samples, spec, rng)


def sizes(spec: GradeChange) -> dict[str, int]:
    """Return the number of persons in each group."""
    return _form(spec).sizes(spec)


def learned_from(spec: GradeChange, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the data can move each parameter."""
    return _form(spec).learned_from(spec, sizes)


def statement(samples: Samples, spec: GradeChange, sizes: Mapping[str, int]) -> str:
    """Return what the evidence says of the change."""
    return _form(spec).statement(samples, spec, sizes)
