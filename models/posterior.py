"""A fitted evidence block: its samples, what was learned, and whether it can be trusted.

Written as NetCDF that ArviZ reads: group ``posterior`` with the samples, beside it how the sampler
moved and the log densities of prior and data, everything else as JSON in the attributes of the
root. Equal posteriors give equal bytes: no clock, no paths. Only
parameters and what is handed on are kept, never a row about a person, and never a sentence: what
is said of a posterior follows from it, in any language.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models.diagnosis import (
    Check,
    Diagnosis,
    as_plain,
    check_from,
    from_plain,
)
from models.netcdf import dataset, opened

Floats = NDArray[np.float64]
LEARNED_LIMIT = 0.9


@dataclass(frozen=True)
class Learning:
    """How much the data moved one parameter.

    Attributes:
        prior_sd, posterior_sd: in the unit of the parameter.
        ratio: posterior over prior, on the scale of :mod:`models.learning`: for a lognormal prior
            that of the logarithm; one for a certain number.
        learned: whether the ratio is at most :data:`LEARNED_LIMIT`, or the mean has moved by more
            than the prior's standard deviation, on the same scale; else it is an assumption.
    """

    prior_sd: float
    posterior_sd: float
    ratio: float
    learned: bool


@dataclass(frozen=True, eq=False)
class Posterior:
    """Posterior of one evidence block.

    Attributes:
        name: of the block in the scenario.
        samples: dims (chain, draw), float64, canonical units.
        learning: parameter → how much the data moved it.
        checks: published statistic → predictive tail probabilities.
        diagnosis: verdict and figures.
        sizes: persons by group.
        manifest: sampler, backend, versions, seed, settings; nothing that differs between two
            runs of the same thing.
        stats: how the sampler moved, by ArviZ's names; dims (chain, draw).
        log_likelihood: of all data together, ``total``; dims (chain, draw). Never by person.
        log_prior: parameter → log density of its prior, up to a constant; dims (chain, draw).
    """

    name: str
    samples: xr.Dataset
    learning: Mapping[str, Learning]
    checks: Mapping[str, Check]
    diagnosis: Diagnosis
    sizes: Mapping[str, int]
    manifest: Mapping[str, Any]
    stats: xr.Dataset = field(default_factory=xr.Dataset)
    log_likelihood: xr.Dataset = field(default_factory=xr.Dataset)
    log_prior: xr.Dataset = field(default_factory=xr.Dataset)

    def quantity(self, name: str) -> Floats:
        """Return the samples of ``name``, dims (sample), chain after chain.

        Raises:
            KeyError: the block does not hand on ``name``.
        """
        return np.asarray(self.samples[name].values, dtype=np.float64).reshape(-1)

    @property
    def groups(self) -> dict[str, xr.Dataset]:
        """What is kept of every sample, by ArviZ's names of the groups; none is empty."""
        found = {
            "posterior": self.samples,
            "sample_stats": self.stats,
            "log_likelihood": self.log_likelihood,
            "log_prior": self.log_prior,
        }
        return {name: one for name, one in found.items() if one.data_vars}

    def digest(self) -> str:
        """Return a checksum of everything in the posterior."""
        sha = hashlib.sha256(_dump(self._facts()).encode())
        for group, kept in self.groups.items():
            for name in sorted(map(str, kept.data_vars)):
                values = np.ascontiguousarray(kept[name].values, dtype="<f8")
                sha.update(f"{group}/{name}{values.shape}".encode() + values.tobytes())
        return sha.hexdigest()

    def write(self, path: Path) -> None:
        """Write NetCDF to ``path``; equal posteriors give equal bytes."""
        attributes = {key: _dump(value) for key, value in self._facts().items()}
        root = xr.Dataset(attrs=attributes | {"content_sha256": self.digest()})
        kept = {f"/{name}": _without_truth(one) for name, one in self.groups.items()}
        tree = xr.DataTree.from_dict({"/": root, **kept})
        # Made in memory: where the disk is full HDF5 ends the whole program instead of saying so.
        made = io.BytesIO()
        tree.to_netcdf(made, engine="h5netcdf")
        path.write_bytes(made.getbuffer())

    def _facts(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "learning": {key: asdict(value) for key, value in self.learning.items()},
            "checks": {key: asdict(value) for key, value in self.checks.items()},
            "diagnosis": as_plain(self.diagnosis),
            "sizes": dict(self.sizes),
            "manifest": dict(self.manifest),
        }


def read(path: Path) -> Posterior:
    """Return the posterior that was written to ``path``.

    Raises:
        OSError: the file is missing or not NetCDF.
        ValueError: the file is damaged: its content differs from its checksum.
    """
    try:
        with opened(path) as file:
            attributes = dict(file.attrs)
            groups = {name: dataset(file[name]) for name in _GROUPS if name in file}
        facts = {key: json.loads(attributes[key]) for key in _FACTS}
        posterior = _from_facts(facts, groups)
        intact = posterior.digest() == attributes["content_sha256"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: not a posterior") from error
    if not intact:
        raise ValueError(f"{path.name}: content differs from its checksum")
    return posterior


_FACTS = ("name", "learning", "checks", "diagnosis", "sizes", "manifest")
_GROUPS = ("posterior", "sample_stats", "log_likelihood", "log_prior")


def _without_truth(kept: xr.Dataset) -> xr.Dataset:
    """NetCDF has no truth values: they are stored as the only single bytes."""
    return kept.map(lambda one: one.astype("i1") if one.dtype == bool else one)


def _from_facts(facts: Mapping[str, Any], groups: Mapping[str, xr.Dataset]) -> Posterior:
    empty = xr.Dataset()
    return Posterior(
        name=facts["name"],
        samples=groups["posterior"],
        learning={key: Learning(**value) for key, value in facts["learning"].items()},
        checks={key: check_from(value) for key, value in facts["checks"].items()},
        diagnosis=from_plain(facts["diagnosis"]),
        sizes=facts["sizes"],
        manifest=facts["manifest"],
        stats=groups.get("sample_stats", empty),
        log_likelihood=groups.get("log_likelihood", empty),
        log_prior=groups.get("log_prior", empty),
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
