"""What is known of how a fit went, and the limits of the gates that it must pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from models.language import say

Verdict = Literal["pass", "warn", "fail"]

# Limits of Vehtari et al. (2021) for R-hat and effective size, Betancourt (2016) for E-BFMI.
RHAT_LIMIT = 1.01
ESS_LIMIT = 400.0
EBFMI_LIMIT = 0.3
TAIL_LIMIT = 0.01
# Kallioinen et al. (2024): above it, what is powered moves the posterior.
POWER_LIMIT = 0.05
# Fewer units than this say nothing on the shape of a distribution.
FEWEST_UNITS = 20
# What is told of persons is told of at least so many.
FEWEST_PERSONS = 5


@dataclass(frozen=True)
class Check:
    """A published statistic against what the model expects of it.

    Attributes:
        observed: as published, in its canonical unit.
        prior, posterior: two-sided predictive tail probabilities, 0–1; small is surprising.
        before, after: quantiles of what was predicted before and after the data, at evenly
            spaced probabilities from 0.5 to 99.5 %; may be empty.
    """

    observed: float
    prior: float
    posterior: float
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()


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
class Loo:
    """How the posterior fares when one unit at a time is left out, by importance sampling.

    Nothing here is about one person: of persons there are only counts, and none from one to four.

    Attributes:
        units: persons where there are rows, else published statistics.
        persons: whether the units are persons.
        limit: Pareto k above which leaving a unit out changes the posterior too much to be told.
        high: units with a k above the limit; of persons four stands for one to four.
        very_high: units with a k of at least one; of persons likewise.
        shapes: the k of each published statistic; empty where the units are persons.
        elpd, elpd_se: expected log predictive density of a new set of units, with its error;
            ``None`` where the units are too few for it to mean anything.
        p_loo: effective number of parameters; ``None`` likewise.
        pit: share of the persons in equal parts of 0–1 of what was predicted of them without
            them; even when all is well. At least five persons in each; empty where not told.
        pit_p: probability of something at least as uneven; ``None`` where not told.
    """

    units: int
    persons: bool
    limit: float
    high: int
    very_high: int
    shapes: tuple[float, ...]
    elpd: float | None = None
    elpd_se: float | None = None
    p_loo: float | None = None
    pit: tuple[float, ...] = ()
    pit_p: float | None = None


@dataclass(frozen=True)
class Power:
    """How far a quantity moves when prior or likelihood is raised to a power.

    Attributes:
        prior, likelihood: change of the distribution per doubling of the power (Kallioinen et
            al. 2024); above :data:`POWER_LIMIT` it matters.
        conflict: probability, before the data, of a posterior mean at least as far from the
            prior's; ``None`` where data did not move it.
    """

    prior: float
    likelihood: float
    conflict: float | None = None


@dataclass(frozen=True)
class Diagnosis:
    """Whether the posterior can be used.

    Attributes:
        verdict: pass, warn or fail.
        figures: how the sampler went.
        loo: leaving one unit out; ``None`` where it was not worked out.
        powers: quantity → how far prior and likelihood move it.
    """

    verdict: Verdict
    figures: Figures
    loo: Loo | None = None
    powers: Mapping[str, Power] = field(default_factory=dict)


def count_of(loo: Loo, count: int) -> str:
    """Return a count in words that tell of no less than five persons."""
    if loo.persons and 0 < count < FEWEST_PERSONS:
        return say("högst {count}", count=FEWEST_PERSONS - 1)
    return str(count)


def as_plain(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the diagnosis as plain numbers, for JSON: facts, from which the reasons follow."""
    return asdict(diagnosis)


def from_plain(plain: Mapping[str, Any]) -> Diagnosis:
    """Return the diagnosis that :func:`as_plain` wrote down."""
    loo = plain.get("loo")
    if loo is not None:
        tuples = {key: tuple(loo[key]) for key in ("shapes", "pit")}
        loo = Loo(**(loo | tuples))
    powers = {key: Power(**value) for key, value in plain.get("powers", {}).items()}
    return Diagnosis(plain["verdict"], Figures(**plain["figures"]), loo, powers)


def check_from(plain: Mapping[str, Any]) -> Check:
    """Return the check that was written down."""
    tuples = {key: tuple(plain[key]) for key in ("before", "after") if key in plain}
    return Check(**({**plain} | tuples))
