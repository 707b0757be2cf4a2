"""The true effect of every priced outcome, and the saving it makes, by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.draws.draw import Draws
from simulate.draws.values import Floats, Values
from simulate.programme import Intake, year_of
from simulate.scenario.tree.outcomes import Priced
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.course import Fading
from simulate.truth.laws import yearly_saving


@dataclass(frozen=True)
class TrueOutcome:
    """What the insats causes in one priced outcome.

    Attributes:
        yearly: SEK a person and year at full effect, dims (draw,).
        course: the effect on a person over time.
    """

    yearly: Floats
    course: Fading


Truth = Mapping[str, TrueOutcome]


@dataclass(frozen=True)
class TrueSaving:
    """The true saving of all participants in one outcome, dims (draw, year).

    Attributes:
        saving: SEK, undiscounted.
        cashable: share of it that can leave a budget.
    """

    saving: Floats
    cashable: Floats


def cause(scenario: ContractScenario, draws: Draws, intake: Intake) -> Truth:
    """Return what the insats causes in each future, for the priced outcomes by id."""
    found: dict[str, TrueOutcome] = {}
    for key, outcome in scenario.outcomes.items():
        yearly = yearly_saving(outcome, draws)
        if isinstance(outcome, Priced) and yearly is not None:
            course = Fading.of(outcome.course, intake.duration, draws)
            found[key] = TrueOutcome(yearly, course)
    return found


def savings(
    scenario: ContractScenario, draws: Draws, intake: Intake, truth: Truth
) -> Mapping[str, TrueSaving]:
    """Return the saving that ``truth`` makes in each calendar year of the horizon."""
    edges = np.arange(scenario.first_year, scenario.last_year + 2, dtype=np.float64)
    since = edges[None, None, :] - intake.starts[None, :, None]
    found: dict[str, TrueSaving] = {}
    for key, outcome in scenario.outcomes.items():
        if isinstance(outcome, Priced):
            true = truth[key]
            person_years = np.diff(true.course.by_draw(2).until(since), axis=2)
            effective = np.einsum("dc,dcy->dy", intake.persons, person_years)
            saving = np.reshape(true.yearly, (-1, 1)) * effective
            found[key] = TrueSaving(saving, _cashable(outcome, scenario, draws))
    return found


def _cashable(outcome: Priced, scenario: ContractScenario, values: Values) -> Floats:
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
