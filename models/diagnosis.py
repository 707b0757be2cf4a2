"""The gates a posterior must pass before anyone may build on it, with reasons and remedies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.language import SWEDISH, language, say

Verdict = Literal["pass", "warn", "fail"]

# Limits of Vehtari et al. (2021) for R-hat and effective size, Betancourt (2016) for E-BFMI.
RHAT_LIMIT = 1.01
ESS_LIMIT = 400.0
EBFMI_LIMIT = 0.3
TAIL_LIMIT = 0.01


@dataclass(frozen=True)
class Check:
    """A published statistic against what the model expects of it.

    Attributes:
        observed: as published, in its canonical unit.
        prior, posterior: two-sided predictive tail probabilities, 0–1; small is surprising.
    """

    observed: float
    prior: float
    posterior: float


@dataclass(frozen=True)
class Figures:
    """How the sampler went; the worst over all quantities.

    Attributes:
        rhat: largest split R-hat.
        ess_bulk, ess_tail: smallest effective sample sizes.
        divergences: number of divergent moves after tuning.
        ebfmi: smallest energy Bayesian fraction of missing information over chains.
        at_max_depth: share of moves that stopped at the largest tree.
    """

    rhat: float
    ess_bulk: float
    ess_tail: float
    divergences: int
    ebfmi: float
    at_max_depth: float


@dataclass(frozen=True)
class Diagnosis:
    """Whether the posterior can be used.

    Attributes:
        verdict: pass, warn or fail.
        figures: what the verdict rests on, besides the checks.
    """

    verdict: Verdict
    figures: Figures


@dataclass(frozen=True)
class Reason:
    """One thing that is wrong with a fit.

    Attributes:
        code: stable name, with the published statistic that it is about.
        text: what is wrong and what to do, in the language that is spoken.
    """

    code: str
    text: str


def judge(figures: Figures, checks: Mapping[str, Check]) -> Diagnosis:
    """Return the verdict on a fit.

    Example:
        >>> good = Figures(1.001, 2500.0, 2000.0, 0, 1.0, 0.0)
        >>> judge(good, {"total": Check(10.0, 0.5, 0.6)}).verdict
        'pass'
        >>> judge(good, {"total": Check(10.0, 0.5, 0.001)}).verdict
        'warn'
    """
    if any(_failures(figures)):
        return Diagnosis("fail", figures)
    return Diagnosis("warn" if reasons(figures, checks) else "pass", figures)


def reasons(figures: Figures, checks: Mapping[str, Check]) -> tuple[Reason, ...]:
    """Return what is wrong with a fit and what to do; empty when all is well."""
    return (*_failures(figures), *_depth(figures), *_surprises(checks))


# Each is written so that a value that could not be worked out (NaN) is wrong.
def _failures(f: Figures) -> Iterator[Reason]:
    if not f.rhat <= RHAT_LIMIT:
        yield Reason(
            "rhat",
            say(
                "Kedjorna är inte överens: R-hat {rhat}, högst {limit} godtas. Åtgärd: öka "
                "sampling.draws och sampling.tune, eller ge snävare antaganden.",
                rhat=_decimal(f.rhat, 3),
                limit=_decimal(RHAT_LIMIT, 2),
            ),
        )
    limit = _decimal(ESS_LIMIT, 0)
    if not f.ess_bulk >= ESS_LIMIT:
        yield Reason(
            "ess_bulk",
            say(
                "För få oberoende dragningar i mitten: {size}, minst {limit} behövs. Åtgärd: öka "
                "sampling.draws och sampling.tune.",
                size=_decimal(f.ess_bulk, 0),
                limit=limit,
            ),
        )
    if not f.ess_tail >= ESS_LIMIT:
        yield Reason(
            "ess_tail",
            say(
                "För få oberoende dragningar i svansarna: {size}, minst {limit} behövs. Åtgärd: "
                "öka sampling.draws och sampling.tune.",
                size=_decimal(f.ess_tail, 0),
                limit=limit,
            ),
        )
    yield from _moves(f)


def _moves(f: Figures) -> Iterator[Reason]:
    if f.divergences:
        yield Reason(
            "divergences",
            say(
                "{count} divergenta steg: delar av fördelningen kan ha missats. Åtgärd: höj "
                "sampling.target_accept mot 0.995, eller ge snävare antaganden.",
                count=f.divergences,
            ),
        )
    if not f.ebfmi >= EBFMI_LIMIT:
        yield Reason(
            "ebfmi",
            say(
                "Energin utforskas dåligt: E-BFMI {ebfmi}, minst {limit} behövs. Åtgärd: öka "
                "sampling.tune, eller undvik antaganden med mycket tunga svansar.",
                ebfmi=_decimal(f.ebfmi, 2),
                limit=_decimal(EBFMI_LIMIT, 1),
            ),
        )


def _depth(f: Figures) -> Iterator[Reason]:
    if f.at_max_depth > 0:
        yield Reason(
            "max_depth",
            say(
                "{share} % av stegen nådde största träddjup: samplingen är långsam, inte fel. "
                "Åtgärd: öka sampling.tune.",
                share=_decimal(100 * f.at_max_depth, 1),
            ),
        )


def _surprises(checks: Mapping[str, Check]) -> Iterator[Reason]:
    for name, check in checks.items():
        if not check.prior >= TAIL_LIMIT:
            yield Reason(
                f"prior_surprised.{name}",
                say(
                    "Data och antaganden krockar: {statistic} är så ovanligt enligt antagandena "
                    "att sannolikheten för något lika ytterligt är {probability}. Åtgärd: pröva "
                    "antagandena under prior, eller kontrollera siffran i källan.",
                    statistic=name,
                    probability=_decimal(check.prior, 3),
                ),
            )
        if not check.posterior >= TAIL_LIMIT:
            yield Reason(
                f"not_recreated.{name}",
                say(
                    "Modellen återskapar inte {statistic}: sannolikheten för något lika ytterligt "
                    "är {probability}. Åtgärd: kontrollera siffran, eller välj en annan modell.",
                    statistic=name,
                    probability=_decimal(check.posterior, 3),
                ),
            )


def _decimal(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return say("går inte att beräkna")
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language() == SWEDISH else text


def as_plain(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the diagnosis as plain numbers, for JSON: facts, from which the reasons follow."""
    return {"verdict": diagnosis.verdict, "figures": dict(vars(diagnosis.figures))}


def from_plain(plain: Mapping[str, Any]) -> Diagnosis:
    """Return the diagnosis that :func:`as_plain` wrote down."""
    return Diagnosis(plain["verdict"], Figures(**plain["figures"]))
