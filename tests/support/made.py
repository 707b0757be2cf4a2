"""Whole run folders for tests, without a fit: made-up posteriors lie in the cache beforehand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray as xr

from models.cache import cache_key
from models.diagnosis import Check, Figures, judge
from models.evidence import load_model
from models.language import LANGUAGES, speaking
from models.posterior import Learning, Posterior
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
    figures = Figures(1.0, 900.0, 800.0, divergences, 0.9, 0.0)
    checks = {"total": Check(1.0, 0.5, 0.4)}
    return Posterior(
        name=name,
        samples=xr.Dataset(
            {key: (("chain", "draw"), values) for key, values in samples.items()},
            coords={"chain": np.arange(4), "draw": np.arange(400)},
        ),
        learning={key: Learning(0.1, 0.05, 0.5, True) for key in list(samples)[:2]},
        checks=checks,
        diagnosis=judge(figures, checks),
        sizes=load_model(spec).sizes(spec),
        manifest={"model": spec.model},
    )


def made(
    scenario: Path, outputs: Path, draws: int = 4096, divergences: int = 0
) -> tuple[Result, Loaded, Path]:
    """Run a scenario on made-up posteriors and store it; return result, scenario and folder."""
    loaded, cache = load(scenario), outputs / ".cache"
    cache.mkdir(parents=True, exist_ok=True)
    for name, spec in loaded.scenario.evidence.items():
        key = cache_key(name, spec, loaded.scenario.fit_seed)
        invented(name, spec, divergences).write(cache / f"{spec.model}-{key[:32]}.nc")
    result = run(loaded.scenario, draws, 1, cache)
    _, name = identity(result, loaded.raw)
    pages = {}
    for language in LANGUAGES:
        with speaking(language):
            pages[report_file(language)] = render(result, name)
    return result, loaded, save(result, loaded.raw, outputs, pages).folder
