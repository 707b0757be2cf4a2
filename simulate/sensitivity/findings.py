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

from models.spec import value_of
from simulate.draws.draw import Draws, full
from simulate.draws.values import Floats
from simulate.scenario.resolve import inputs, numbers
from simulate.scenario.tree.scenario import Scenario
from simulate.scenario.tree.study import MoreRows, Pilot, Sample, Study
from simulate.sensitivity.observed import known, mean, means, normal, odds
from simulate.sensitivity.piloted import Trial, kinds, shown

# Persons by group of each evidence block.
Groups = Mapping[str, Mapping[str, int]]


def names(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the uniform numbers of all studies, study by study."""
    found: list[str] = []
    for study in () if scenario.decision is None else scenario.decision.studies:
        found += map(study.chance, _kinds(study, scenario))
        found += [number.key for number in numbers(study) if not number.certain]
    return tuple(found)


def _kinds(study: Study, scenario: Scenario) -> tuple[str, ...]:
    """Return the kinds of chance in what a study finds."""
    return kinds(study, scenario) if isinstance(study, Pilot) else study.CHANCE


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
def _(study: Pilot, scenario: Scenario, groups: Groups, draws: Draws, times: float) -> Floats:
    treated, compared = (_times(value_of(n), times) for n in (study.persons, study.compared))
    trial = Trial(study, scenario, draws, treated, compared)
    return shown(trial.subject, trial)


@finds.register
def _(study: MoreRows, scenario: Scenario, groups: Groups, draws: Draws, times: float) -> Floats:
    handed_on = draws.evidence[study.block].quantities
    at = draws.sample(study.block)
    level, cv, bias, effect = (
        handed_on[name][at] for name in ("level", "cv", "comparison_bias", "log_ratio_study")
    )
    treated, compared = (_further(study, groups, g, times) for g in ("treated", "comparison"))
    other = level * mean(study, "compared", compared, cv, draws)
    if not treated:
        return means(other)
    seen = level * np.exp(bias + effect) * mean(study, "treated", treated, cv, draws)
    return means(seen, other)


@finds.register
def _(study: Sample, scenario: Scenario, groups: Groups, draws: Draws, times: float) -> Floats:
    number = next(one for one in inputs(scenario) if one.key == study.number)
    value, bias = full(draws.of(number)), known(study.bias, draws)
    n = _times(value_of(study.persons), times)
    if study.cv is not None:
        return means(value * np.exp(bias) * mean(study, "observed", n, draws.of(study.cv), draws))
    if study.sd is not None:
        error = draws.of(study.sd) * normal(study, "observed", n, draws)
        return np.asarray(value + bias + error)[:, None]
    rate = scipy.special.expit(scipy.special.logit(value) + bias)
    return odds(study, "observed", n, rate, draws)[:, None]
