"""Fit the two published examples and print the checksum of each posterior."""

from __future__ import annotations

from models.fit import fit
from tests.models_layer.blocks import grade_change, skolfam2

if __name__ == "__main__":
    for name, spec in (("skolfam2", skolfam2()), ("school", grade_change())):
        print(name, fit(name, spec, 1).digest())
