"""A block with planted rows for each model that reads rows."""

from __future__ import annotations

from tests.rows.planted import PERSONS, Planted

_AT = range(1, PERSONS + 1)
_TINY = """mean = { lognormal = { median = 300, sigma = 0.5 } }
effect = { normal = { mean = 0, sd = 100 } }
slope = { normal = { mean = 0, sd = 10 } }
sampling = { draws = 300, tune = 300, chains = 2 }
"""

CANARIES = {
    one.model: one
    for one in (
        Planted(
            "tiny",
            _TINY,
            {"days": ("dygn", tuple(111.317313371 + 0.1193711317 * at**2 for at in _AT))},
        ),
    )
}
