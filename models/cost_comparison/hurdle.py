"""Cost per person from totals when it was also published how many had no cost at all.

    persons without cost ~ Binomial(n, s),   logit of s among the treated = logit s + η
    total ~ the gamma of :mod:`models.cost_comparison.totals`, over those who have a cost

The two parts share no parameter. What is handed on is the log ratio of the *whole* cost per
person: that of those who have a cost, and of how many they are. The bias multiplies the whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import scipy

from models import distributions as d
from models.cost_comparison import totals
from models.cost_comparison.keys import Arm
from models.cost_comparison.spec import CostComparison
from models.interface import Data, Floats, Samples
from models.language import say
from models.number import Number
from models.priors import variable
from models.spec import value_of

if TYPE_CHECKING:
    import pymc as pm

ZEROS = ("share_without_cost", "effect_without_cost")


def arms(spec: CostComparison) -> dict[str, tuple[int, int, float]]:
    """Return (persons, persons without cost, SEK for all) of each published group."""
    found = {"comparison": spec.comparison, "treated": spec.treated}
    return {
        name: (int(value_of(arm.n)), _without(arm), value_of(arm.total))
        for name, arm in found.items()
        if arm is not None
    }


def _without(arm: Arm) -> int:
    return 0 if arm.without_cost is None else int(value_of(arm.without_cost))


def paying(spec: CostComparison) -> CostComparison:
    """Return the block of totals of those who have a cost."""
    fewer = {
        name: arm.model_copy(
            update={"n": dataclasses.replace(arm.n, distribution=d.Fixed(float(n - without)))}
        )
        for (name, (n, without, _)) in arms(spec).items()
        if (arm := getattr(spec, name)) is not None
    }
    return spec.model_copy(update=fewer)


def latent(spec: CostComparison) -> tuple[str, ...]:
    """Return how the studied place and a new one differ from the average of places."""
    return totals.latent(spec)


def parameters(spec: CostComparison) -> Mapping[str, Number]:
    """Return the priors of totals, and of how many have no cost."""
    zeros = {name: getattr(spec.stated, name) for name in ZEROS}
    return {**totals.parameters(spec), **zeros}


def build(spec: CostComparison) -> pm.Model:
    """Return the PyMC model of the published totals and counts."""
    import pymc as pm  # slow, and only a fit needs it
    import pytensor.tensor as pt

    seen, known = data(spec), parameters(spec)
    with pm.Model() as model:
        prior = {name: variable(name, number) for name, number in known.items()}
        z = {name: pm.Normal(name) for name in latent(spec)}
        log_ratio = (
            prior["comparison_bias"]
            + prior["mean_effect"]
            + prior["between_place_sd"] * z["study_z"]
        )
        share, shift = (prior[name] for name in ZEROS)
        odds = {"comparison": pt.log(share) - pt.log1p(-share)}
        odds["treated"] = odds["comparison"] + shift
        means = {"comparison": prior["level"], "treated": prior["level"] * pt.exp(log_ratio)}
        for name, (n, _, _) in arms(spec).items():
            without = pm.Data(f"{name}_without", seen[f"{name}_without"])
            log_zeros = -without * pt.softplus(-odds[name]) - (n - without) * pt.softplus(
                odds[name]
            )
            pm.Potential(f"{name}_zeros", log_zeros)
            shape = (n - without) / prior["cv"] ** 2
            mean = pm.Data(name, seen[name])
            pm.Gamma(f"{name}_mean", alpha=shape, beta=shape / means[name], observed=mean)
    return model


def data(spec: CostComparison) -> Data:
    """Return SEK per person with a cost, and persons without one, of each published group."""
    found: dict[str, Floats] = {}
    for name, (n, without, total) in arms(spec).items():
        found[name] = np.asarray(total / (n - without))
        found[f"{name}_without"] = np.asarray(float(without))
    return found


def replicate(one: Samples, spec: CostComparison, rng: np.random.Generator) -> Data:
    """Return the same of new groups of the published sizes; someone always has a cost."""
    found: dict[str, Floats] = {}
    means, shares = _means(one), _shares(one)
    for name, (n, _, _) in arms(spec).items():
        # The likelihood has no place for a group without costs: such a group is no evidence.
        without = np.minimum(rng.binomial(n, shares[name]), n - 1)
        shape = (n - without) / one["cv"] ** 2
        found[name] = np.asarray(means[name] * rng.gamma(shape) / shape)
        found[f"{name}_without"] = np.asarray(without, dtype=np.float64)
    return found


def log_likelihood(samples: Samples, spec: CostComparison, data: Data) -> Floats:
    """Return the log likelihood of each group's count and mean, dims (sample, statistic)."""
    means, shares, parts = _means(samples), _shares(samples), []
    for name, (n, _, _) in arms(spec).items():
        without = data[f"{name}_without"]
        shape = (n - without) / samples["cv"] ** 2
        parts.append(scipy.stats.binom.logpmf(without, n, shares[name]))
        parts.append(scipy.stats.gamma.logpdf(data[name], shape, scale=means[name] / shape))
    return np.stack(parts, axis=-1)


def derive(samples: Samples, spec: CostComparison) -> dict[str, Floats]:
    """Return log ratios of the whole cost per person, and SEK per person without the programme."""
    found = totals.derive(samples, spec)
    shares = _shares(samples)
    fewer = np.log1p(-shares["treated"]) - np.log1p(-shares["comparison"])
    for name in ("log_ratio_study", "log_ratio_new"):
        found[name] = found[name] + fewer
    found["mean_without"] = found["mean_without"] * (1.0 - shares["comparison"])
    return found | {name: samples[name] for name in ZEROS}


def observed(spec: CostComparison) -> dict[str, float]:
    """Return SEK per person with a cost, and persons without one, of each published group."""
    return {f"{name}_mean" if name in _ARMS else name: float(x) for name, x in data(spec).items()}


def predict(samples: Samples, spec: CostComparison, rng: np.random.Generator) -> dict[str, Floats]:
    """Return the same of new groups of the published sizes."""
    new = replicate(samples, spec, rng)
    return {f"{name}_mean" if name in _ARMS else name: x for name, x in new.items()}


_ARMS = ("comparison", "treated")


def sizes(spec: CostComparison) -> dict[str, int]:
    """Return the number of persons in each group."""
    return {name: n for name, (n, _, _) in arms(spec).items()}


def learned_from(spec: CostComparison, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the totals and counts can move each parameter."""
    return totals.learned_from(spec, sizes) | zeros_from(sizes)


def zeros_from(sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what can move how many have no cost."""
    effect = say("hur många som inte har någon kostnad i de två grupperna")
    if "treated" not in sizes:
        effect = say("inget: ingen behandlad grupp är angiven")
    return {
        "share_without_cost": say("hur många i jämförelsegruppen som inte har någon kostnad"),
        "effect_without_cost": effect,
    }


def statement(samples: Samples, spec: CostComparison, sizes: Mapping[str, int]) -> str:
    """Return a sentence on the whole cost, and one on how many have none."""
    shares = {name: round(100 * float(np.median(x))) for name, x in _shares(samples).items()}
    return say(
        "{first} Andelen utan kostnad är {without} % utan insatsen och {treated} % med den.",
        first=totals.statement(samples, spec, sizes),
        without=shares["comparison"],
        treated=shares["treated"],
    )


def _shares(samples: Samples) -> dict[str, Floats]:
    share = np.asarray(samples["share_without_cost"])
    odds = np.log(share) - np.log1p(-share) + samples["effect_without_cost"]
    return {"comparison": share, "treated": np.asarray(scipy.special.expit(odds))}


def _means(samples: Samples) -> dict[str, Floats]:
    """SEK per person with a cost."""
    effect = samples["mean_effect"] + samples["between_place_sd"] * samples["study_z"]
    treated = samples["level"] * np.exp(samples["comparison_bias"] + effect)
    return {"comparison": np.asarray(samples["level"]), "treated": np.asarray(treated)}
