"""The likelihood that is sampled against the one that is written in numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from models.evidence import load_model
from models.priors import values
from models.spec import Evidence


def likelihoods(spec: Evidence, points: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Return the log likelihood by PyMC and by numpy at random points, up to a constant.

    Every prior must be normal, lognormal, beta or certain.
    """
    model = load_model(spec)
    built = model.build(spec)
    logp = built.compile_logp(vars=[*built.observed_RVs, *built.potentials], mode="FAST_COMPILE")
    by_pymc, by_numpy = [], []
    for _ in range(points):
        start = built.initial_point()
        point = {name: np.asarray(rng.normal(0.0, 0.7, x.shape)) for name, x in start.items()}
        free = point | {
            name.removesuffix("_logodds__"): special.expit(x)
            for name, x in point.items()
            if name.endswith("_logodds__")
        }
        samples = {
            name: values(name, number, free, ()) for name, number in model.parameters(spec).items()
        } | {name: point[name] for name in model.latent(spec)}
        by_pymc.append(float(logp(point)))
        by_numpy.append(float(np.sum(model.log_likelihood(samples, spec, model.data(spec)))))
    return np.array(by_pymc), np.array(by_numpy)


def assert_same(spec: Evidence, rng: np.random.Generator) -> None:
    """Both differ by the same constant at every point."""
    pymc, numpy = likelihoods(spec, 5, rng)
    assert np.ptp(numpy) > 0.1
    np.testing.assert_allclose(pymc - pymc[0], numpy - numpy[0], rtol=1e-6, atol=1e-6)
