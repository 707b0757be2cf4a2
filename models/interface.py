"""The shape that every model folder has, so that everything around the models is written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.number import Number

if TYPE_CHECKING:
    import pymc as pm

Floats = NDArray[np.float64]
Samples = Mapping[str, Floats]
Data = Mapping[str, NDArray[Any]]

PROBABILITIES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Marginal:
    """The exact posterior of one quantity, in its canonical unit.

    Attributes:
        mean, sd: moments.
        quantiles: probability → value, at :data:`PROBABILITIES`; empty when not worked out.
    """

    mean: float
    sd: float
    quantiles: Mapping[float, float]


class Model(Protocol):
    """The functions of ``models/<name>/<form>.py``; ``spec`` is that folder's own class.

    ``samples`` hold one array per parameter and latent variable, any common shape; dimension
    ``sample`` or ``(chain, draw)``. Beside these a model may have ``pit``, for the diagnosis of its
    units (:class:`models.loo.HasPit`). Nothing here draws without the generator it is given. Rows
    about persons, where a block has them, are in ``spec.rows.frame``.
    """

    def latent(self, spec: Any) -> tuple[str, ...]:
        """Return the names of the standard normal variables beside the parameters."""

    def parameters(self, spec: Any) -> Mapping[str, Number]:
        """Return the uncertain inputs of the model with their priors."""

    def data(self, spec: Any) -> Data:
        """Return everything the likelihood reads that another set of data would change."""

    def build(self, spec: Any) -> pm.Model:
        """Return the PyMC model of priors and data; each array of :meth:`data` is a ``pm.Data``."""

    def replicate(self, one: Samples, spec: Any, rng: np.random.Generator) -> Data:
        """Return new data of the same kind, given one value of every parameter and latent."""

    def log_likelihood(self, samples: Samples, spec: Any, data: Data) -> Floats:
        """Return the log likelihood of ``data``, dims (sample, unit); numpy only.

        A unit is a person where there are rows, else a published statistic.
        """

    def derive(self, samples: Samples, spec: Any) -> dict[str, Floats]:
        """Return what is handed on, from parameters and latent variables."""

    def observed(self, spec: Any) -> dict[str, float]:
        """Return the statistics that predictions are compared with: published, or of the rows."""

    def predict(self, samples: Samples, spec: Any, rng: np.random.Generator) -> dict[str, Floats]:
        """Return replicates of those statistics, one per sample."""

    def sizes(self, spec: Any) -> dict[str, int]:
        """Return the number of persons by group, as published or as there are rows."""

    def learned_from(self, spec: Any, sizes: Mapping[str, int]) -> dict[str, str]:
        """Return what in the data can move each parameter; never looks at rows."""

    def statement(self, samples: Samples, spec: Any, sizes: Mapping[str, int]) -> str:
        """Return one sentence on what the evidence says; never looks at rows."""


class RowModel(Model, Protocol):
    """What a model with :attr:`models.spec.Evidence.COLUMNS` has besides."""

    def rows_of(self, data: Data, spec: Any) -> Mapping[str, Sequence[float] | Floats]:
        """Return the columns of rows that data hold: name of a column → one value a person.

        In the canonical unit and in the order of ``spec.rows.frame``; NaN is a missing value.
        """
