"""Whole run folders for tests, without a fit: made-up posteriors lie in the cache beforehand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models.cache import cache_key
from models.diagnosis import Check, Figures, Loo, Power
from models.distributions import Fixed
from models.evidence import load_model
from models.language import LANGUAGES, speaking
from models.posterior import Learning, Posterior
from models.reasons import judge
from models.spec import Evidence
from simulate.folder import report_file
from simulate.report.page import render
from simulate.run import Result, run
from simulate.scenario.read import Loaded, load
from simulate.store import identity, save


def invented(name: str, spec: Evidence, divergences: int = 0) -> Posterior:
    """Return a posterior of a block that no model has seen, with four chains of 400 draws."""
    rng = np.random.default_rng(7)
    samples = {key: rng.normal(0.05, 0.02, (4, 400)) for key in sorted(spec.titles)}
    if "mean_without" in samples:
        samples["mean_without"] = rng.normal(1.7e6, 1.5e5, (4, 400))
    if "extra_step" in samples:  # a probability
        samples["extra_step"] = rng.beta(2.0, 38.0, (4, 400))
    figures = Figures(1.0, 900.0, 800.0, divergences, 0.9, 0.0)
    model = load_model(spec)
    checks = {key: _check(seen) for key, seen in model.observed(spec).items()}
    units = len(checks)
    loo = Loo(units, persons=False, limit=0.7, high=units // 2, very_high=0, shapes=(0.4,) * units)
    powers = {next(iter(samples)): Power(0.09, 0.08, 0.4)}
    priors = model.parameters(spec)
    certain = {key for key, one in priors.items() if isinstance(one.distribution, Fixed)}
    sizes = model.sizes(spec)
    learning = {
        key: _lesson(key in certain, bool(place % 2))
        for place, key in enumerate(model.learned_from(spec, sizes))
    }
    return Posterior(
        name=name,
        samples=xr.Dataset(
            {key: (("chain", "draw"), values) for key, values in samples.items()},
            coords={"chain": np.arange(4), "draw": np.arange(400)},
        ),
        learning=learning,
        checks=checks,
        diagnosis=judge(figures, checks, loo, powers),
        sizes=sizes,
        manifest={"model": spec.model},
        stats=_dataset({"energy": rng.gamma(2.0, 1.0, (4, 400))}),
        log_likelihood=_dataset({"total": rng.normal(-9.0, 1.0, (4, 400))}),
        log_prior=_dataset({key: rng.normal(0.0, 0.7, (4, 400)) for key in priors}),
    )


def _check(seen: float) -> Check:
    spread = tuple(sorted((seen * np.linspace(0.2, 1.8, 100)).tolist()))
    return Check(seen, 0.5, 0.4, spread, spread)


def _lesson(certain: bool, learned: bool) -> Learning:
    if certain:
        return Learning(0.0, 0.0, 1.0, False)
    return Learning(0.1, 0.05, 0.5, True) if learned else Learning(0.1, 0.099, 0.99, False)


def _dataset(arrays: dict[str, NDArray[np.float64]]) -> xr.Dataset:
    return xr.Dataset({key: (("chain", "draw"), values) for key, values in arrays.items()})


def pretend(loaded: Loaded, outputs: Path, divergences: int = 0) -> Path:
    """Lay made-up posteriors of a scenario's evidence in the cache; return the cache's folder."""
    cache = outputs / ".cache"
    cache.mkdir(parents=True, exist_ok=True)
    for name, spec in loaded.scenario.evidence.items():
        key = cache_key(name, spec, loaded.scenario.fit_seed)
        invented(name, spec, divergences).write(cache / f"{spec.model}-{key[:32]}.nc")
    return cache


def made(
    scenario: Path, outputs: Path, draws: int = 4096, divergences: int = 0
) -> tuple[Result, Loaded, Path]:
    """Run a scenario on made-up posteriors and store it; return result, scenario and folder."""
    loaded = load(scenario)
    cache = pretend(loaded, outputs, divergences)
    result = run(loaded.scenario, draws, 1, cache)
    _, name = identity(result, loaded.raw)
    pages = {}
    for language in LANGUAGES:
        with speaking(language):
            pages[report_file(language)] = render(result, name)
    return result, loaded, save(result, loaded.raw, outputs, pages).folder
