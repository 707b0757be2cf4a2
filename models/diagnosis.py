"""The gates a posterior must pass before anyone may build on it, with reasons and remedies."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

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
        reasons: what is wrong and what to do, in Swedish; empty when all is well.
        figures: what the verdict rests on.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    figures: Figures


def judge(figures: Figures, checks: Mapping[str, Check]) -> Diagnosis:
    """Return the verdict on a fit.

    Example:
        >>> good = Figures(1.001, 2500.0, 2000.0, 0, 1.0, 0.0)
        >>> judge(good, {"total": Check(10.0, 0.5, 0.6)}).verdict
        'pass'
        >>> judge(good, {"total": Check(10.0, 0.5, 0.001)}).verdict
        'warn'
    """
    failures = tuple(_failures(figures))
    warnings = (*_depth(figures), *_surprises(checks))
    verdict: Verdict = "fail" if failures else "warn" if warnings else "pass"
    return Diagnosis(verdict, failures + warnings, figures)


def _failures(f: Figures) -> Iterator[str]:
    more = "öka sampling.draws och sampling.tune"
    # Written so that a value that could not be worked out (NaN) fails.
    if not f.rhat <= RHAT_LIMIT:
        yield (
            f"Kedjorna är inte överens: R-hat {_sv(f.rhat, 3)}, högst {_sv(RHAT_LIMIT, 2)} "
            f"godtas. Åtgärd: {more}, eller ge snävare antaganden."
        )
    for name, size in (("mitten", f.ess_bulk), ("svansarna", f.ess_tail)):
        if not size >= ESS_LIMIT:
            yield (
                f"För få oberoende dragningar i {name}: {_sv(size, 0)}, minst "
                f"{_sv(ESS_LIMIT, 0)} behövs. Åtgärd: {more}."
            )
    if f.divergences:
        yield (
            f"{f.divergences} divergenta steg: delar av fördelningen kan ha missats. "
            "Åtgärd: höj sampling.target_accept mot 0.995, eller ge snävare antaganden."
        )
    if not f.ebfmi >= EBFMI_LIMIT:
        yield (
            f"Energin utforskas dåligt: E-BFMI {_sv(f.ebfmi, 2)}, minst {_sv(EBFMI_LIMIT, 1)} "
            "behövs. Åtgärd: öka sampling.tune, eller undvik antaganden med mycket tunga svansar."
        )


def _depth(f: Figures) -> Iterator[str]:
    if f.at_max_depth > 0:
        yield (
            f"{_sv(100 * f.at_max_depth, 1)} % av stegen nådde största träddjup: samplingen är "
            "långsam, inte fel. Åtgärd: öka sampling.tune."
        )


def _surprises(checks: Mapping[str, Check]) -> Iterator[str]:
    for name, check in checks.items():
        if not check.prior >= TAIL_LIMIT:
            yield (
                f"Data och antaganden krockar: {name} är så ovanligt enligt antagandena att "
                f"sannolikheten för något lika ytterligt är {_sv(check.prior, 3)}. "
                "Åtgärd: pröva antagandena under prior, eller kontrollera siffran i källan."
            )
        if not check.posterior >= TAIL_LIMIT:
            yield (
                f"Modellen återskapar inte {name}: sannolikheten för något lika ytterligt är "
                f"{_sv(check.posterior, 3)}. Åtgärd: kontrollera siffran, eller välj en annan "
                "modell."
            )


def _sv(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return "går inte att beräkna"
    return f"{value:.{digits}f}".replace(".", ",")


def as_plain(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the diagnosis as plain lists and numbers, for JSON."""
    return {
        "verdict": diagnosis.verdict,
        "reasons": list(diagnosis.reasons),
        "figures": dict(vars(diagnosis.figures)),
    }


def from_plain(plain: Mapping[str, Any]) -> Diagnosis:
    """Return the diagnosis that :func:`as_plain` wrote down."""
    return Diagnosis(plain["verdict"], tuple(plain["reasons"]), Figures(**plain["figures"]))
