"""Posteriors that were fitted before, found again by everything that decides their content."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from models import fit as fitting
from models import timings
from models.compiling import versions
from models.number import Number
from models.posterior import Posterior, read
from models.rows.source import RowSource
from models.spec import Evidence

# Wording does not change a posterior.
_WORDS = frozenset({"title", "source", "kind"})
# Modules that decide the content of a posterior, besides those of its own model.
_SHARED = (
    "chains", "compiling", "diagnosis", "distributions", "fit", "interface", "learning", "loo",
    "netcdf", "pit", "posterior", "power", "priors", "psis", "quantile",
)  # fmt: skip
# The oracle has no part in a fit.
_APART = frozenset({"exact.py"})


def cache_key(name: str, spec: Evidence, seed: int) -> str:
    """Return the hash of model code, data, priors, settings, versions and seed.

    Titles, sources and kinds are left out: correcting a reference does not refit.
    """
    facts = {
        "spec": canonical(spec),
        "seed": fitting.fit_seed(name, seed),
        "versions": versions(),
        "code": _code(spec.model),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def canonical(value: object) -> Any:
    """Return a specification as plain data, without the words in it.

    Example:
        >>> from models.number import parse_number
        >>> from models.quantity import SHARE
        >>> canonical(parse_number({"value": "40 %", "source": "page 3"}, SHARE))
        {'Fixed': {'value': 0.4}, 'dimension': 'share'}
    """
    if isinstance(value, Number):
        distribution = value.distribution
        parameters = {key: canonical(part) for key, part in vars(distribution).items()}
        return {type(distribution).__name__: parameters, "dimension": value.dimension.name}
    if isinstance(value, RowSource):
        # What was read, not where it lies: a moved file is not fitted again, a changed one is.
        read = {"frame": value.frame.digest, "missing": value.missing}
        return read | {"synthetic": value.synthetic}
    if isinstance(value, BaseModel):
        names = sorted(set(type(value).model_fields) - _WORDS)
        return {name: canonical(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [canonical(part) for part in value]
    if isinstance(value, Mapping):
        # As pairs: the order of groups is the order in which the sampler meets them.
        return [[key, canonical(part)] for key, part in value.items()]
    return value


def fit_or_load(
    name: str,
    spec: Evidence,
    seed: int,
    cache_dir: Path,
    progress: fitting.Progress | None = None,
) -> Posterior:
    """Return the posterior of a block, fitted now or before; the same bits either way.

    A file that is missing, cut short or damaged is fitted again; what a killed fit leaves behind
    is never read.

    Args:
        name: of the block in the scenario; part of the seed.
        spec: the evidence block.
        seed: fit seed of the scenario.
        cache_dir: made when it does not exist.
        progress: as in :func:`models.fit.fit`; not called when nothing is fitted.
    """
    path = _place(name, spec, seed, cache_dir)
    cached = _trusted(path)
    if cached is not None:
        return cached
    with timings.timed(spec, cache_dir, progress) as told:
        _write_atomically(fitting.fit(name, spec, seed, told), path)
    return read(path)


def fitted_before(name: str, spec: Evidence, seed: int, cache_dir: Path) -> Posterior | None:
    """Return the posterior of a block if it was fitted before, else nothing; never fits."""
    return _trusted(_place(name, spec, seed, cache_dir))


def _place(name: str, spec: Evidence, seed: int, cache_dir: Path) -> Path:
    return cache_dir / f"{spec.model}-{cache_key(name, spec, seed)[:32]}.nc"


def _trusted(path: Path) -> Posterior | None:
    if not path.is_file():
        return None
    try:
        return read(path)
    except Exception:  # a damaged file can fail in any layer below; all mean refit
        return None


def _write_atomically(posterior: Posterior, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        posterior.write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _code(model: str) -> dict[str, str]:
    """Checksum of each source file that decides a posterior."""
    package = files("models")
    own = [file for file in package.joinpath(model).iterdir() if file.name.endswith(".py")]
    chosen = {f"{model}/{file.name}": file for file in own if file.name not in _APART}
    chosen |= {f"{name}.py": package.joinpath(f"{name}.py") for name in _SHARED}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in chosen.items()}
