"""From a short-run gain to the long-run risk that it avoids.

    log RR_j ~ N(log RR̄ + confounding, se_j² + τ²)           each published risk ratio
    log RR   = log RR̄ + τ z                                   in a new group
    succeeded ~ binomial, logit p_treated = logit p_comparison + bias + θ_study
    θ_study = θ̄ + σ z_study,   θ_new = θ̄ + σ z_new

What is handed on follows from one identity (:func:`excess_risk`): the new group's risk r is a
mixture of the risks with and without success, and moving a share g of the group to success lowers
it by g · (r_bad − r_good) · the share of that difference that is causal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import scipy

from models.interface import Data, Floats, Samples
from models.number import Number
from models.priors import variable
from models.proxy_link import words
from models.proxy_link.spec import COUNTED, ProxyLink
from models.spec import value_of

if TYPE_CHECKING:
    import pymc as pm

_PRIORS = ("mean_risk_ratio", "between_study_sd", "causal_share", "base_risk", "success_without")
_OPTIONAL = ("confounding", "short_run_gain", *COUNTED)
_STUDIES, _ARMS = "log_risk_ratios", ("treated", "comparison")

learned_from = words.learned_from
statement = words.statement


def latent(spec: ProxyLink) -> tuple[str, ...]:
    """Return how the new setting differs from the studies', and the places from each other."""
    return ("setting_z",) if spec.short_run is None else ("setting_z", "study_z", "new_z")


def parameters(spec: ProxyLink) -> Mapping[str, Number]:
    """Return the priors by name."""
    optional = {name: getattr(spec.prior, name) for name in _OPTIONAL}
    return {name: getattr(spec.prior, name) for name in _PRIORS} | {
        name: number for name, number in optional.items() if number is not None
    }


def build(spec: ProxyLink) -> pm.Model:
    """Return the PyMC model of the published risk ratios and the counts."""
    import pymc as pm  # slow, and only a fit needs it

    seen = data(spec)
    with pm.Model() as model:
        found = {name: variable(name, number) for name, number in parameters(spec).items()}
        found |= {name: pm.Normal(name) for name in latent(spec)}
        if spec.studies:
            mean = pm.math.log(found["mean_risk_ratio"]) + found.get("confounding", 0.0)
            sd = pm.math.sqrt(_errors(spec) ** 2 + found["between_study_sd"] ** 2)
            ratios = pm.Data(_STUDIES, seen[_STUDIES])
            pm.Normal("studies", mean, sd, observed=ratios)
        if spec.short_run is not None:
            p = found["comparison_success"]
            logit = pm.math.log(p) - pm.math.log1p(-p)
            effect = found["short_run_effect"] + found["between_place_sd"] * found["study_z"]
            odds = {"comparison": logit, "treated": logit + found["comparison_bias"] + effect}
            for name in _ARMS:
                counted = pm.Data(name, seen[name])
                pm.Binomial(
                    f"{name}_succeeded", _persons(spec, name), logit_p=odds[name], observed=counted
                )
    return model


def data(spec: ProxyLink) -> Data:
    """Return log risk ratios, dims (study,), and persons who succeeded in each group."""
    found: dict[str, Floats] = {}
    if spec.studies:
        ratios = [value_of(study.risk_ratio) for study in spec.studies.values()]
        found[_STUDIES] = np.log(ratios)
    if spec.short_run is not None:
        found |= {
            name: np.asarray(getattr(spec.short_run, name).counts[1], dtype=np.int64)
            for name in _ARMS
        }
    return found


def replicate(one: Samples, spec: ProxyLink, rng: np.random.Generator) -> Data:
    """Return new log risk ratios with the same standard errors, and counts of as large groups."""
    found: dict[str, Floats] = {}
    if spec.studies:
        sd = np.hypot(_errors(spec), np.asarray(one["between_study_sd"])[..., None])
        found[_STUDIES] = np.asarray(rng.normal(_center(one)[..., None], sd))
    for name, p in _succeed(one, spec).items():
        found[name] = np.asarray(rng.binomial(_persons(spec, name), p))
    return found


def log_likelihood(samples: Samples, spec: ProxyLink, data: Data) -> Floats:
    """Return the log likelihood of each study and each group, dims (sample, unit)."""
    parts = []
    if spec.studies:
        sd = np.hypot(_errors(spec), samples["between_study_sd"][..., None])
        center = _center(samples)[..., None]
        parts.append(np.asarray(scipy.stats.norm.logpdf(data[_STUDIES], center, sd)))
    for name, p in _succeed(samples, spec).items():
        each = scipy.stats.binom.logpmf(data[name], _persons(spec, name), p)
        parts.append(np.asarray(each)[..., None])
    if not parts:
        return np.zeros((*samples["base_risk"].shape, 0))
    return np.concatenate(parts, axis=-1)


def _center(one: Samples) -> Floats:
    return np.asarray(np.log(one["mean_risk_ratio"]) + one.get("confounding", 0.0))


def _errors(spec: ProxyLink) -> Floats:
    return np.array([study.standard_error for study in spec.studies.values()])


def _persons(spec: ProxyLink, name: str) -> int:
    persons: int = getattr(spec.short_run, name).counts[0]
    return persons


def _succeed(one: Samples, spec: ProxyLink) -> dict[str, Floats]:
    """Probability of success in each counted group."""
    if spec.short_run is None:
        return {}
    effect = one["short_run_effect"] + one["between_place_sd"] * one["study_z"]
    logit = scipy.special.logit(one["comparison_success"])
    odds = {"treated": logit + one["comparison_bias"] + effect, "comparison": logit}
    return {name: scipy.special.expit(x) for name, x in odds.items()}


def derive(samples: Samples, spec: ProxyLink) -> dict[str, Floats]:
    """Return risk ratio, short-run gain and the long-run risk that it avoids, in a new group.

    A positive ``long_run_gain`` is risk avoided, a share of the participants.
    """
    log_ratio = (
        np.log(samples["mean_risk_ratio"]) + samples["between_study_sd"] * samples["setting_z"]
    )
    before = samples["success_without"]
    if spec.short_run is None:
        # No more can be moved than are on the other side.
        gain = np.clip(samples["short_run_gain"], -before, 1.0 - before)
    else:
        effect = samples["short_run_effect"] + samples["between_place_sd"] * samples["new_z"]
        gain = scipy.special.expit(scipy.special.logit(before) + effect) - before
    excess = excess_risk(np.exp(log_ratio), samples["base_risk"], before)
    return {
        "long_run_gain": gain * excess * samples["causal_share"],
        "risk_ratio": np.exp(log_ratio),
        "log_risk_ratio": log_ratio,
        "short_run_gain": gain,
    } | {name: samples[name] for name in ("causal_share", "base_risk")}


def excess_risk(ratio: Floats, risk: Floats, success: Floats) -> Floats:
    """Return how much higher the risk is without success than with it.

    From r = s·r_good + (1 − s)·r_bad and r_bad = RR·r_good follows

        r_bad − r_good = r·(RR − 1) / (s + (1 − s)·RR).

    Neither risk can be above one. Where the ratio asks for that, the higher one is one, the other
    what is left of r, and the ratio lower than it was said to be.

    Args:
        ratio: risk without success over that with it, RR.
        risk: of the group as a whole, r.
        success: share of the group with success, s.

    Example:
        >>> x = excess_risk(np.array(2.0), np.array(0.10), np.array(0.4))
        >>> round(float(x), 4)  # 12.5 % without success, 6.25 % with it
        0.0625
    """
    excess = risk * (ratio - 1.0) / (success + (1.0 - success) * ratio)
    with np.errstate(divide="ignore"):
        highest = (1.0 - risk) / success
        lowest = -(1.0 - risk) / (1.0 - success)
    return np.asarray(np.clip(excess, lowest, highest))


def observed(spec: ProxyLink) -> dict[str, float]:
    """Return each published risk ratio, and each counted share with success."""
    found = {
        f"{name}_risk_ratio": value_of(study.risk_ratio) for name, study in spec.studies.items()
    }
    if spec.short_run is not None:
        for name in _ARMS:
            persons, succeeded = getattr(spec.short_run, name).counts
            found[f"{name}_share"] = succeeded / persons
    return found


def predict(samples: Samples, spec: ProxyLink, rng: np.random.Generator) -> dict[str, Floats]:
    """Return the same of new studies and new groups."""
    new = replicate(samples, spec, rng)
    found = {
        f"{name}_risk_ratio": np.exp(new[_STUDIES][..., index])
        for index, name in enumerate(spec.studies)
    }
    if spec.short_run is not None:
        found |= {f"{name}_share": new[name] / _persons(spec, name) for name in _ARMS}
    return found


def sizes(spec: ProxyLink) -> dict[str, int]:
    """Return the number of persons in each study that states it, and in each counted group."""
    studies = {name: study.n for name, study in spec.studies.items()}
    found = {name: int(value_of(n)) for name, n in studies.items() if n is not None}
    if spec.short_run is not None:
        found |= {name: _persons(spec, name) for name in _ARMS}
    return found
