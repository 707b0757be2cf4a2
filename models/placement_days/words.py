"""What is said of days in care: what data can move, and what they say. Never looks at rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.chance import chance
from models.interface import Floats, Samples
from models.language import SWEDISH, language, mark, say
from models.placement_days.spec import FAMILIES, INSTITUTIONS, PlacementDays
from models.spoken import listed

# The ratio of two sums of days is said only where the days below the line are surely not nought.
_SURE = 0.95
_KINDS = {
    "hvb": mark("HVB"),
    "sis": mark("SiS"),
    "familjehem": mark("familjehem"),
    "jourhem": mark("jourhem"),
}


def learned_from(spec: PlacementDays, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the data can move each parameter, and what is handed on."""
    both = say(
        "{treated} personer mot {compared} i jämförelsegruppen",
        treated=sizes["treated"],
        compared=sizes["comparison"],
    )
    level = say("jämförelsegruppen, {persons} personer", persons=sizes["comparison"])
    bias = say("inget eget: grupperna ger bara summan av effekt och skevhet")
    place = say("inget: en enda plats säger inte hur effekten skiljer mellan platser")
    found = dict.fromkeys(("any_level", "any_placement_gain", "any_effect"), both)
    found |= {"any_level": level} | _of_amounts(spec, level, both)
    found |= {"between_place_sd": place, "any_bias": bias, "amount_bias": bias}
    if len(spec.types) > 1:
        found |= _of_kinds(spec, bias)
    if spec.rows is not None and spec.rows.covariates:
        found["covariate_sd"] = say("hur dygnen skiljer sig mellan personer med olika bakgrund")
    handed = (name for name in spec.quantities if name not in found)
    return found | dict.fromkeys(handed, both)


def _of_amounts(spec: PlacementDays, level: str, both: str) -> dict[str, str]:
    whole, spread = level, say("hur dygnen skiljer sig mellan placerade personer")
    if spec.rows is None:
        total = say("nästan inget: en total per grupp visar inte personerna var för sig")
        whole = spread = total
    return {
        "whole_level": whole,
        "amount_level": level,
        "amount_spread": spread,
        "amount_effect": both,
    }


def _of_kinds(spec: PlacementDays, bias: str) -> dict[str, str]:
    spread = single = say("personer som haft flera vårdformer")
    if spec.rows is None:
        spread = single = say("nästan inget: totaler per vårdform visar inte personerna")
    few = say("nästan inget: bara {count} vårdformer att jämföra", count=len(spec.types))
    return {
        "allocation_sd": few,
        "allocation_spread": spread,
        "single_type": single,
        "allocation_effect_sd": few,
        "allocation_bias_sd": bias,
    }


def statement(samples: Samples, spec: PlacementDays, sizes: Mapping[str, int]) -> str:
    """Return what the programme changes per person in a new place, and where the days go."""
    counted = sum(samples[f"days_avoided_{name}"] for name in spec.institutions)
    low, middle, high = _three(np.asarray(counted))
    values = {
        "middle": middle,
        "low": low,
        "high": high,
        "days": spec.days,
        "treated": sizes["treated"],
        "compared": sizes["comparison"],
        "below": chance(float(np.mean(counted > 0))),
    }
    if set(spec.institutions) <= set(INSTITUTIONS):
        text = say(
            "På en ny plats undviks {middle} dygn i {kinds} per person under {days} dygn "
            "(90 % trovärdighetsintervall {low} till {high}; underlag: {treated} personer mot "
            "{compared} i jämförelsegruppen); sannolikheten att dygnen blir färre är {below} %.",
            kinds=_kinds(spec, INSTITUTIONS),
            **values,
        )
    else:
        text = say(
            "På en ny plats undviks {middle} dygn per person under {days} dygn (90 % "
            "trovärdighetsintervall {low} till {high}; underlag: {treated} personer mot "
            "{compared} i jämförelsegruppen); sannolikheten att dygnen blir färre är {below} %.",
            **values,
        )
    return f"{text} {_substitution(samples, spec)}" if spec.substitutes else text


def _substitution(samples: Samples, spec: PlacementDays) -> str:
    """Days gained in families per day avoided in institutions; a range only where it has one."""
    saved = np.asarray(sum(samples[f"days_avoided_{x}"] for x in spec.types if x in INSTITUTIONS))
    gained = -np.asarray(sum(samples[f"days_avoided_{x}"] for x in spec.types if x in FAMILIES))
    if np.mean(saved > 0) >= _SURE:
        ratio = np.where(saved > 0, gained / np.where(saved > 0, saved, 1.0), np.inf)
        # A sample as it is, never between two: some may be without bound.
        found = np.quantile(ratio, (0.05, 0.5, 0.95), method="inverted_cdf")
        low, middle, high = (_decimal(float(x)) for x in found)
        return say(
            "För varje dygn som undviks på institution tillkommer {middle} dygn i familjehem "
            "eller jourhem ({low} till {high}).",
            low=low,
            middle=middle,
            high=high,
        )
    low, middle, high = _three(gained)
    return say(
        "I {kinds} tillkommer {middle} dygn per person ({low} till {high}); hur "
        "många det är per undviket dygn på institution går inte att säga, för det är inte säkert "
        "att något dygn på institution undviks.",
        kinds=_kinds(spec, FAMILIES),
        low=low,
        middle=middle,
        high=high,
    )


def _kinds(spec: PlacementDays, among: tuple[str, ...]) -> str:
    """The kinds of care that the block has, and no others, in words."""
    return listed([say(_KINDS[name]) for name in spec.types if name in among])


def _three(days: Floats) -> tuple[str, str, str]:
    low, middle, high = (_whole(float(x)) for x in np.quantile(days, (0.05, 0.5, 0.95)))
    return low, middle, high


def _whole(x: float) -> str:
    return f"{round(x):d}".replace("-", "−")


def _decimal(x: float) -> str:
    if not np.isfinite(x):
        return say("obegränsat")
    text = f"{x:.1f}".replace("-", "−")
    return text.replace(".", ",") if language() == SWEDISH else text
