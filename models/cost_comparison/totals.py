"""Cost per person, treated against comparison, when only totals are published.

    total_comparison ~ Gamma(shape m / CV², scale level · CV²)
    total_treated    ~ Gamma(shape n / CV², scale level · exp(bias + θ_study) · CV²)
    θ_study = θ̄ + τ z_study,   θ_new = θ̄ + τ z_new

The sum of n independent gamma costs with common mean μ and coefficient of variation CV is that
gamma, so nothing is lost by not seeing the persons. Effect and bias enter the likelihood only as
their sum: the effect can never become more certain than the bias is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import scipy

from models.chance import chance
from models.cost_comparison.keys import Arm
from models.cost_comparison.spec import CostComparison
from models.interface import Data, Floats, Samples
from models.language import say
from models.number import Number
from models.priors import variable
from models.spec import value_of

if TYPE_CHECKING:
    import pymc as pm

_PRIORS = ("level", "cv", "mean_effect", "between_place_sd", "comparison_bias")


def latent(spec: CostComparison) -> tuple[str, ...]:
    """Return how the studied place and a new one differ from the average of places."""
    return ("study_z", "new_z")


def parameters(spec: CostComparison) -> Mapping[str, Number]:
    """Return the five priors by name."""
    return {name: getattr(spec.stated, name) for name in _PRIORS}


def build(spec: CostComparison) -> pm.Model:
    """Return the PyMC model of the published totals."""
    import pymc as pm  # slow, and only a fit needs it

    seen = data(spec)
    with pm.Model() as model:
        prior = {name: variable(name, number) for name, number in parameters(spec).items()}
        z = {name: pm.Normal(name) for name in latent(spec)}
        log_ratio = (
            prior["comparison_bias"]
            + prior["mean_effect"]
            + prior["between_place_sd"] * z["study_z"]
        )
        variance = prior["cv"] ** 2
        means = {"comparison": prior["level"]}
        means["treated"] = prior["level"] * pm.math.exp(log_ratio)
        for name, arm in _arms(spec).items():
            # The mean per person is n times smaller than the total, and so is its scale.
            shape = _data(arm)[0] / variance
            mean = pm.Data(name, seen[name])
            pm.Gamma(f"{name}_mean", alpha=shape, beta=shape / means[name], observed=mean)
    return model


def data(spec: CostComparison) -> Data:
    """Return SEK per person of each published group."""
    return {name: np.asarray(_mean(arm)) for name, arm in _arms(spec).items()}


def replicate(one: Samples, spec: CostComparison, rng: np.random.Generator) -> Data:
    """Return SEK per person of new groups of the published sizes."""
    means = _means(one, spec)
    return {name: _replicate(one, means[name], arm, rng) for name, arm in _arms(spec).items()}


def log_likelihood(samples: Samples, spec: CostComparison, data: Data) -> Floats:
    """Return the log likelihood of each group's mean, dims (sample, group)."""
    means = _means(samples, spec)
    parts = []
    for name, arm in _arms(spec).items():
        shape = _data(arm)[0] / samples["cv"] ** 2
        parts.append(scipy.stats.gamma.logpdf(data[name], shape, scale=means[name] / shape))
    return np.stack(parts, axis=-1)


def derive(samples: Samples, spec: CostComparison) -> dict[str, Floats]:
    """Return log ratios (negative: cheaper with the programme) and SEK per person without it."""
    tau, theta = samples["between_place_sd"], samples["mean_effect"]
    return {
        "log_ratio_study": theta + tau * samples["study_z"],
        "log_ratio_new": theta + tau * samples["new_z"],
        "mean_without": samples["level"] * np.exp(samples["comparison_bias"]),
    } | {name: samples[name] for name in ("level", "cv", "comparison_bias")}


def observed(spec: CostComparison) -> dict[str, float]:
    """Return SEK per person of each published group."""
    return {f"{name}_mean": _mean(arm) for name, arm in _arms(spec).items()}


def predict(samples: Samples, spec: CostComparison, rng: np.random.Generator) -> dict[str, Floats]:
    """Return SEK per person of new groups of the published sizes."""
    return {f"{name}_mean": new for name, new in replicate(samples, spec, rng).items()}


def sizes(spec: CostComparison) -> dict[str, int]:
    """Return the number of persons in each group."""
    return {name: _data(arm)[0] for name, arm in _arms(spec).items()}


def learned_from(spec: CostComparison, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the totals can move each parameter."""
    persons = sizes["comparison"]
    if "treated" not in sizes:
        nothing = say("inget: ingen behandlad grupp är angiven")
        effect = bias = spread = study = nothing
    else:
        effect = say("kvoten mellan gruppernas medelkostnader, minus jämförelsens skevhet")
        study = effect
        bias = say("inget eget: totalerna ger bara summan av effekt och skevhet")
        spread = say("inget: en enda plats säger inte hur effekten skiljer mellan platser")
    return {
        "level": say("jämförelsegruppens medelkostnad, {persons} personer", persons=persons),
        "cv": say("nästan inget: en total per grupp visar inte spridningen mellan personer"),
        "mean_effect": effect,
        "between_place_sd": spread,
        "comparison_bias": bias,
        "log_ratio_study": study,
        "log_ratio_new": effect,
        "mean_without": say(
            "jämförelsegruppens medelkostnad, {persons} personer; skevheten är ett antagande",
            persons=persons,
        ),
    }


def statement(samples: Samples, spec: CostComparison, sizes: Mapping[str, int]) -> str:
    """Return one sentence on cost with against without, in the studied place."""
    change = 100.0 * np.expm1(samples["log_ratio_study"])
    low, middle, high = (round(float(x)) for x in np.quantile(change, (0.05, 0.5, 0.95)))
    groups = say("enbart antaganden")
    if "treated" in sizes:
        groups = say(
            "{treated} personer mot {compared} i jämförelsegruppen",
            treated=sizes["treated"],
            compared=sizes["comparison"],
        )
    return say(
        "Insatsen ändrar kostnaden per person med {middle} %, jämfört med utan (90 % "
        "trovärdighetsintervall {low} till {high} %, underlag: {groups}); sannolikheten att den "
        "är lägre är {below} %.",
        middle=signed(middle),
        low=signed(low),
        high=signed(high),
        groups=groups,
        below=chance(float(np.mean(change < 0))),
    )


def signed(percent: int) -> str:
    """Return a change in whole per cent as it is printed, with its sign.

    Example:
        >>> signed(-3), signed(0)
        ('−3', '0')
    """
    return f"{percent:+d}".replace("-", "−") if percent else "0"


def _data(arm: Arm) -> tuple[int, float]:
    return int(value_of(arm.n)), value_of(arm.total)


def _mean(arm: Arm) -> float:
    n, total = _data(arm)
    return total / n


def _arms(spec: CostComparison) -> dict[str, Arm]:
    arms = {"comparison": spec.comparison, "treated": spec.treated}
    return {name: arm for name, arm in arms.items() if arm is not None}


def _means(samples: Samples, spec: CostComparison) -> dict[str, Floats]:
    """SEK per person of each group, as the model has it."""
    quantities = derive(samples, spec)
    treated = quantities["mean_without"] * np.exp(quantities["log_ratio_study"])
    return {"comparison": samples["level"], "treated": treated}


def _replicate(samples: Samples, mean: Floats, arm: Arm, rng: np.random.Generator) -> Floats:
    shape = _data(arm)[0] / samples["cv"] ** 2
    return np.asarray(mean * rng.gamma(shape) / shape)
