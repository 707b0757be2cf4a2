"""Change in grades by person: an ordered probit for who moved, a geometric number of steps.

    shift_i = shift + x_i·β                                       without a comparison group
    shift_i = trend + treated_i · (bias + effect) + x_i·β         with one
    P(worse) = Φ(−c − shift_i),   P(better) = Φ(shift_i − c),   P(same) = the rest
    steps of who moved = ±(1 + K),   P(K = k) = (1 − q) qᵏ

x are standardised covariates, β ~ N(0, coefficient_sd²): what is handed on is of a person with
average ones. Eligibility after, given eligibility before, is an outcome of its own:

    logit P(eligible) = logit gain or logit(1 − loss) + treated_i · eligible_effect

Who has no result adds nothing to the likelihood: what is assumed of them is ``missing_shift``,
which only moves the points of the whole group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from models.chance import chance
from models.grade_change import cohort
from models.grade_change.counts import missing_from
from models.grade_change.spec import ELIGIBLE, GradeChange, changes
from models.interface import Data, Floats, Samples
from models.language import say
from models.number import Number
from models.pit import drawn
from models.priors import variable
from models.rows.frame import TREATED
from models.spec import value_of

if TYPE_CHECKING:
    import pymc as pm

# Fewer persons behind a figure would say something of one of them.
LEAST = 5


@dataclass(frozen=True, eq=False, repr=False)
class Persons:
    """The persons of a block, in the order of the file. Never printed, stored or compared.

    Attributes:
        treated: 1 for who had the programme, else 0.
        steps: signed number of steps, 0 for who has no result.
        known: 1 for who has a result, else 0.
        before: 1 for who was eligible before, else 0.
        after: 1 for who was eligible after, else 0.
        asked: 1 for whom both are known, else 0.
        apart: standardised covariates, dims (covariate, person).
    """

    treated: Floats
    steps: Floats
    known: Floats
    before: Floats
    after: Floats
    asked: Floats
    apart: Floats

    def __repr__(self) -> str:
        return f"Persons({len(self.treated)})"


def persons(spec: GradeChange) -> Persons:
    """Return the persons of a block that holds its rows."""
    frame = spec.own_rows.frame
    steps = _array(changes(spec, frame)) / value_of(spec.step)
    nothing: tuple[None, ...] = (None,) * len(frame)
    before, after = (
        _array(frame.columns.get(name, nothing)) for name in ("eligible_before", "eligible_after")
    )
    return Persons(
        treated=np.array([float(group == TREATED) for group in frame.group]),
        steps=np.nan_to_num(steps).round(),
        known=(~np.isnan(steps)).astype(np.float64),
        before=np.nan_to_num(before),
        after=np.nan_to_num(after),
        asked=(~np.isnan(before + after)).astype(np.float64),
        apart=np.array([_standardised(_array(x)) for x in frame.covariates.values()]),
    )


def _standardised(x: Floats) -> Floats:
    spread = float(np.std(x))
    return np.asarray((x - np.mean(x)) / (spread if spread > 0 else 1.0))


def _array(values: tuple[float | None, ...]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def latent(spec: GradeChange) -> tuple[str, ...]:
    """Return the slopes of the covariates."""
    return tuple(f"slope_{k + 1}" for k in range(len(spec.own_rows.frame.covariates)))


def parameters(spec: GradeChange) -> Mapping[str, Number]:
    """Return the priors that the rows have a use for."""
    names = ("half_width", "extra_step", *spec.used, "missing_shift")
    stated = {name: getattr(spec.prior, name) for name in names}
    return {name: number for name, number in stated.items() if number is not None}


def data(spec: GradeChange) -> Data:
    """Return steps of each person, and whether they are eligible after."""
    seen = persons(spec)
    return {"steps": seen.steps} | ({"after": seen.after} if spec.eligibility else {})


def build(spec: GradeChange) -> pm.Model:
    """Return the PyMC model of the persons' changes."""
    import pymc as pm  # slow, and only a fit needs it
    import pytensor.tensor as pt

    seen = persons(spec)
    with pm.Model() as model:
        prior = {name: variable(name, number) for name, number in parameters(spec).items()}
        slopes = {name: pm.Normal(name) for name in latent(spec)}
        known = {name: pm.Data(name, values) for name, values in data(spec).items()}
        shift = _shift({**prior, **slopes}, seen, spec) + np.zeros(len(seen.treated))
        steps = known["steps"]
        moves = _log_moves(steps, shift, prior["half_width"])
        q = prior["extra_step"]
        further = pt.log1p(-q) + (pt.abs(steps) - 1.0) * pt.log(q)
        density = moves + pt.switch(pt.neq(steps, 0.0), further, 0.0)
        pm.Potential("log_steps", (density * seen.known).sum())
        if spec.eligibility:
            odds = _odds(prior, seen, spec, pt.log)
            after = known["after"]
            eligible = -after * pt.softplus(-odds) - (1.0 - after) * pt.softplus(odds)
            pm.Potential("log_eligible", (eligible * seen.asked).sum())
    return model


def _log_moves(steps: Any, shift: Any, width: Any) -> Any:
    import pymc as pm
    import pytensor.tensor as pt
    from pymc.distributions.dist_math import normal_lcdf

    # Even in the shift; by its absolute value the difference is between small tails, not near 1.
    low, high = -width - pt.abs(shift), width - pt.abs(shift)
    neutral = pm.math.logdiffexp(normal_lcdf(0, 1, high), normal_lcdf(0, 1, low))
    worse, better = normal_lcdf(0, 1, -width - shift), normal_lcdf(0, 1, shift - width)
    return pt.switch(pt.lt(steps, 0.0), worse, pt.switch(pt.gt(steps, 0.0), better, neutral))


def _shift(values: Mapping[str, Any], seen: Persons, spec: GradeChange) -> Any:
    """Shift of each person, dims (…, person)."""
    shift = values["trend" if spec.compared else "shift"]
    if spec.compared:
        shift = shift + seen.treated * (values["comparison_bias"] + values["effect"])
    for number, told in enumerate(seen.apart, start=1):
        shift = shift + values["coefficient_sd"] * values[f"slope_{number}"] * told
    return shift


def _odds(values: Mapping[str, Any], seen: Persons, spec: GradeChange, log: Any) -> Any:
    """Log odds of each person to be eligible after, dims (…, person)."""
    gain, loss = (values[name] for name in ELIGIBLE)
    odds = (1.0 - seen.before) * (log(gain) - log(1.0 - gain))
    odds = odds + seen.before * (log(1.0 - loss) - log(loss))
    return odds + seen.treated * values["eligible_effect"] if spec.compared else odds


def _wide(samples: Samples) -> dict[str, Floats]:
    """Samples with a last axis for persons."""
    return {name: np.asarray(x)[..., None] for name, x in samples.items()}


def replicate(one: Samples, spec: GradeChange, rng: np.random.Generator) -> Data:
    """Return steps and eligibility of new persons in the same groups, with the same missing."""
    seen, wide = persons(spec), _wide(one)
    shape = (*np.shape(one["half_width"]), len(seen.treated))
    shift = np.broadcast_to(_shift(wide, seen, spec), shape)
    width = wide["half_width"]
    moved = shift + rng.standard_normal(shape)
    size = rng.geometric(np.broadcast_to(1.0 - wide["extra_step"], shape))
    steps = np.where(moved > width, size, np.where(moved < -width, -size, 0)) * seen.known
    found: dict[str, Floats] = {"steps": np.asarray(steps, dtype=np.float64)}
    if spec.eligibility:
        chance = scipy.special.expit(_odds(wide, seen, spec, np.log))
        found["after"] = (rng.random(shape) < chance) * seen.asked
    return found


def rows_of(data: Data, spec: GradeChange) -> dict[str, Floats]:
    """Return change, or result after, and eligibility of each person; NaN has no result."""
    seen, columns = persons(spec), spec.own_rows.frame.columns
    change = np.where(seen.known == 1, data["steps"] * value_of(spec.step), np.nan)
    found = {"change": change}
    if "change" not in columns:
        found = {"after": _array(columns["before"]) + change}
    if spec.eligibility:
        found["eligible_after"] = np.where(seen.asked == 1, data["after"], np.nan)
    return found


def log_likelihood(samples: Samples, spec: GradeChange, data: Data) -> Floats:
    """Return the log likelihood of each person's results, dims (sample, person)."""
    seen, wide = persons(spec), _wide(samples)
    shape = (*np.shape(samples["half_width"]), len(seen.treated))
    shift, width = np.broadcast_to(_shift(wide, seen, spec), shape), wide["half_width"]
    log_cdf, steps = scipy.special.log_ndtr, data["steps"]
    low, high = log_cdf(-width - np.abs(shift)), log_cdf(width - np.abs(shift))
    neutral = high + np.log1p(-np.exp(low - high))
    moves = np.where(steps < 0, log_cdf(-width - shift), log_cdf(shift - width))
    q = wide["extra_step"]
    further = np.log1p(-q) + (np.abs(steps) - 1.0) * np.log(q)
    found = np.where(steps == 0, neutral, moves + further) * seen.known
    if spec.eligibility:
        odds, after = _odds(wide, seen, spec, np.log), data["after"]
        none, some = np.logaddexp(0.0, odds), np.logaddexp(0.0, -odds)
        found = found - (after * some + (1.0 - after) * none) * seen.asked
    return np.asarray(found)


def pit(samples: Samples, spec: GradeChange, data: Data, rng: np.random.Generator) -> Floats:
    """Return P(result of a new person ≤ that of the observed), dims (sample, person).

    Results are ordered by steps, and among those with as many steps by eligibility; evenly drawn
    among those alike. Who lacks one of the two is told by the other, and who lacks both is an even
    draw from 0 to 1: nothing was seen that could be surprising.
    """
    seen, wide, steps = persons(spec), _wide(samples), data["steps"]
    shape = (*np.shape(samples["half_width"]), len(seen.treated))
    shift, width = np.broadcast_to(_shift(wide, seen, spec), shape), wide["half_width"]
    further = wide["extra_step"]

    def upto(most: Floats) -> Floats:
        """P(steps ≤ most)."""
        worse = scipy.special.ndtr(-width - shift) * further ** np.maximum(-most - 1.0, 0.0)
        better = scipy.special.ndtr(shift - width) * further ** np.maximum(most, 0.0)
        return np.where(most < 0, worse, 1.0 - better)

    low = np.where(seen.known == 1, upto(steps - 1.0), 0.0)
    high = np.where(seen.known == 1, upto(steps), 1.0)
    if spec.eligibility:
        odds, after = _odds(wide, seen, spec, np.log), data["after"]
        none = scipy.special.expit(-odds)
        first = np.where((seen.asked == 1) & (after == 1), none, 0.0)
        last = np.where((seen.asked == 1) & (after == 0), none, 1.0)
        low, high = low + first * (high - low), low + last * (high - low)
    return drawn(low, high, rng)


def derive(samples: Samples, spec: GradeChange) -> dict[str, Floats]:
    """Return what is handed on: the shift of the treated, effect and trend, eligibility.

    ``determined_points`` is the sum of points of the treated who have a result, the same in every
    sample, and ``cohort_points`` what to expect of all the treated, the missing included: those as
    persons with average covariates.
    """
    kept = (*spec.used, "half_width", "extra_step")
    found = {name: samples[name] for name in kept if name != "coefficient_sd"}
    if spec.compared:
        found["shift"] = samples["trend"] + samples["comparison_bias"] + samples["effect"]
    if "missing_shift" in samples:
        found["missing_shift"] = samples["missing_shift"]
        seen, step = persons(spec), value_of(spec.step)
        known = step * float(np.sum(seen.steps * seen.treated))
        missing = step * float(np.sum((1.0 - seen.known) * seen.treated))
        found["determined_points"] = np.full(np.shape(samples["half_width"]), known)
        found["cohort_points"] = known + missing * cohort.mean_points(cohort.of_missing(found))
    return found


def observed(spec: GradeChange) -> dict[str, float]:
    """Return mean and sd of the points by group, and the share who are eligible after."""
    return {name: float(x) for name, x in _statistics(data(spec), spec).items()}


def predict(samples: Samples, spec: GradeChange, rng: np.random.Generator) -> dict[str, Floats]:
    """Return those statistics of new persons, one per sample."""
    return _statistics(replicate(samples, spec, rng), spec)


def _statistics(seen_data: Data, spec: GradeChange) -> dict[str, Floats]:
    seen, step = persons(spec), value_of(spec.step)
    found: dict[str, Floats] = {}
    groups = {"treated": seen.treated == 1} | (
        {"comparison": seen.treated == 0} if spec.compared else {}
    )
    for name, inside in groups.items():
        points = seen_data["steps"][..., inside & (seen.known == 1)] * step
        found[f"{name}_mean"], found[f"{name}_sd"] = points.mean(axis=-1), points.std(axis=-1)
        asked = inside & (seen.asked == 1)
        eligible = int(seen.after[asked].sum())
        # A share of so few persons that they could be known is left out.
        if spec.eligibility and min(eligible, int(asked.sum()) - eligible) >= LEAST:
            found[f"{name}_eligible"] = seen_data["after"][..., asked].mean(axis=-1)
    return found


def sizes(spec: GradeChange) -> dict[str, int]:
    """Return how many have a result by group, and how many of the treated have none if not few."""
    seen = persons(spec)
    found = {"treated": int(np.sum(seen.treated * seen.known))}
    if spec.compared:
        found["comparison"] = int(np.sum((1.0 - seen.treated) * seen.known))
    missing = int(np.sum(seen.treated * (1.0 - seen.known)))
    return found | ({"missing": missing} if missing == 0 or missing >= LEAST else {})


def learned_from(spec: GradeChange, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the rows can move each parameter."""
    assessed = sum(sizes.get(name, 0) for name in ("treated", "comparison"))
    found = {
        "shift": say("hur många som blev sämre och bättre, {persons} personer", persons=assessed),
        "half_width": say("hur många som är oförändrade, {persons} personer", persons=assessed),
        "extra_step": say("hur många steg var och en rörde sig"),
    }
    if spec.compared:
        compared = say("jämförelsegruppen, {persons} personer", persons=sizes["comparison"])
        found |= {
            "trend": compared,
            "effect": say("skillnaden mellan grupperna, minus jämförelsens skevhet"),
            "comparison_bias": say("inget eget: raderna ger bara summan av effekt och skevhet"),
        }
    if spec.eligibility:
        eligible = say("hur många som blev behöriga och hur många som förlorade behörigheten")
        found |= dict.fromkeys(ELIGIBLE, eligible)
        if spec.compared:
            found["eligible_effect"] = say(
                "skillnaden i behörighet mellan grupperna, som om de vore jämförbara"
            )
    if spec.prior.coefficient_sd is not None:
        found["coefficient_sd"] = say("hur mycket bakgrunden skiljer resultaten åt")
    if spec.prior.missing_shift is None:
        return found
    known = say("inget: summan är känd")
    return found | missing_from() | {"determined_points": known}


def statement(samples: Samples, spec: GradeChange, sizes: Mapping[str, int]) -> str:
    """Return a sentence on effect, or change without a comparison group; and where it turns."""
    lacking = say("färre än {least}", least=LEAST)
    missing = str(sizes["missing"]) if "missing" in sizes else lacking
    first = _effect(samples, sizes, missing) if spec.compared else _change(samples, sizes, missing)
    if "determined_points" not in samples:
        return first
    points, step = float(samples["determined_points"].flat[0]), value_of(spec.step)
    tipping = cohort.tipping_sentence(samples, points, sizes.get("missing", 0), step)
    return f"{first} {tipping}" if tipping else first


def _change(samples: Samples, sizes: Mapping[str, int], missing: str) -> str:
    return say(
        "Av {assessed} bedömda är sannolikheten att gruppen som helhet förbättrats {improved} %. "
        "{missing} saknar resultat. Det är en förändring, inte en effekt: jämförelsegrupp saknas.",
        assessed=sizes["treated"],
        improved=chance(float(np.mean(samples["shift"] > 0))),
        missing=missing,
    )


def _effect(samples: Samples, sizes: Mapping[str, int], missing: str) -> str:
    return say(
        "Insatsen förbättrar resultaten med {better} % sannolikhet ({treated} bedömda mot "
        "{compared} i jämförelsegruppen); {missing} i insatsen saknar resultat.",
        better=chance(float(np.mean(samples["effect"] > 0))),
        treated=sizes["treated"],
        compared=sizes["comparison"],
        missing=missing,
    )
