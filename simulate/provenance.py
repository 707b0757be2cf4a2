"""What a result was made with: versions, code, inputs, seed. No clock and no paths."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

# What a manifest holds; a program that knows another number cannot read the run.
SCHEMA = 2

_LIBRARIES = (
    "numpy",
    "scipy",
    "xarray",
    "h5netcdf",
    "h5py",
    "pydantic",
    "pymc",
    "nutpie",
    "pytensor",
    "numba",
    "arviz-stats",
    "matplotlib",
    "jinja2",
)


def versions() -> dict[str, str]:
    """Return the versions of the program and of the libraries that shape its figures."""
    return dict(_versions())


@cache
def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("socialrisk", *_LIBRARIES)}


def code_hash() -> str:
    """Return one hash of all files of the program: code, templates, style sheets, catalogues."""
    digest = hashlib.sha256()
    for package in ("models", "simulate", "scenarios"):
        root = Path(str(files(package)), "locale" if package == "scenarios" else "")
        paths = (p for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc")
        for path in sorted(paths, key=lambda path: path.as_posix()):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def manifest(
    raw: Mapping[str, Any],
    seed: int,
    draws: int,
    posteriors: Mapping[str, str],
    rows: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return everything that decides the bytes of a run.

    Args:
        raw: the scenario as plain data, settings applied.
        seed, draws: of the run.
        posteriors: digest of each evidence block's posterior.
        rows: digest of the rows of each evidence block that rests on any.
    """
    scenario = json.dumps(raw, sort_keys=True, ensure_ascii=False, default=str)
    return {
        "schema": SCHEMA,
        "scenario_sha256": hashlib.sha256(scenario.encode()).hexdigest(),
        "seed": seed,
        "draws": draws,
        "versions": versions(),
        "code_sha256": code_hash(),
        "posterior_sha256": dict(posteriors),
        **({"rows_sha256": dict(rows)} if rows else {}),
    }


def run_id(manifest: Mapping[str, Any]) -> str:
    """Return the id of a run: twelve characters that change with anything that decides it."""
    text = json.dumps(manifest, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
