"""A prior in a scenario becomes a PyMC variable, and a sampled variable becomes a parameter.

Normal and lognormal priors are sampled as standard normals (non-centred), whatever the unit, so
that kronor and shares are equally easy for the sampler. The prior itself is drawn through the
same quantile functions as the rest of the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import scipy

from models import distributions as d
from models.interface import Floats, Samples
from models.number import Number
from models.quantile import quantile


def variable(name: str, number: Number) -> Any:
    """Return the parameter ``name`` as a PyTensor variable of the model in context.

    Args:
        name: of the parameter. A normal or lognormal prior makes the free variable
            ``<name>_z``, the other families ``<name>``, a certain number none.
        number: the prior, of a family in :data:`models.spec.PRIOR_FAMILIES`.

    Example:
        >>> import pymc as pm
        >>> from models.number import parse_number
        >>> from models.quantity import SHARE
        >>> with pm.Model() as model:
        ...     q = variable("q", parse_number({"beta": {"a": 2, "b": 3}}, SHARE))
        >>> [v.name for v in model.free_RVs]
        ['q']
    """
    import pymc as pm  # slow, and only a fit needs it

    match number.distribution:
        case d.Fixed(value):
            return value
        case d.Normal(mean, sd):
            return mean + sd * pm.Normal(f"{name}_z")
        case d.LogNormal(median, sigma):
            return median * pm.math.exp(sigma * pm.Normal(f"{name}_z"))
        case d.Beta(a, b):
            return pm.Beta(name, a, b)
        case d.Gamma(mean, cv):
            return mean * pm.Gamma(name, 1.0 / cv**2, 1.0 / cv**2)
        case d.Uniform(low, high):
            return low + (high - low) * pm.Uniform(name, 0.0, 1.0)
        case other:
            raise TypeError(f"no prior of the family {type(other).__name__}")


def values(name: str, number: Number, free: Samples, shape: tuple[int, ...]) -> Floats:
    """Return the parameter ``name`` in its own unit from the free variables that were sampled.

    Args:
        name: as in :func:`variable`.
        number: as in :func:`variable`.
        free: arrays of the free variables.
        shape: of the samples, for a parameter without a variable.
    """
    match number.distribution:
        case d.Fixed(value):
            return np.full(shape, value)
        case d.Normal(mean, sd):
            return np.asarray(mean + sd * free[f"{name}_z"])
        case d.LogNormal(median, sigma):
            return np.asarray(median * np.exp(sigma * free[f"{name}_z"]))
        case d.Gamma(mean, _):
            return np.asarray(mean * free[name])
        case d.Uniform(low, high):
            return np.asarray(low + (high - low) * free[name])
        case _:
            return np.asarray(free[name])


def draw_prior(
    parameters: Mapping[str, Number],
    latent: Iterable[str],
    count: int,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Return ``count`` prior draws of every parameter and standard normal latent variable.

    Returns:
        Arrays of shape ``(count,)``, each in the unit of its parameter.
    """
    drawn = {
        name: quantile(number.distribution, rng.random(count))
        for name, number in parameters.items()
    }
    return drawn | {name: rng.standard_normal(count) for name in latent}


def log_density(number: Number, x: Floats) -> Floats:
    """Return the log density of a prior at ``x``, in the unit of the number; 0 for a certain one.

    Example:
        >>> from models.number import parse_number
        >>> from models.quantity import SHARE
        >>> round(float(log_density(parse_number({"beta": {"a": 2, "b": 1}}, SHARE), 0.5)), 6)
        0.0
    """
    stats = scipy.stats
    match number.distribution:
        case d.Fixed():
            return np.zeros(np.shape(x))
        case d.Normal(mean, sd):
            return np.asarray(stats.norm.logpdf(x, mean, sd))
        case d.LogNormal(median, sigma):
            return np.asarray(stats.lognorm.logpdf(x, sigma, scale=median))
        case d.Beta(a, b):
            return np.asarray(stats.beta.logpdf(x, a, b))
        case d.Gamma(mean, cv):
            return np.asarray(stats.gamma.logpdf(x, 1.0 / cv**2, scale=mean * cv**2))
        case d.Uniform(low, high):
            return np.asarray(stats.uniform.logpdf(x, low, high - low))
        case other:
            raise TypeError(f"no prior of the family {type(other).__name__}")


def power_density(number: Number, x: Floats) -> Floats:
    """Return the log density that is raised to a power when a prior is made stronger or weaker.

    It is taken on the scale on which a prior has its location in the middle, the logarithm for a
    lognormal: a prior to the power 2 then keeps its median and halves its variance.

    Example:
        >>> from models.number import parse_number
        >>> from models.quantity import SEK
        >>> prior = parse_number({"lognormal": {"median": "1 mkr", "sigma": 0.5}}, SEK)
        >>> low, high = power_density(prior, np.array([5e5, 2e6]))
        >>> round(float(high - low), 9)
        0.0
    """
    if isinstance(number.distribution, d.Uniform):
        # Even throughout; a draw that rounding has put just outside is not impossible.
        return np.zeros(np.shape(x))
    density = log_density(number, x)
    return density + np.log(x) if isinstance(number.distribution, d.LogNormal) else density
