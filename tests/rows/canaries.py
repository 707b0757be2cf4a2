"""A block with planted rows for each model that reads rows."""

from __future__ import annotations

from tests.rows.planted import PERSONS, Planted

_AT = range(1, PERSONS + 1)
_TINY = """mean = { lognormal = { median = 300, sigma = 0.5 } }
effect = { normal = { mean = 0, sd = 100 } }
slope = { normal = { mean = 0, sd = 10 } }
sampling = { draws = 300, tune = 300, chains = 2 }
"""

_DAYS = """window = "730 dygn"
sampling = { draws = 300, tune = 300, chains = 2 }
[evidence.planted.prior]
any_level = { normal = { mean = 1, sd = 1.5 } }
whole_level = { normal = { mean = -1.5, sd = 1 } }
amount_level = { normal = { mean = 0, sd = 1 } }
amount_spread = { beta = { a = 2, b = 4 } }
any_effect = { normal = { mean = 0, sd = 0.7 } }
amount_effect = { normal = { mean = 0, sd = 0.7 } }
between_place_sd = 0.2
comparison_bias = { normal = { mean = 0, sd = 0.2 } }
covariate_sd = 0.3
allocation.sd = 1.0
allocation.spread = { beta = { a = 2, b = 3 } }
allocation.single_type = { beta = { a = 2, b = 2 } }
allocation.effect_sd = 0.7
allocation.bias_sd = 0.2
"""


_COST = """sampling = { draws = 300, tune = 300, chains = 2 }
[evidence.planted.prior]
level = { lognormal = { median = "1 mkr", sigma = 0.5 } }
cv = { lognormal = { median = 0.5, sigma = 0.3 } }
mean_effect = { normal = { mean = 0, sd = 0.15 } }
between_place_sd = 0.1
comparison_bias = { normal = { mean = 0, sd = 0.1 } }
coefficient_sd = 0.3
"""

_GRADES = """sampling = { draws = 300, tune = 300, chains = 2 }
[evidence.planted.prior]
half_width = { lognormal = { median = 0.6, sigma = 0.5 } }
extra_step = { beta = { a = 1, b = 3 } }
trend = { normal = { mean = 0, sd = 0.5 } }
effect = { normal = { mean = 0, sd = 0.5 } }
comparison_bias = { normal = { mean = 0, sd = 0.2 } }
coefficient_sd = 0.5
missing_shift = { normal = { mean = 0, sd = 0.3 } }
"""
_EXITS = """after_years = 2
effect_years = 2
horizon_years = 5
sampling = { draws = 300, tune = 300, chains = 2 }
[evidence.planted.prior]
yearly_exit = { beta = { a = 2, b = 6 } }
yearly_return = 0.1
mean_effect = { normal = { mean = 0, sd = 1 } }
between_place_sd = 0.3
covariate_sd = 0.3
comparison_bias = { comparison = { normal = { mean = 0, sd = 0.2 } } }
forsorjningsstod_share = 0.8
moved_to_state = { beta = { a = 2, b = 4 } }
"""


def _stayed(times: int) -> tuple[float, ...]:
    return tuple(float(max(0, times * at - 60) % 300) for at in _AT)


CANARIES = {
    one.model: one
    for one in (
        Planted(
            "tiny",
            _TINY,
            {"days": ("dygn", tuple(111.317313371 + 0.1193711317 * at**2 for at in _AT))},
        ),
        Planted(
            "cost_comparison",
            _COST,
            {"cost": ("tkr", tuple(311.317313371 + 0.5193711317 * at**2 for at in _AT))},
        ),
        Planted(
            "grade_change",
            _GRADES,
            {"change": ("poäng", tuple(float((5 * at) % 7 - 3) for at in _AT))},
            whole=frozenset(("change",)),
        ),
        Planted(
            "bistand_exit",
            _EXITS,
            {f"on_year_{t}": ("", tuple(float(at % (t + 2) > 0) for at in _AT)) for t in (1, 2)},
            whole=frozenset(("on_year_1", "on_year_2")),
        ),
        Planted(
            "placement_days",
            _DAYS,
            {"hvb": ("dygn", _stayed(7)), "familjehem": ("dygn", _stayed(11))},
            whole=frozenset(("hvb", "familjehem")),
        ),
    )
}
