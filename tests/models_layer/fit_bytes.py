"""Fit the two published examples and print the checksum of each posterior.

With ``FILL_CACHE`` set, only compile them the ordinary way, so that PyTensor's cache on disk holds
functions that a careless fit would pick up.
"""

from __future__ import annotations

import os

from models.evidence import load_model
from models.fit import fit
from tests.models_layer.blocks import grade_change, skolfam2

BLOCKS = (("skolfam2", skolfam2()), ("school", grade_change()))


def fill_cache() -> None:
    """Compile both models with PyTensor's own settings."""
    import nutpie

    for _, spec in BLOCKS:
        nutpie.compile_pymc_model(load_model(spec).build(spec))


if __name__ == "__main__":
    if "FILL_CACHE" in os.environ:
        fill_cache()
    else:
        for name, spec in BLOCKS:
            print(name, fit(name, spec, 1).digest())
