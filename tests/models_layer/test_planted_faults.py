"""Twelve planted faults are found, each by its own name; twelve sound fits raise no alarm.

The means of the sound data are spread evenly over what the model predicts, one in each twelfth of
it. Data drawn freely are warned of in about three cases of a hundred, by the limits themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import scipy

from models.diagnosis import Diagnosis
from models.posterior import Posterior
from models.reasons import notes, reasons
from tests.models_layer.conjugate import PERSONS, PRIOR_SD, Made, checks, diagnosed, made, with_data

Fault = Callable[[Made], Made]


def _codes(one: Made) -> tuple[Diagnosis, set[str]]:
    found = diagnosed(one)
    return found, {reason.code for reason in reasons(found, checks(one))}


def _stuck(one: Made) -> Made:
    mu = one.mu.copy()
    mu[2] = mu[2, 0] + 1e-6 * np.arange(mu.shape[1])
    return replace(one, mu=mu)


def _elsewhere(one: Made) -> Made:
    mu = one.mu.copy()
    mu[3] += 0.3 * mu.std()
    return replace(one, mu=mu)


def _sluggish(one: Made) -> Made:
    """Each chain is an autoregression with the right mean and variance, but hardly moves."""
    rng = np.random.default_rng(9)
    mean, sd, rho = one.mu.mean(), one.mu.std(), 0.98
    chain = np.empty_like(one.mu)
    chain[:, 0] = rng.standard_normal(len(chain))
    for draw in range(1, chain.shape[1]):
        step = rng.standard_normal(len(chain)) * np.sqrt(1.0 - rho**2)
        chain[:, draw] = rho * chain[:, draw - 1] + step
    return replace(one, mu=mean + sd * chain)


def _tails_stick(one: Made) -> Made:
    """The middle mixes; the sampler enters a tail seldom and stays there."""
    mu = np.sort(one.mu, axis=1)
    rng = np.random.default_rng(10)
    edge = mu.shape[1] // 20
    mu[:, edge:-edge] = rng.permuted(mu[:, edge:-edge], axis=1)
    return replace(one, mu=mu)


def _divergent(one: Made) -> Made:
    diverging = one.diverging.copy()
    diverging[1, ::100] = True
    return replace(one, diverging=diverging)


def _cold(one: Made) -> Made:
    """The energy wanders instead of being drawn anew."""
    steps = np.random.default_rng(11).standard_normal(one.energy.shape)
    return replace(one, energy=np.cumsum(steps, axis=1))


def _deep(one: Made) -> Made:
    deep = one.deep.copy()
    deep[0, :50] = True
    return replace(one, deep=deep)


def _far_out(one: Made) -> Made:
    return with_data(one, one.data - one.data.mean() + 1.5)


def _conflict(one: Made) -> Made:
    return with_data(one, one.data - one.data.mean() - 1.1)


def _too_wide(one: Made) -> Made:
    return with_data(one, one.data.mean() + 1.6 * (one.data - one.data.mean()))


def _outlier(one: Made) -> Made:
    """One person's figure has slipped by a decimal point."""
    data = one.data.copy()
    data[7] = 30.0
    return with_data(one, data)


def _two_kinds(one: Made) -> Made:
    """Mean and standard deviation are right, but the persons are of two kinds."""
    data = np.where(np.arange(len(one.data)) % 2, 1.0, -1.0) + 0.15 * one.data
    return with_data(one, data / data.std())


FAULTS: dict[str, tuple[Fault, str, str]] = {
    "a stuck chain": (_stuck, "rhat", "fail"),
    "a chain elsewhere": (_elsewhere, "rhat", "fail"),
    "chains that hardly move": (_sluggish, "ess_bulk", "fail"),
    "tails that stick": (_tails_stick, "ess_tail", "fail"),
    "divergent steps": (_divergent, "divergences", "fail"),
    "energy that wanders": (_cold, "ebfmi", "fail"),
    "the largest tree": (_deep, "max_depth", "warn"),
    "a figure the priors rule out": (_far_out, "prior_surprised.mean", "warn"),
    "prior against data": (_conflict, "prior_data_conflict.mu", "warn"),
    "persons too different": (_too_wide, "not_recreated.sd", "warn"),
    "a slipped decimal": (_outlier, "pareto_k", "warn"),
    "persons of two kinds": (_two_kinds, "loo_pit", "warn"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    """The fault is named, and the verdict is at least as bad as it should be."""
    plant, code, verdict = FAULTS[name]
    found, codes = _codes(plant(made(1)))
    assert code in codes
    assert found.verdict in {verdict, "fail"}


@pytest.mark.parametrize("seed", range(12))
def test_a_sound_fit_raises_no_alarm(seed: int) -> None:
    """Data from the model itself, samples from the exact posterior: nothing is wrong."""
    one = made(seed)
    mean = np.hypot(PRIOR_SD, PERSONS**-0.5) * scipy.special.ndtri((seed + 0.5) / 12)
    found, codes = _codes(with_data(one, one.data - one.data.mean() + mean))
    assert codes == set()
    assert found.verdict == "pass"


def test_the_faults_are_the_twelve() -> None:
    """No fault is planted twice by another name."""
    assert len(FAULTS) == 12
    assert len({plant for plant, *_ in FAULTS.values()}) == 12


@pytest.mark.slow
def test_a_sceptical_prior_that_matters_is_no_fault(skolfam2_fit: Posterior) -> None:
    """A real fit: the prior decides the effect, which is told and not held against it."""
    assert skolfam2_fit.diagnosis.verdict == "pass"
    codes = {note.code for note in notes(skolfam2_fit.diagnosis)}
    assert {"prior_matters", "few_units"} == codes
    assert skolfam2_fit.diagnosis.powers["mean_effect"].prior > 0.05
    assert skolfam2_fit.diagnosis.loo is not None
    assert len(skolfam2_fit.diagnosis.loo.shapes) == 2
