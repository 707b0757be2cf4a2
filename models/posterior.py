"""A fitted evidence block: its samples, what was learned, and whether it can be trusted.

Written as NetCDF that ArviZ reads: group ``posterior`` with the samples, everything else as JSON
in the attributes of the root. Equal posteriors give equal bytes: no clock, no paths. Only
parameters and what is handed on are kept, never a row about a person, and never a sentence: what
is said of a posterior follows from it, in any language.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models.diagnosis import Check, Diagnosis, Reason, as_plain, from_plain, reasons
from models.netcdf import dataset, opened

Floats = NDArray[np.float64]
LEARNED_LIMIT = 0.9


@dataclass(frozen=True)
class Learning:
    """How much the data moved one parameter.

    Attributes:
        prior_sd, posterior_sd: in the unit of the parameter.
        ratio: posterior over prior; one for a certain number.
        learned: whether the ratio is at most :data:`LEARNED_LIMIT`; else it is an assumption.
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
    """

    name: str
    samples: xr.Dataset
    learning: Mapping[str, Learning]
    checks: Mapping[str, Check]
    diagnosis: Diagnosis
    sizes: Mapping[str, int]
    manifest: Mapping[str, Any]

    def quantity(self, name: str) -> Floats:
        """Return the samples of ``name``, dims (sample), chain after chain.

        Raises:
            KeyError: the block does not hand on ``name``.
        """
        return np.asarray(self.samples[name].values, dtype=np.float64).reshape(-1)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What is wrong with the fit and what to do, in the language that is spoken."""
        return reasons(self.diagnosis.figures, self.checks)

    def digest(self) -> str:
        """Return a checksum of everything in the posterior."""
        sha = hashlib.sha256(_dump(self._facts()).encode())
        for name in sorted(map(str, self.samples.data_vars)):
            values = np.ascontiguousarray(self.samples[name].values, dtype="<f8")
            sha.update(f"{name}{values.shape}".encode() + values.tobytes())
        return sha.hexdigest()

    def write(self, path: Path) -> None:
        """Write NetCDF to ``path``; equal posteriors give equal bytes."""
        attributes = {key: _dump(value) for key, value in self._facts().items()}
        root = xr.Dataset(attrs=attributes | {"content_sha256": self.digest()})
        tree = xr.DataTree.from_dict({"/": root, "/posterior": self.samples})
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
            samples = dataset(file["posterior"])
        facts = {key: json.loads(attributes[key]) for key in _FACTS}
        posterior = _from_facts(facts, samples)
        intact = posterior.digest() == attributes["content_sha256"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: not a posterior") from error
    if not intact:
        raise ValueError(f"{path.name}: content differs from its checksum")
    return posterior


_FACTS = ("name", "learning", "checks", "diagnosis", "sizes", "manifest")


def _from_facts(facts: Mapping[str, Any], samples: xr.Dataset) -> Posterior:
    return Posterior(
        name=facts["name"],
        samples=samples,
        learning={key: Learning(**value) for key, value in facts["learning"].items()},
        checks={key: Check(**value) for key, value in facts["checks"].items()},
        diagnosis=from_plain(facts["diagnosis"]),
        sizes=facts["sizes"],
        manifest=facts["manifest"],
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
