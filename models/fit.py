"""From an evidence block to its posterior, by NUTS.

Bytes repeat: the same block, seed and versions give the same samples on one kind of processor,
whatever the compile caches hold, because the compiled functions keep to IEEE arithmetic.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models import chains, learning, loo, power, priors
from models.compiling import FLAGS, settings, versions
from models.diagnosis import Check, Figures
from models.evidence import load_model
from models.interface import Floats, Model, Samples
from models.posterior import Posterior
from models.reasons import judge
from models.spec import Evidence, Sampling

if TYPE_CHECKING:
    import pymc as pm

Progress = Callable[[int, int], None]
CORES = 2
STEPS = 3  # compile, sample, check
PRIOR_DRAWS = 20_000
SPREAD = 100  # quantiles that are kept of each predicted statistic


def fit_seed(name: str, seed: int) -> int:
    """Return the seed of the block ``name``: adding another block changes nothing for this one.

    Example:
        >>> fit_seed("skolfam2", 1) == fit_seed("skolfam2", 1) != fit_seed("school", 1)
        True
    """
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:4], "little")


def fit(name: str, spec: Evidence, seed: int, progress: Progress | None = None) -> Posterior:
    """Return the posterior of the block ``name``.

    Args:
        name: of the block in the scenario; part of the seed.
        spec: the evidence block.
        seed: fit seed of the scenario.
        progress: called with (steps done, steps in all); nothing is printed.

    Returns:
        Samples of every parameter and everything handed on, with learning table, predictive
        checks, diagnosis and manifest. A failed diagnosis is returned, not raised.
    """
    tell = progress or (lambda done, of: None)
    model = load_model(spec)
    own = fit_seed(name, seed)
    tell(0, STEPS)
    with quiet():
        persons = spec.source_of_rows is not None
        ready = compiled(partial(model.build, spec), persons)
        tell(1, STEPS)
        tree = sampled(ready, spec.sampling, own, CORES, persons)
    tell(2, STEPS)
    inputs = inputs_of(model, spec, tree)
    posterior = _judged(name, spec, model, own, inputs, tree["sample_stats"].to_dataset())
    tell(STEPS, STEPS)
    return posterior


def _judged(
    name: str, spec: Evidence, model: Model, seed: int, inputs: Samples, stats: xr.Dataset
) -> Posterior:
    """Return the posterior with everything that is said of it."""
    samples = {**inputs, **model.derive(inputs, spec)}
    rng = np.random.default_rng([seed, 1])
    parameters = model.parameters(spec)
    prior = priors.draw_prior(parameters, model.latent(spec), PRIOR_DRAWS, rng)
    checks = _checks(model, spec, prior, inputs, rng)
    prior = prior | model.derive(prior, spec)
    kept = {name: values for name, values in samples.items() if name not in model.latent(spec)}
    likelihood = loo.total(model, spec, inputs)
    densities = {name: priors.power_density(parameters[name], inputs[name]) for name in parameters}
    figures = _figures(_dataset(kept), stats)
    diagnosis = judge(
        figures,
        checks,
        loo.left_out(model, spec, inputs, np.random.default_rng([seed, 2])),
        power.powers(kept, prior, _sum(densities), likelihood),
    )
    return Posterior(
        name=name,
        samples=_dataset(kept),
        learning=learning.table(model, spec, prior, samples),
        checks=checks,
        diagnosis=diagnosis,
        sizes=model.sizes(spec),
        manifest=_manifest(spec, seed),
        stats=_dataset({new: _array(stats[old], None) for old, new in _STATS.items()}),
        log_likelihood=_dataset({"total": likelihood}),
        log_prior=_dataset(densities),
    )


# What nutpie tells of its moves → what ArviZ calls it.
_STATS = {
    "energy": "energy",
    "diverging": "diverging",
    "depth": "tree_depth",
    "maxdepth_reached": "reached_max_treedepth",
}


def _sum(densities: Samples) -> Floats:
    return np.asarray(sum(densities.values()))


def compiled(build: Callable[[], pm.Model], persons: bool = False) -> Any:
    """Return a PyMC model ready to be sampled, and to be fed other data by ``with_data``.

    Args:
        build: makes the model; called once it is settled how PyTensor compiles.
        persons: whether it reads rows about persons; then no compiled code is kept on disk.
    """
    flags = settings(persons)
    import nutpie  # slow, and only a fit needs it
    from pytensor.configdefaults import config

    with config.change_flags(**flags):
        return nutpie.compile_pymc_model(build(), backend="numba", gradient_backend="pytensor")


def sampled(
    ready: Any, sampling: Sampling, seed: int, cores: int = 1, persons: bool = False
) -> xr.DataTree:
    """Return what NUTS draws from a compiled model; the same draws on any number of cores.

    Args:
        ready, persons: as in :func:`compiled`.
        sampling: settings of the sampler.
        seed: of the draws.
        cores: that are used.
    """
    flags = settings(persons)
    import nutpie  # slow, and only a fit needs it
    from pytensor.configdefaults import config

    with config.change_flags(**flags):
        tree: xr.DataTree = nutpie.sample(
            ready,
            draws=sampling.draws,
            tune=sampling.tune,
            chains=sampling.chains,
            cores=cores,
            seed=seed,
            target_accept=sampling.target_accept,
            save_warmup=False,
            progress_bar=False,
        )
    return tree


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep standard output for the figures of the program."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _array(variable: xr.DataArray, dtype: Any = np.float64) -> NDArray[Any]:
    return np.asarray(variable.transpose("chain", "draw").values, dtype=dtype)


def _free(tree: xr.DataTree) -> dict[str, Floats]:
    """Every variable that was sampled; the parts of a vector have the names of its coordinate."""
    free = {}
    for key, value in tree["posterior"].data_vars.items():
        along = [str(name) for name in value.dims if name not in ("chain", "draw")]
        if not along:
            free[str(key)] = _array(value)
        for name in along:
            parts = value[name].values
            free |= {str(x): _array(value.isel({name: k})) for k, x in enumerate(parts)}
    return free


def inputs_of(model: Model, spec: Evidence, tree: xr.DataTree) -> dict[str, Floats]:
    """Return parameters in their own units, and latent variables, dims (chain, draw)."""
    free = _free(tree)
    shape = (spec.sampling.chains, spec.sampling.draws)
    named = {
        name: priors.values(name, number, free, shape)
        for name, number in model.parameters(spec).items()
    }
    return named | {name: free[name] for name in model.latent(spec)}


def _dataset(kept: Mapping[str, NDArray[Any]]) -> xr.Dataset:
    chains, draws = next(iter(kept.values())).shape
    return xr.Dataset(
        {name: (("chain", "draw"), kept[name]) for name in sorted(kept)},
        coords={"chain": np.arange(chains), "draw": np.arange(draws)},
    )


def _checks(
    model: Model, spec: Evidence, prior: Samples, posterior: Samples, rng: np.random.Generator
) -> dict[str, Check]:
    expected = model.predict(prior, spec, rng)
    fitted = model.predict(posterior, spec, rng)
    return {
        name: Check(
            value,
            _tail(expected[name], value),
            _tail(fitted[name], value),
            _spread(expected[name]),
            _spread(fitted[name]),
        )
        for name, value in model.observed(spec).items()
    }


def _tail(replicates: Floats, observed: float) -> float:
    """Two-sided tail probability; a replicate that equals the observed value counts half."""
    below, equal = np.mean(replicates < observed), np.mean(replicates == observed)
    share = float(below + equal / 2)
    return 2.0 * min(share, 1.0 - share)


def _spread(replicates: Floats) -> tuple[float, ...]:
    quantiles = np.quantile(replicates, np.linspace(0.005, 0.995, SPREAD))
    return tuple(float(f"{value:.6g}") for value in quantiles)


def _figures(samples: xr.Dataset, stats: xr.Dataset) -> Figures:
    found = chains.agreement(samples).values()

    def over_all(values: list[float], worst: Callable[[list[float]], float]) -> float:
        return worst(values) if values and np.isfinite(values).all() else float("nan")

    return Figures(
        rhat=over_all([one.rhat for one in found], max),
        ess_bulk=over_all([one.bulk for one in found], min),
        ess_tail=over_all([one.tail for one in found], min),
        divergences=int(stats["diverging"].sum()),
        ebfmi=_ebfmi(stats["energy"].transpose("chain", "draw").values),
        at_max_depth=float(stats["maxdepth_reached"].mean()),
    )


def _ebfmi(energy: Floats) -> float:
    """Smallest over chains of E[(ΔE)²] / Var E (Betancourt 2016)."""
    steps = np.mean(np.diff(energy, axis=1) ** 2, axis=1)
    return float(np.min(steps / np.var(energy, axis=1)))


def _manifest(spec: Evidence, seed: int) -> Mapping[str, Any]:
    return {
        "model": spec.model,
        "sampler": "nutpie NUTS",
        "backend": "numba",
        "seed": seed,
        "settings": spec.sampling.model_dump(exclude={"source", "kind"}) | FLAGS,
        "versions": versions(),
    }
