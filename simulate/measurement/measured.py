"""What every measure hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulate.draws.values import Floats

Luck = Mapping[str, Floats]


@dataclass(frozen=True)
class Measured:
    """One measure as the evaluation will report it; all fields have dims (draw,) or ().

    Attributes:
        value: in the unit of the measure.
        standard_error: of the value, given the truth.
        true_saving: true saving in the measure's own window, SEK; ``None`` for unpriced outcomes.
        parts: what the value is made of, by name.
    """

    value: Floats
    standard_error: Floats
    true_saving: Floats | None = None
    parts: Mapping[str, Floats] = field(default_factory=dict)
