"""Cost per person by kind, from the lines of a published table.

The lines are added up to groups, and each group of lines is a pair of totals with a level, a
spread and an effect of its own (:mod:`models.cost_comparison.totals`):

    total_g,comparison ~ Gamma(shape m / CV_g², scale level_g · CV_g²)
    total_g,treated    ~ Gamma(shape n / CV_g², scale level_g · exp(bias_g + θ_g) · CV_g²)

The same persons are behind every line, so the totals are correlated: who is in residential care is
not in a foster home. How much is not published. Given the parameters the groups are taken as
independent, which leaves each group's own posterior as it is; what adds groups (the whole cost) or
divides them (the ratio) is approximate. A group may be nought for a person: then its CV is large,
and the sum of many is still close to a gamma.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from models import distributions as d
from models.cost_comparison import totals
from models.cost_comparison.fieller import FiellerSet, fieller
from models.cost_comparison.keys import Arm
from models.cost_comparison.spec import CostComparison
from models.interface import Data, Floats, Samples
from models.language import SWEDISH, language, named, say
from models.number import Number
from models.priors import variable
from models.quantile import quantile
from models.quantity import SEK

if TYPE_CHECKING:
    import pymc as pm

_SHARE = "substitution"
_OF_PRIORS = ("level", "cv", "mean_effect", "between_place_sd", "comparison_bias")
_Z = ("study_z", "new_z")
_OF_GROUPS = ("log_ratio_study", "log_ratio_new", "mean_without")


def parts(spec: CostComparison) -> dict[str, CostComparison]:
    """Return each group of lines as a block of two totals."""
    table = spec.published
    persons = {"treated": table.treated, "comparison": table.comparison}
    found = {}
    for name, group in table.groups.items():
        treated, comparison = (
            Arm.model_construct(n=n, total=Number(d.Fixed(getattr(group, arm)), SEK))
            for arm, n in persons.items()
        )
        found[name] = CostComparison.model_construct(
            model=spec.model,
            sampling=spec.sampling,
            treated=treated,
            comparison=comparison,
            prior=group.prior,
        )
    return found


def latent(spec: CostComparison) -> tuple[str, ...]:
    """Return how the studied place and a new one differ from the average, by group of lines."""
    return tuple(f"{z}_{name}" for name in spec.published.groups for z in _Z)


def parameters(spec: CostComparison) -> Mapping[str, Number]:
    """Return the five priors of every group of lines, and the share that is eaten."""
    found = {
        f"{key}_{name}": number
        for name, part in parts(spec).items()
        for key, number in totals.parameters(part).items()
    }
    share = spec.published.substitution
    return found if share is None else found | {_SHARE: share.share}


def build(spec: CostComparison) -> pm.Model:
    """Return the PyMC model of all groups of lines."""
    import pymc as pm  # slow, and only a fit needs it

    groups, known, seen = tuple(spec.published.groups), parameters(spec), data(spec)
    with pm.Model() as model:
        # One vector over groups of lines compiles in half the time of a copy for each.
        prior = {
            key: pm.math.stack([variable(name, known[name]) for name in _names(key, groups)])
            for key in _OF_PRIORS
        }
        z = {key: pm.math.stack([pm.Normal(name) for name in _names(key, groups)]) for key in _Z}
        effect = prior["mean_effect"] + prior["between_place_sd"] * z["study_z"]
        # No line says anything about a new place, or about how much of a saving is eaten.
        means = {"comparison": prior["level"]}
        means["treated"] = prior["level"] * pm.math.exp(prior["comparison_bias"] + effect)
        for arm, persons in sizes(spec).items():
            shape = persons / prior["cv"] ** 2
            mean = pm.Data(arm, seen[arm])
            pm.Gamma(f"{arm}_mean", alpha=shape, beta=shape / means[arm], observed=mean)
        if _SHARE in known:
            variable(_SHARE, known[_SHARE])
    return model


def data(spec: CostComparison) -> Data:
    """Return SEK per person of each group of persons, dims (group of lines)."""
    found = [totals.data(part) for part in parts(spec).values()]
    return {arm: np.array([one[arm] for one in found]) for arm in sizes(spec)}


def replicate(one: Samples, spec: CostComparison, rng: np.random.Generator) -> Data:
    """Return SEK per person of new groups of the published sizes, dims (…, group of lines)."""
    found = [totals.replicate(of(one, name), part, rng) for name, part in parts(spec).items()]
    return {arm: np.stack([new[arm] for new in found], axis=-1) for arm in sizes(spec)}


def log_likelihood(samples: Samples, spec: CostComparison, data: Data) -> Floats:
    """Return the log likelihood of each published mean, dims (sample, statistic)."""
    return np.concatenate(
        [
            totals.log_likelihood(of(samples, name), part, {arm: x[g] for arm, x in data.items()})
            for g, (name, part) in enumerate(parts(spec).items())
        ],
        axis=-1,
    )


def derive(samples: Samples, spec: CostComparison) -> dict[str, Floats]:
    """Return log ratios and SEK per person, by group of lines and for all of them together.

    ``change_<group>`` is SEK per person in a new place, negative when less is spent.
    """
    found: dict[str, Floats] = {}
    costs: dict[str, Floats] = dict.fromkeys(("without", "study", "new"), np.zeros(()))
    for name, part in parts(spec).items():
        one = totals.derive(of(samples, name), part)
        without = one["mean_without"]
        found |= {f"{key}_{name}": one[key] for key in _OF_GROUPS}
        found[f"change_{name}"] = without * np.expm1(one["log_ratio_new"])
        costs["without"] = costs["without"] + without
        for place in ("study", "new"):
            costs[place] = costs[place] + without * np.exp(one[f"log_ratio_{place}"])
    for place in ("study", "new"):
        found[f"log_ratio_{place}"] = np.log(costs[place] / costs["without"])
    found["mean_without"] = costs["without"]
    return found if _SHARE not in samples else found | {_SHARE: samples[_SHARE]}


def observed(spec: CostComparison) -> dict[str, float]:
    """Return SEK per person of each group of lines and of persons."""
    return {name: float(mean) for name, mean in _named(data(spec), spec).items()}


def predict(samples: Samples, spec: CostComparison, rng: np.random.Generator) -> dict[str, Floats]:
    """Return SEK per person of new groups of the published sizes."""
    return _named(replicate(samples, spec, rng), spec)


def sizes(spec: CostComparison) -> dict[str, int]:
    """Return the number of persons in each group."""
    return totals.sizes(next(iter(parts(spec).values())))


def learned_from(spec: CostComparison, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the lines can move each parameter."""
    found: dict[str, str] = {}
    for name, part in parts(spec).items():
        moved = totals.learned_from(part, sizes)
        found |= {f"{key}_{name}": moved[key] for key in (*_OF_PRIORS, *_OF_GROUPS)}
        found[f"change_{name}"] = moved["log_ratio_new"]
    together = say("summan av radgrupperna, tagna som oberoende")
    found |= dict.fromkeys(_OF_GROUPS, together)
    if spec.published.substitution is not None:
        found[_SHARE] = say("inget: en kvot mellan två skillnader lärs inte in; priorn används")
    return found


def statement(samples: Samples, spec: CostComparison, sizes: Mapping[str, int]) -> str:
    """Return a sentence on the whole cost, and one on how much of a saving is eaten."""
    first = totals.statement(samples, spec, sizes)
    if spec.published.substitution is None:
        return first
    return f"{first} {_eaten(samples, spec, sizes)}"


def differences(spec: CostComparison) -> dict[str, float]:
    """Return SEK per treated person less SEK per compared person, by group of lines.

    As published, without bias: negative is cheaper with the programme.
    """
    seen = data(spec)
    changes = seen["treated"] - seen["comparison"]
    return dict(zip(spec.published.groups, map(float, changes), strict=True))


def ratio_set(samples: Samples, spec: CostComparison) -> FiellerSet:
    """Return Fieller's 95 % set for SEK absorbed per SEK saved in the studied place.

    The spread between persons is the posterior's, the comparison's bias the prior's, and the
    groups of lines are independent; whether the set is bounded does not depend on the last.
    """
    named_groups = spec.published.substitution
    if named_groups is None:
        raise TypeError("no substitution is stated")
    saved, saved_var = _difference(samples, spec, named_groups.saved)
    absorbed, absorbed_var = _difference(samples, spec, named_groups.absorbed)
    return fieller(absorbed, -saved, absorbed_var, saved_var)


def of(values: Samples, group: str) -> dict[str, Floats]:
    """Return what belongs to a group of lines, under its names in a block of totals."""
    return {key: values[f"{key}_{group}"] for key in (*_OF_PRIORS, *_Z)}


def _names(key: str, groups: tuple[str, ...]) -> list[str]:
    return [f"{key}_{name}" for name in groups]


def _named(means: Data, spec: CostComparison) -> dict[str, Any]:
    groups = enumerate(spec.published.groups)
    return {f"{arm}_{name}": means[arm][..., g] for g, name in groups for arm in means}


def _difference(samples: Samples, spec: CostComparison, group: str) -> tuple[float, float]:
    """SEK per person, treated less what they would have cost, and its variance."""
    part = parts(spec)[group]
    means, persons = totals.data(part), totals.sizes(part)
    bias = np.exp(quantile(part.stated.comparison_bias.distribution, (np.arange(999) + 0.5) / 999))
    with_, without = float(means["treated"]), float(means["comparison"] * np.median(bias))
    chance = with_**2 / persons["treated"] + without**2 / persons["comparison"]
    cv2 = float(np.mean(samples[f"cv_{group}"] ** 2))
    return with_ - without, cv2 * chance + float(means["comparison"] ** 2 * np.var(bias))


def _eaten(samples: Samples, spec: CostComparison, sizes: Mapping[str, int]) -> str:
    ratio, changes, groups = ratio_set(samples, spec), differences(spec), spec.published.groups
    share = spec.published.substitution
    if share is None:
        raise TypeError("no substitution is stated")
    saved, absorbed = -changes[share.saved], changes[share.absorbed]
    return say(
        "I tabellen skiljer {saved} tkr per person på {saved_title} och {absorbed} tkr på "
        "{absorbed_title}, {ratio}; med grupper om {treated} och {compared} "
        "personer är {bounds}. I pengar används priorn, median {middle}.",
        saved=_thousands(-saved),
        absorbed=_thousands(absorbed),
        saved_title=named(groups[share.saved].title),
        absorbed_title=named(groups[share.absorbed].title),
        ratio=_per_saved(absorbed, saved),
        treated=sizes["treated"],
        compared=sizes["comparison"],
        bounds=_bounds(ratio),
        middle=_decimal(float(np.median(samples[_SHARE]))),
    )


def _per_saved(absorbed: float, saved: float) -> str:
    """What grew for each krona saved, where anything was."""
    if saved <= 0.0:
        return say("så att inget har sparats att dela med")
    return say("{ratio} kr per sparad krona", ratio=_decimal(absorbed / saved))


def _bounds(ratio: FiellerSet) -> str:
    low, high = _decimal(ratio.low), _decimal(ratio.high)
    if ratio.kind == "bounded":
        return say("ett 95 % intervall för kvoten (Fieller) {low} till {high}", low=low, high=high)
    if ratio.kind == "outside":
        return say(
            "kvoten utan gräns: bara värden mellan {low} och {high} kan uteslutas (Fieller, 95 %)",
            low=low,
            high=high,
        )
    return say("kvoten utan gräns: inget värde kan uteslutas (Fieller, 95 %)")


def _thousands(sek: float) -> str:
    return f"{sek / 1000.0:+.0f}".replace("-", "−")


def _decimal(x: float) -> str:
    text = f"{x:.2f}".replace("-", "−")
    return text.replace(".", ",") if language() == SWEDISH else text
