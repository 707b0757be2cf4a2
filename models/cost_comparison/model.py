"""Cost per person, treated against comparison: published totals, published lines, or rows.

Each form is a module of its own with the functions of :class:`models.interface.Model`; this one
picks the form that a block is written in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from models.cost_comparison import hurdle, lines, rows, totals
from models.cost_comparison.spec import CostComparison
from models.interface import Data, Floats, Model, Samples
from models.number import Number

if TYPE_CHECKING:
    import pymc as pm

_FORMS: Mapping[str, Model] = {
    "totals": totals,
    "hurdle": hurdle,
    "lines": lines,
    "rows": rows,
}


def _form(spec: CostComparison) -> Model:
    return _FORMS[spec.form]


def latent(spec: CostComparison) -> tuple[str, ...]:
    """Return the names of the standard normal variables beside the parameters."""
    return _form(spec).latent(spec)


def parameters(spec: CostComparison) -> Mapping[str, Number]:
    """Return the priors by name."""
    return _form(spec).parameters(spec)


def data(spec: CostComparison) -> Data:
    """Return what was seen: SEK per person of groups, or of each person."""
    return _form(spec).data(spec)


def build(spec: CostComparison) -> pm.Model:
    """Return the PyMC model of priors and data."""
    return _form(spec).build(spec)


def replicate(one: Samples, spec: CostComparison, rng: np.random.Generator) -> Data:
    """Return data of new persons, as many as there were."""
    return _form(spec).replicate(one, spec, rng)


def rows_of(data: Data, spec: CostComparison) -> dict[str, Floats]:
    """Return what data say of each person, by the model's own names of columns."""
    return rows.rows_of(data, spec)


def log_likelihood(samples: Samples, spec: CostComparison, data: Data) -> Floats:
    """Return the log likelihood, dims (sample, published statistic or person)."""
    return _form(spec).log_likelihood(samples, spec, data)


def derive(samples: Samples, spec: CostComparison) -> dict[str, Floats]:
    """Return what is handed on; log ratios are negative when the programme makes it cheaper."""
    return _form(spec).derive(samples, spec)


def observed(spec: CostComparison) -> dict[str, float]:
    """Return the statistics that predictions are compared with."""
    return _form(spec).observed(spec)


def predict(samples: Samples, spec: CostComparison, rng: np.random.Generator) -> dict[str, Floats]:
    """Return replicates of those statistics, one per sample."""
    return _form(spec).predict(samples, spec, rng)


def sizes(spec: CostComparison) -> dict[str, int]:
    """Return the number of persons in each group."""
    return _form(spec).sizes(spec)


def learned_from(spec: CostComparison, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the data can move each parameter."""
    return _form(spec).learned_from(spec, sizes)


def statement(samples: Samples, spec: CostComparison, sizes: Mapping[str, int]) -> str:
    """Return one sentence on cost with against without."""
    return _form(spec).statement(samples, spec, sizes)
