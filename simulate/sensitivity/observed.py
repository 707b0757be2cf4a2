"""What a group of persons shows, in every kind of study: a mean, a count, a normal error.

The laws are those of the measurement stage. The chance is the study's own.
"""

from __future__ import annotations

import numpy as np
import scipy

from models.number import Number
from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws, full
from simulate.draws.values import Floats
from simulate.measurement.cost_saving import mean_of_gammas
from simulate.scenario.tree.study import Study

_TINY = 1e-9


def uniform(study: Study, name: str, draws: Draws) -> Floats:
    """Return the uniform numbers of a kind of chance of a study, dims (draw,)."""
    return draws.streams.uniforms(study.chance(name), draws.batch)


def known(number: Number | None, draws: Draws) -> Floats:
    """Return a number, or zero where it is left out; dims (draw,) or ()."""
    return np.asarray(0.0) if number is None else draws.of(number)


def mean(study: Study, name: str, n: int, cv: Floats, draws: Draws) -> Floats:
    """Return the mean of n gamma amounts of mean one, dims (draw,)."""
    return mean_of_gammas(uniform(study, name, draws), np.asarray(float(n)), cv)


def means(*each: Floats) -> Floats:
    """Return the log of the first mean over the last, where there are two, and of the last."""
    logs = [np.log(np.maximum(full(one), _TINY)) for one in each]
    return np.column_stack([one - logs[-1] for one in logs[:-1]] + [logs[-1]])


def normal(study: Study, name: str, n: int, draws: Draws) -> Floats:
    """Return the error of a mean of n normal amounts of standard deviation one, dims (draw,)."""
    return np.asarray(scipy.special.ndtri(uniform(study, name, draws)) / np.sqrt(n))


def odds(study: Study, name: str, n: int, rate: Floats, draws: Draws) -> Floats:
    """Return the log odds of a count, with half a person on either side, dims (draw,)."""
    count = binomial(uniform(study, name, draws), full(np.asarray(float(n))), full(rate))
    return np.asarray(np.log((count + 0.5) / (n - count + 0.5)))
