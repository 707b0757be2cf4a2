"""Simulation-based calibration: does a model, given data of its own, say how unsure it should be?

Parameters are drawn from their priors, data from the model, and the model is fitted to them: the
rank of the true value among the posterior draws is then uniform (Talts et al. 2018), for every
parameter, for what is handed on, and for the log likelihood, which a model that ignores its data
cannot pass (Modrák et al. 2023). Compiled once, fed new data each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from models import priors
from models.evidence import load_model
from models.fit import compiled, inputs_of, quiet, sampled
from models.interface import Data, Floats, Model, Samples
from models.spec import Evidence

LOG_LIKELIHOOD = "log_likelihood"
RANKS = 99
Replicate = Callable[[Samples, Evidence, np.random.Generator], Data]
Refit = Callable[[Data, int], Samples]


@dataclass(frozen=True)
class Ranks:
    """Ranks of true values among :data:`RANKS` independent posterior draws.

    Attributes:
        ranks: quantity → rank 0…:data:`RANKS` in each simulation, dims (simulation,).
    """

    ranks: dict[str, NDArray[np.int64]]

    def worst(self) -> tuple[str, float]:
        """Return the quantity that is furthest from uniform, and its p value over all of them.

        The p value is of the largest distance between the distribution of ranks and the uniform
        one, by simulation, with Šidák's correction for the number of quantities.
        """
        found = {name: uniformity(rank) for name, rank in self.ranks.items()}
        name = min(found, key=found.__getitem__)
        return name, float(1.0 - (1.0 - found[name]) ** len(found))


def calibrate(
    spec: Evidence,
    simulations: int,
    seed: int,
    replicate: Replicate | None = None,
    refit: Refit | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Ranks:
    """Return the ranks of ``simulations`` fits to data that the model itself made.

    Args:
        spec: the block: priors, sizes of groups, settings of the sampler.
        simulations: number of fits.
        seed: of everything.
        replicate: makes the data; by default the model does. Another one is a negative control.
        refit: from data and a seed to posterior samples, dims (sample,); by default NUTS.
        progress: called with (fits done, fits in all).
    """
    model = load_model(spec)
    make = replicate or model.replicate
    again = refit or _nuts(model, spec)
    found: dict[str, list[int]] = {}
    for number in range(simulations):
        rng = np.random.default_rng([seed, number])
        truth = priors.draw_prior(model.parameters(spec), model.latent(spec), 1, rng)
        data = make({name: value[0] for name, value in truth.items()}, spec, rng)
        fitted = again(data, int(rng.integers(2**31)))
        for name, rank in _ranks(model, spec, data, truth, fitted, rng).items():
            found.setdefault(name, []).append(rank)
        if progress is not None:
            progress(number + 1, simulations)
    return Ranks({name: np.asarray(rank) for name, rank in found.items()})


def prior_returned(spec: Evidence) -> Refit:
    """Return a refit that ignores the data and hands back the prior: it must fail."""
    model = load_model(spec)

    def refit(data: Data, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        return priors.draw_prior(model.parameters(spec), model.latent(spec), 10 * RANKS, rng)

    return refit


def _nuts(model: Model, spec: Evidence) -> Refit:
    with quiet():
        persons = spec.source_of_rows is not None
        built = compiled(partial(model.build, spec), persons)

    def refit(data: Data, seed: int) -> Samples:
        tree = sampled(built.with_data(**data), spec.sampling, seed, persons=persons)
        return {name: x.reshape(-1) for name, x in inputs_of(model, spec, tree).items()}

    return refit


def _ranks(
    model: Model,
    spec: Evidence,
    data: Data,
    truth: Samples,
    fitted: Samples,
    rng: np.random.Generator,
) -> dict[str, int]:
    count = len(next(iter(fitted.values())))
    # Evenly apart, so that what is compared is as good as independent.
    picked = np.linspace(0, count - 1, RANKS).round().astype(int)
    thin = {name: x[picked] for name, x in fitted.items()}
    before, after = (_quantities(model, spec, data, one) for one in (truth, thin))
    found = {}
    for name, true in before.items():
        if np.ptp(after[name]) == 0.0 and after[name][0] == true[0]:
            continue  # a certain number has no rank
        below = int(np.sum(after[name] < true[0]))
        equal = int(np.sum(after[name] == true[0]))
        found[name] = below + int(rng.integers(equal + 1))
    return found


def _quantities(model: Model, spec: Evidence, data: Data, samples: Samples) -> dict[str, Floats]:
    likelihood = model.log_likelihood(samples, spec, data).sum(axis=-1)
    known = {name: samples[name] for name in model.parameters(spec)}
    return known | model.derive(samples, spec) | {LOG_LIKELIHOOD: likelihood}


def uniformity(ranks: NDArray[np.int64], trials: int = 20_000) -> float:
    """Return the probability of ranks at least as far from uniform as these, by simulation.

    The distance is the largest one between the two distribution functions, in standard errors of
    each rank (so that the tails count as much as the middle).
    """
    rng = np.random.default_rng(20_240_101)
    null = rng.integers(0, RANKS + 1, (trials, len(ranks)))
    return float((1 + np.sum(_distance(null) >= _distance(ranks[None])[0])) / (1 + trials))


def band(simulations: int, quantities: int, level: float = 0.01, trials: int = 5000) -> float:
    """Return how many standard errors a distribution of ranks may be from uniform anywhere.

    Over all ranks and quantities at once it is further in a share ``level`` of sound models.
    """
    rng = np.random.default_rng(20_240_102)
    null = _distance(rng.integers(0, RANKS + 1, (trials, simulations)))
    return float(np.quantile(null, (1.0 - level) ** (1.0 / quantities)))


def _distance(ranks: NDArray[np.int64]) -> Floats:
    """Dims (trial, simulation) → (trial,)."""
    trials, simulations = ranks.shape
    counts = np.zeros((trials, RANKS + 1))
    np.add.at(counts, (np.repeat(np.arange(trials), simulations), ranks.ravel()), 1.0)
    uniform = np.arange(1, RANKS + 1) / (RANKS + 1)
    share = np.cumsum(counts, axis=1)[:, :-1] / simulations
    error = np.sqrt(uniform * (1.0 - uniform) / simulations)
    return np.asarray(np.max(np.abs(share - uniform) / error, axis=1))
