"""The true saving of every priced outcome, by year, and who it falls on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.draws.draw import Draws, Floats, Values
from simulate.programme import Intake, year_of
from simulate.scenario.tree.outcomes import Priced
from simulate.scenario.tree.scenario import Scenario
from simulate.truth.course import Fading
from simulate.truth.laws import yearly_saving


@dataclass(frozen=True)
class TrueOutcome:
    """One priced outcome.

    Attributes:
        yearly: SEK a person and year at full effect, dims (draw,).
        course: the effect on a person over time.
        saving: true saving of all participants, dims (draw, year), SEK, undiscounted.
        cashable: share of it that can leave a budget, dims (draw, year).
    """

    yearly: Floats
    course: Fading
    saving: Floats
    cashable: Floats


@dataclass(frozen=True)
class Truth:
    """What the insats causes; ``outcomes`` holds the priced ones by id."""

    outcomes: Mapping[str, TrueOutcome]

    def total(self) -> Floats | float:
        """Return the true saving over the horizon, dims (draw,), SEK."""
        return sum((one.saving.sum(axis=1) for one in self.outcomes.values()), start=0.0)


def cause(scenario: Scenario, draws: Draws, intake: Intake) -> Truth:
    """Return what the insats causes in each future."""
    return Truth(
        {
            key: _outcome(outcome, scenario, draws, intake)
            for key, outcome in scenario.outcomes.items()
            if isinstance(outcome, Priced)
        }
    )


def _outcome(outcome: Priced, scenario: Scenario, draws: Draws, intake: Intake) -> TrueOutcome:
    yearly = yearly_saving(outcome, draws)
    assert yearly is not None, "a priced outcome has a law"
    course = Fading.of(outcome.course, intake.duration, draws)
    edges = np.arange(scenario.first_year, scenario.last_year + 2, dtype=np.float64)
    since = edges[None, None, :] - intake.starts[None, :, None]
    person_years = np.diff(course.by_draw(2).until(since), axis=2)
    effective = np.einsum("dc,dcy->dy", intake.persons, person_years)
    saving = np.reshape(yearly, (-1, 1)) * effective
    return TrueOutcome(yearly, course, saving, _cashable(outcome, scenario, draws))


def _cashable(outcome: Priced, scenario: Scenario, values: Values) -> Floats:
    start = year_of(scenario.programme.intake_first)
    middle = np.asarray(scenario.years)[None, :] + 0.5
    short, long, ramp = (
        np.reshape(values.of(number), (-1, 1))
        for number in (
            outcome.cashable.short_run,
            outcome.cashable.long_run,
            outcome.cashable.ramp,
        )
    )
    progress = np.clip((middle - start) / np.maximum(ramp, 1e-9), 0.0, 1.0)
    return np.asarray(short + (long - short) * progress)
