"""The shape that every model folder has, so that everything around the models is written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.number import Number

if TYPE_CHECKING:
    import pymc as pm

Floats = NDArray[np.float64]
Samples = Mapping[str, Floats]

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
    """The functions of ``models/<name>/model.py``; ``spec`` is that folder's own class.

    ``samples`` hold one array per parameter and latent variable, any common shape; dimension
    ``sample`` or ``(chain, draw)``. Nothing here draws without the generator it is given.
    """

    LATENT: tuple[str, ...]

    def parameters(self, spec: Any) -> Mapping[str, Number]:
        """Return the uncertain inputs of the model with their priors."""

    def build(self, spec: Any) -> pm.Model:
        """Return the PyMC model of priors and data."""

    def derive(self, samples: Samples, spec: Any) -> dict[str, Floats]:
        """Return what is handed on, from parameters and latent variables."""

    def observed(self, spec: Any) -> dict[str, float]:
        """Return the published statistics that the likelihood uses."""

    def predict(self, samples: Samples, spec: Any, rng: np.random.Generator) -> dict[str, Floats]:
        """Return replicates of the published statistics, one per sample."""

    def learned_from(self, spec: Any) -> dict[str, str]:
        """Return what in the data can move each parameter."""

    def statement(self, samples: Samples, spec: Any) -> str:
        """Return one sentence on what the evidence says."""
