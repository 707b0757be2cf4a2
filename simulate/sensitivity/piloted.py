"""What a pilot finds of each kind of outcome: of those who have the insats, and of the compared.

The truth is that of the outcome, and the law of the groups that of the measurement stage. What is
found is on the scale of the effect: what the groups differ by, then what the compared group shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

import numpy as np
import scipy

from models.number import Number
from simulate.aterforing.saving import fewer_share, level
from simulate.draws.draw import Draws, full
from simulate.draws.values import Floats
from simulate.measurement.school_points import STEPS, Steps, steps
from simulate.scenario.tree.investment import (
    CasesEffect,
    CostRatio,
    Effect,
    PersonDays,
    PersonYears,
    Priced,
)
from simulate.scenario.tree.measurements import CostSaving
from simulate.scenario.tree.outcomes import (
    CostOutcome,
    GradesOutcome,
    Outcome,
    PersonsOutcome,
    SuccessOutcome,
)
from simulate.scenario.tree.scenario import ContractScenario, FundScenario, Scenario
from simulate.scenario.tree.study import Pilot
from simulate.sensitivity.observed import known, mean, means, normal, odds, uniform
from simulate.truth.course import Fading
from simulate.truth.gains import reaching
from simulate.truth.laws import success_rate, yearly_saving

_DAYS_A_YEAR = 365.0


@dataclass(frozen=True)
class Trial:
    """A pilot in a batch of futures.

    Attributes:
        study: as stated.
        scenario: that it stands in.
        draws: the batch, whose streams have the pilot's own numbers.
        treated, compared: persons.
    """

    study: Pilot
    scenario: Scenario
    draws: Draws
    treated: int
    compared: int

    @property
    def subject(self) -> Outcome | Effect:
        """The outcome, or the line of a fund."""
        return _subject(self.study, self.scenario)

    @property
    def bias(self) -> Floats:
        """What would differ between the groups without the insats."""
        return known(self.study.bias, self.draws)

    def of(self, number: Number | None) -> Floats:
        """Return a number that this kind of pilot must have."""
        if number is None:
            raise TypeError(f"{self.study.outcome}: a key is missing")
        return self.draws.of(number)

    def costs(self, treated: Floats, compared: Floats, cv: Floats) -> Floats:
        """Return what two groups with gamma costs of these means show."""
        by = np.exp(self.bias) * mean(self.study, "treated", self.treated, cv, self.draws)
        return means(
            treated * by, compared * mean(self.study, "compared", self.compared, cv, self.draws)
        )

    def counts(self, treated: Floats, compared: Floats) -> Floats:
        """Return what two groups differ by of whom these shares reach something, in log odds."""
        found = self.odds(treated, compared)
        return np.column_stack([found[:, 0] - found[:, 1], found[:, 1]])

    def odds(self, treated: Floats, compared: Floats) -> Floats:
        """Return the log odds in each of two groups of whom these shares reach something."""
        rate = scipy.special.expit(scipy.special.logit(treated) + self.bias)
        one = odds(self.study, "treated", self.treated, rate, self.draws)
        other = odds(self.study, "compared", self.compared, compared, self.draws)
        return np.column_stack([one, other])

    def difference(self, by: Floats, sd: Floats) -> Floats:
        """Return what two groups of normal amounts differ by; their level has no law."""
        one = normal(self.study, "treated", self.treated, self.draws)
        other = normal(self.study, "compared", self.compared, self.draws)
        return np.asarray(by + sd * (self.bias + one - other))[:, None]

    def level(self, line: Priced) -> Floats:
        """Return how much of a line of a fund comes true."""
        if not isinstance(self.scenario, FundScenario):
            raise TypeError("a contract has no lines")
        return level(line, self.scenario.investments[self.study.outcome.partition(".")[0]], self)


def _subject(study: Pilot, scenario: Scenario) -> Outcome | Effect:
    if not isinstance(scenario, ContractScenario | FundScenario):
        raise TypeError(type(scenario).__name__)
    return scenario.changed[study.outcome]


def kinds(study: Pilot, scenario: Scenario) -> tuple[str, ...]:
    """Return the kinds of chance in what a pilot finds."""
    if not isinstance(_subject(study, scenario), GradesOutcome):
        return study.CHANCE
    return tuple(f"{group}_{step}" for group in study.CHANCE for step in STEPS)


@singledispatch
def shown(subject: Outcome | Effect, trial: Trial) -> Floats:
    """Return what a pilot of something finds in each future, dims (draw, statistic)."""
    raise TypeError(type(subject).__name__)


@shown.register
def _(subject: CostOutcome, trial: Trial) -> Floats:
    """The cost in the window, where the effect has its course."""
    draws, window = trial.draws, trial.of(trial.study.window)
    without = draws.of(subject.cost_per_person) / draws.of(subject.per) * window
    saved = yearly_saving(subject, draws)
    scenario = trial.scenario
    if saved is None or not isinstance(scenario, ContractScenario):
        raise TypeError("a cost has a price, and stands in a contract")
    duration = draws.of(scenario.programme.duration)
    years = Fading.of(subject.course, duration, draws).until(window)
    before = without * np.exp(-_drift(trial, scenario))
    return trial.costs(without - saved * years, before, draws.of(subject.cv))


@shown.register
def _(subject: SuccessOutcome, trial: Trial) -> Floats:
    return trial.counts(success_rate(subject, trial.draws), trial.of(subject.without))


@shown.register
def _(subject: PersonsOutcome, trial: Trial) -> Floats:
    """Where the share with the insats is stated by itself, it is no change of another."""
    shares = reaching(subject, trial.draws), trial.of(subject.without)
    return trial.counts(*shares) if subject.share is None else trial.odds(*shares)


@shown.register
def _(subject: GradesOutcome, trial: Trial) -> Floats:
    """The shift and the width that the shares who fell and rose go with, and how long steps are."""
    trend, draws = trial.of(subject.trend), trial.draws
    shifts = trend + trial.of(subject.effect) + trial.bias, trend
    groups: list[Steps] = []
    for name, n, shift in zip(
        trial.study.CHANCE, (trial.treated, trial.compared), shifts, strict=True
    ):
        luck = {step: uniform(trial.study, f"{name}_{step}", draws) for step in STEPS}
        groups.append(steps(subject, shift, full(np.asarray(float(n))), luck, draws))
    (one, one_wide), (other, other_wide) = (
        _probit(group, n) for group, n in zip(groups, (trial.treated, trial.compared), strict=True)
    )
    moved = sum(group.negative + group.positive for group in groups)
    further = sum(group.down + group.up for group in groups) - moved
    longer = np.log((further + 0.5) / (moved + 0.5))
    return np.column_stack([one - other, other, 0.5 * (one_wide + other_wide), longer])


@shown.register
def _(subject: PersonDays, trial: Trial) -> Floats:
    """Days in the line's own window."""
    days = trial.of(subject.days_avoided) * trial.level(subject)
    return trial.difference(-days, trial.of(trial.study.sd))


@shown.register
def _(subject: PersonYears, trial: Trial) -> Floats:
    """Share of the first year of the line."""
    share = trial.of(subject.avoided[min(subject.avoided)]) * trial.level(subject)
    return trial.difference(-share, trial.of(trial.study.sd) / _DAYS_A_YEAR)


@shown.register
def _(subject: CostRatio, trial: Trial) -> Floats:
    """The cost in the period that it refers to."""
    without = trial.of(subject.cost_per_person)
    saved = -np.expm1(trial.of(subject.effect)) * trial.level(subject)
    return trial.costs(without * (1.0 - saved), without, trial.of(trial.study.cv))


@shown.register
def _(subject: CasesEffect, trial: Trial) -> Floats:
    """Persons who come to need it."""
    risk = trial.of(subject.risk)
    fewer = fewer_share(subject, trial.draws) * trial.level(subject)
    return trial.counts(np.clip(risk - fewer, 0.0, 1.0), risk)


def _probit(group: Steps, n: int) -> tuple[Floats, Floats]:
    """Return the shift and the half width that two shares go with, half a person added to each."""
    fall, rise = (
        scipy.special.ndtri((count + 0.5) / (n + 1.0)) for count in (group.negative, group.positive)
    )
    return 0.5 * (rise - fall), -0.5 * (rise + fall)


def _drift(trial: Trial, scenario: ContractScenario) -> Floats:
    """Return by how much the compared group's costs are too low because they are from before."""
    yardstick = trial.study.yardstick
    measure = None if yardstick is None else scenario.measurements[yardstick]
    if not isinstance(measure, CostSaving):
        return np.asarray(0.0)
    return np.asarray(trial.of(measure.drift) * (1.0 - trial.of(measure.indexation)))
