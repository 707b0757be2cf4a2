"""What a study would find in each future: the summary that would be read before the decision.

The truth is that of the future itself; the chance in a finite group is the study's own, so that
nothing else is drawn otherwise because a study is stated. A summary keeps what the outcome's law
learns from: two means, or two counts, on the scale of the effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

import numpy as np
import scipy

from models.number import Number
from models.spec import value_of
from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws, full
from simulate.draws.values import Floats
from simulate.measurement.cost_saving import mean_of_gammas
from simulate.scenario.resolve import inputs, numbers
from simulate.scenario.tree.measurements import CostSaving
from simulate.scenario.tree.outcomes import CostOutcome, SuccessOutcome
from simulate.scenario.tree.scenario import ContractScenario, Scenario
from simulate.scenario.tree.study import MoreRows, Pilot, Sample, Study
from simulate.truth.course import Fading
from simulate.truth.laws import success_rate, yearly_saving

# Persons by group of each evidence block.
Groups = Mapping[str, Mapping[str, int]]
_TINY = 1e-9


def names(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the uniform numbers of all studies, study by study."""
    found: list[str] = []
    for study in () if scenario.decision is None else scenario.decision.studies:
        found += study.chance
        found += [number.key for number in numbers(study) if not number.certain]
    return tuple(found)


def persons(study: Study, groups: Groups, times: float = 1.0) -> int:
    """Return how many persons cost something in a study that is so many times as large."""
    return _treated(study, groups, times) + (
        _further(study, groups, "comparison", times) if isinstance(study, MoreRows) else 0
    )


def _treated(study: Study, groups: Groups, times: float) -> int:
    if isinstance(study, MoreRows):
        return _further(study, groups, "treated", times)
    if isinstance(study, Pilot | Sample):
        return _times(value_of(study.persons), times)
    raise TypeError(type(study).__name__)


def _further(study: MoreRows, groups: Groups, group: str, times: float) -> int:
    there = groups[study.block].get(group, 0)
    return _times((study.times - 1) * there, times) if there else 0


def _times(count: float, times: float) -> int:
    return max(1, int(np.floor(count * times + 0.5)))


@singledispatch
def finds(study: Study, scenario: Scenario, groups: Groups, draws: Draws, times: float) -> Floats:
    """Return what a study finds in each future, dims (draw, statistic).

    Args:
        study: which.
        scenario: that it stands in.
        groups: persons by group of each evidence block.
        draws: a batch, whose streams have the study's own numbers.
        times: how many times as many persons as stated.
    """
    raise TypeError(type(study).__name__)


@finds.register
def _(
    study: Pilot, scenario: ContractScenario, groups: Groups, draws: Draws, times: float
) -> Floats:
    treated, compared = (_times(value_of(n), times) for n in (study.persons, study.compared))
    outcome = scenario.outcomes[study.outcome]
    bias = _of(study.bias, draws)
    if isinstance(outcome, CostOutcome):
        without = (
            draws.of(outcome.cost_per_person) / draws.of(outcome.per) * draws.of(_window(study))
        )
        saved = yearly_saving(outcome, draws)
        if saved is None:
            raise TypeError("a cost has a price")
        duration = draws.of(scenario.programme.duration)
        years = Fading.of(outcome.course, duration, draws).until(draws.of(_window(study)))
        cv = draws.of(outcome.cv)
        seen = (
            (without - saved * years) * np.exp(bias) * _mean(study, "treated", treated, cv, draws)
        )
        before = without * np.exp(-_drift(study, scenario, draws))
        return _means(seen, before * _mean(study, "compared", compared, cv, draws))
    if isinstance(outcome, SuccessOutcome):
        odds = scipy.special.logit(success_rate(outcome, draws)) + bias
        with_ = _odds(study, "treated", treated, scipy.special.expit(odds), draws)
        without = _odds(study, "compared", compared, draws.of(outcome.without), draws)
        return np.column_stack([with_ - without, without])
    raise TypeError(type(outcome).__name__)


@finds.register
def _(study: MoreRows, scenario: Scenario, groups: Groups, draws: Draws, times: float) -> Floats:
    known = draws.evidence[study.block].quantities
    at = draws.sample(study.block)
    level, cv, bias, effect = (
        known[name][at] for name in ("level", "cv", "comparison_bias", "log_ratio_study")
    )
    treated, compared = (_further(study, groups, g, times) for g in ("treated", "comparison"))
    other = level * _mean(study, "compared", compared, cv, draws)
    if not treated:
        return _means(other)
    seen = level * np.exp(bias + effect) * _mean(study, "treated", treated, cv, draws)
    return _means(seen, other)


@finds.register
def _(study: Sample, scenario: Scenario, groups: Groups, draws: Draws, times: float) -> Floats:
    number = next(one for one in inputs(scenario) if one.key == study.number)
    value, bias = full(draws.of(number)), _of(study.bias, draws)
    n = _times(value_of(study.persons), times)
    if study.cv is not None:
        return _means(value * np.exp(bias) * _mean(study, "observed", n, draws.of(study.cv), draws))
    if study.sd is not None:
        chance = scipy.special.ndtri(_uniform(study, "observed", draws))
        return np.asarray(value + bias + draws.of(study.sd) / np.sqrt(n) * chance)[:, None]
    rate = scipy.special.expit(scipy.special.logit(value) + bias)
    return _odds(study, "observed", n, rate, draws)[:, None]


def _means(*each: Floats) -> Floats:
    """Return the log of the first mean over the last, where there are two, and of the last."""
    logs = [np.log(np.maximum(full(one), _TINY)) for one in each]
    return np.column_stack([one - logs[-1] for one in logs[:-1]] + [logs[-1]])


def _mean(study: Study, name: str, n: int, cv: Floats, draws: Draws) -> Floats:
    """Return the mean of n gamma amounts of mean one."""
    u = _uniform(study, name, draws)
    return mean_of_gammas(u, np.asarray(float(n)), cv)


def _odds(study: Study, name: str, n: int, rate: Floats, draws: Draws) -> Floats:
    """Return the log odds of a count, with half a person on either side."""
    u = _uniform(study, name, draws)
    count = binomial(u, full(np.asarray(float(n))), full(rate))
    return np.asarray(np.log((count + 0.5) / (n - count + 0.5)))


def _uniform(study: Study, name: str, draws: Draws) -> Floats:
    return draws.streams.uniforms(study.chance[study.CHANCE.index(name)], draws.batch)


def _of(number: Number | None, draws: Draws) -> Floats:
    return np.asarray(0.0) if number is None else draws.of(number)


def _window(study: Pilot) -> Number:
    if study.window is None:
        raise TypeError("a pilot of a cost has a window")
    return study.window


def _drift(study: Pilot, scenario: ContractScenario, draws: Draws) -> Floats:
    """Return by how much the compared group's costs are too low because they are from before."""
    measure = None if study.yardstick is None else scenario.measurements[study.yardstick]
    if not isinstance(measure, CostSaving):
        return np.asarray(0.0)
    return np.asarray(draws.of(measure.drift) * (1.0 - draws.of(measure.indexation)))
