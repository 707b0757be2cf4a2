"""What the data of the exit from bistånd can and do say, in words; never looks at rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from models.bistand_exit.arms import Arm
from models.bistand_exit.spec import BistandExit
from models.interface import Floats, Samples
from models.language import say
from models.rows.frame import TREATED

_LISTED = 8


def learned_from(spec: BistandExit, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the groups can move each parameter."""
    level = ", ".join(_group(spec, name, sizes) for name in spec.compared)
    if TREATED not in sizes:
        effect = nothing = say("inget: ingen insatsgrupp är angiven")
    else:
        nothing = say("inget: en enda plats säger inte hur effekten skiljer mellan platser")
        effect = say("insatsgruppen mot nivån utan insats, som bara är ett antagande")
        if level:
            effect = say("insatsgruppen mot {level}, minus deras skevhet", level=level)
    found = {
        "yearly_exit": level if level else _no_comparison(),
        "yearly_return": _returns(spec),
        "mean_effect": effect,
        "between_place_sd": nothing,
        "log_odds_new": effect,
        "log_odds_study": effect,
        "exit_gain": effect,
        "exit_gain_study": effect,
        "without": level if level else _no_comparison(),
        "forsorjningsstod_share": _part(spec),
        "moved_to_state": say("inget: ett antagande om vem som betalar i stället"),
    }
    if spec.prior.return_effect is not None:
        found["return_effect"] = say("nästan inget: bara läget vid uppföljningen är känt")
        if len(spec.followed) > 1:
            found["return_effect"] = say("insatsgruppens återkomster, om den har rader")
    if spec.prior.covariate_sd is not None:
        found["covariate_sd"] = say("hur utträdet skiljer sig med bakgrunden, i raderna")
    if spec.prior.new_level is not None:
        found["new_level"] = say("inget: den nya gruppen är inte sedd")
    if spec.prior.inflow is not None:
        found["inflow"] = say("nästan inget: nya hushåll syns bara i nettoförändringen")
    biases = {f"comparison_bias_{name}": _bias(spec) for name in spec.compared}
    return found | biases


def _no_comparison() -> str:
    return say("bara i förening med effekten: jämförelsegrupp saknas")


def _returns(spec: BistandExit) -> str:
    if len(spec.followed) > 1:
        return say("hushåll i raderna som lämnat, och om de kommit tillbaka")
    return say("nästan inget: ett enda läge skiljer inte få utträden från många återkomster")


def _bias(spec: BistandExit) -> str:
    if len(spec.compared) > 1:
        return say("bara hur grupperna skiljer sig sinsemellan, inte vad de har gemensamt")
    return say("inget eget: data ger bara summan av nivå och skevhet")


def _part(spec: BistandExit) -> str:
    if spec.forsorjningsstod is None:
        return say("inget: ingen andel är angiven")
    return say("den publicerade andelen och dess medelfel")


def _group(spec: BistandExit, name: str, sizes: Mapping[str, int]) -> str:
    households, group = sizes[name], spec.name_of(name)
    if name in spec.arms and len(spec.arms[name].possible_bases) > 1:
        return say("{group} (högst {households} hushåll)", group=group, households=households)
    return say("{group} ({households} hushåll)", group=group, households=households)


def statement(samples: Samples, spec: BistandExit, sizes: Mapping[str, int]) -> str:
    """Return what the evidence says of the effect, and which bases are possible."""
    return " ".join(_sentences(samples, spec, sizes))


def _sentences(samples: Samples, spec: BistandExit, sizes: Mapping[str, int]) -> Iterator[str]:
    if TREATED in sizes:
        yield _studied(samples, spec, sizes)
    else:
        yield say(
            "Ingen insatsgrupp är angiven: effekten efter {years} år är bara ett antagande, med "
            "90 % intervall inom parentes.",
            years=spec.after_years,
        )
    low, middle, high = _points(samples["exit_gain"])
    share = round(100.0 * float(np.mean(samples["without"])))
    yield say(
        "I en ny grupp, där {share} % väntas ha lämnat utan insats, är effekten {middle} "
        "procentenheter ({low} till {high}).",
        share=share,
        middle=middle,
        low=low,
        high=high,
    )
    yield from _before_after(spec)
    for name, arm in spec.arms.items():
        if arm.counts is None and len(arm.bases) > 1:
            yield _bases(spec.name_of(name), arm)


def _studied(samples: Samples, spec: BistandExit, sizes: Mapping[str, int]) -> str:
    low, middle, high = _points(samples["exit_gain_study"])
    groups = ", ".join(_group(spec, name, sizes) for name in spec.groups)
    return say(
        "Efter {years} år är insatsens effekt på andelen hushåll som har lämnat ekonomiskt bistånd "
        "{middle} procentenheter i den studerade gruppen (90 % trovärdighetsintervall {low} till "
        "{high}, underlag: {groups}).",
        years=spec.after_years,
        middle=middle,
        low=low,
        high=high,
        groups=groups,
    )


def _before_after(spec: BistandExit) -> Iterator[str]:
    treated = spec.treated
    if treated is None:
        return
    if treated.counts is not None:
        households, left = treated.counts
        fall = f"{100 * left / households:.0f}"
        none = left == 0
    else:
        none = treated.printed >= 0
        fall = _number(-treated.printed, treated.decimals)
    if none:
        return  # nothing fell, so there is no fall to take for an effect
    yield say(
        "En jämförelse av före och efter i insatsgruppen ensam hade räknat alla {fall} "
        "procentenheterna som effekt.",
        fall=fall,
    )


def _bases(group: str, arm: Arm) -> str:
    bases, change = arm.possible_bases, _number(arm.printed, arm.decimals)
    if len(bases) > _LISTED:
        return say(
            "Antalet hushåll vid start i {group} är inte tryckt: {change} % kan komma av {count} "
            "olika antal från {lowest} till {highest}.",
            group=group,
            change=change,
            count=len(bases),
            lowest=bases[0],
            highest=bases[-1],
        )
    return say(
        "Antalet hushåll vid start i {group} är inte tryckt: {change} % kan komma av {bases}.",
        group=group,
        change=change,
        bases=", ".join(map(str, bases)),
    )


def _number(printed: int, decimals: int) -> str:
    text = f"{printed / 10**decimals:.{decimals}f}"
    return text.replace("-", "−").replace(".", say(","))


def _points(share: Floats) -> tuple[str, str, str]:
    """Return 5, 50 and 95 per cent quantiles in whole percentage points."""
    found = [round(float(x)) for x in np.quantile(100.0 * share, (0.05, 0.5, 0.95))]
    low, middle, high = (f"{x:+d}".replace("-", "−") if x else "0" for x in found)
    return low, middle, high
