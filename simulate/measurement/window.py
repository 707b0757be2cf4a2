"""True saving in the window that the contract looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.draws.values import Floats, Values
from simulate.programme import Intake
from simulate.scenario.tree.measurements import Windowed
from simulate.truth.truth import TrueOutcome


@dataclass(frozen=True)
class Window:
    """A follow-up window for each person, in years since inclusion; dims (draw,) or ()."""

    length: Floats
    start: Floats

    @classmethod
    def of(cls, measure: Windowed, intake: Intake, values: Values) -> Window:
        """Return the window: from inclusion, or from the end of the insats for the person."""
        start = intake.duration if measure.window_from == "end" else np.asarray(0.0)
        return cls(values.of(measure.window), start)

    def saving(self, truth: TrueOutcome, intake: Intake) -> Floats:
        """Return the true saving of all participants in their windows, SEK, dims (draw,)."""
        course = truth.course
        years = course.until(self.start + self.length) - course.until(self.start)
        return np.asarray(intake.total * truth.yearly * years)
