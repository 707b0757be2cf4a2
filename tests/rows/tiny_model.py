"""Functions of the tiny model: days of each person are normal around the mean of their group.

A real model on rows, as small as one can be, so that what surrounds the models is tested whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from models.interface import Data, Floats, Samples
from models.priors import variable
from models.rows.frame import TREATED

if TYPE_CHECKING:
    import pymc as pm

SD = 100.0


def latent(spec: Any) -> tuple[str, ...]:
    """Return nothing."""
    return ()


def parameters(spec: Any) -> Mapping[str, Any]:
    """Return the prior of the mean, of the effect and of what the covariates do."""
    return {"mean": spec.mean, "effect": spec.effect, "slope": spec.slope}


def data(spec: Any) -> Data:
    """Return days and what tells the persons apart."""
    frame = spec.rows.frame
    covariates = np.array(list(frame.covariates.values()), dtype=float).reshape(-1, len(frame))
    return {
        "days": np.array(frame.columns["days"], dtype=float),
        "treated": np.array([float(group == TREATED) for group in frame.group]),
        "apart": (covariates - covariates.mean(axis=1, keepdims=True)).sum(axis=0) / 10.0,
    }


def build(spec: Any) -> pm.Model:
    """Return the PyMC model."""
    import pymc as pm

    seen = data(spec)
    with pm.Model() as model:
        prior = {name: variable(name, number) for name, number in parameters(spec).items()}
        known = {name: pm.Data(name, values) for name, values in seen.items()}
        centre = (
            prior["mean"] + prior["effect"] * known["treated"] + prior["slope"] * known["apart"]
        )
        pm.Potential("log_days", pm.logp(pm.Normal.dist(centre, SD), known["days"]).sum())
    return model


def _centre(samples: Samples, data: Data) -> Floats:
    one = {name: np.asarray(values)[..., None] for name, values in samples.items()}
    return one["mean"] + one["effect"] * data["treated"] + one["slope"] * data["apart"]


def replicate(one: Samples, spec: Any, rng: np.random.Generator) -> Data:
    """Return days of new persons, never below none."""
    known = data(spec)
    return {**known, "days": np.clip(rng.normal(_centre(one, known), SD), 0.0, None)}


def rows_of(data: Data, spec: Any) -> dict[str, Floats]:
    """Return the days."""
    return {"days": data["days"]}


def log_likelihood(samples: Samples, spec: Any, data: Data) -> Floats:
    """Return that of each person."""
    return np.asarray(scipy.stats.norm.logpdf(data["days"], _centre(samples, data), SD))


def derive(samples: Samples, spec: Any) -> dict[str, Floats]:
    """Return the mean."""
    return {"mean": samples["mean"]}


def observed(spec: Any) -> dict[str, float]:
    """Return the mean of all."""
    return {"mean_days": float(np.mean(data(spec)["days"]))}


def predict(samples: Samples, spec: Any, rng: np.random.Generator) -> dict[str, Floats]:
    """Return replicates of it."""
    known = data(spec)
    noise = rng.normal(0.0, SD / np.sqrt(len(known["days"])), np.shape(samples["mean"]))
    return {"mean_days": _centre(samples, known).mean(axis=-1) + noise}


def sizes(spec: Any) -> dict[str, int]:
    """Return persons by group."""
    frame = spec.rows.frame
    return {group: frame.count(group) for group in sorted(set(frame.group))}


def learned_from(spec: Any, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return the rows."""
    return dict.fromkeys(("mean", "effect", "slope"), "raderna")


def statement(samples: Samples, spec: Any, sizes: Mapping[str, int]) -> str:
    """Return the mean."""
    return f"{np.mean(samples['mean']):.0f} dygn i genomsnitt."
