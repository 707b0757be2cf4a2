"""The gates a posterior must pass before anyone may build on it, with reasons and remedies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from models.language import say
from models.spoken import decimal, probability

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


@dataclass(frozen=True)
class Reason:
    """One thing that is wrong with a fit.

    Attributes:
        code: stable name, with the published statistic that it is about.
        text: what is wrong and what to do, in the language that is spoken.
    """

    code: str
    text: str


def judge(
    figures: Figures,
    checks: Mapping[str, Check],
    loo: Loo | None = None,
    powers: Mapping[str, Power] | None = None,
) -> Diagnosis:
    """Return the verdict on a fit.

    Example:
        >>> good = Figures(1.001, 2500.0, 2000.0, 0, 1.0, 0.0)
        >>> judge(good, {"total": Check(10.0, 0.5, 0.6)}).verdict
        'pass'
        >>> judge(good, {"total": Check(10.0, 0.5, 0.001)}).verdict
        'warn'
    """
    known = Diagnosis("pass", figures, loo, powers or {})
    if any(_failures(figures)):
        return replace(known, verdict="fail")
    return replace(known, verdict="warn") if reasons(known, checks) else known


def reasons(
    found: Diagnosis, checks: Mapping[str, Check], called: Callable[[str], str] = str
) -> tuple[Reason, ...]:
    """Return what is wrong with a fit and what to do; empty when all is well.

    Args:
        found: of the fit.
        checks: published statistics against what the model expects.
        called: what a person calls each statistic and quantity.
    """
    figures = found.figures
    return (
        *_failures(figures),
        *_depth(figures),
        *_surprises(checks, called),
        *_left_out(found.loo),
        *_conflicts(found.powers, called),
    )


def notes(found: Diagnosis, titles: Mapping[str, str]) -> tuple[Reason, ...]:
    """Return what is worth knowing of a fit without being wrong with it.

    Args:
        found: of the fit.
        titles: what a person calls each quantity, marked.
    """
    return (*_few(found.loo), *_priors_that_matter(found.powers, titles))


# Each is written so that a value that could not be worked out (NaN) is wrong.
def _failures(f: Figures) -> Iterator[Reason]:
    if not f.rhat <= RHAT_LIMIT:
        yield Reason(
            "rhat",
            say(
                "Kedjorna är inte överens: R-hat {rhat}, högst {limit} godtas. Åtgärd: öka "
                "sampling.draws och sampling.tune, eller ge snävare antaganden.",
                rhat=decimal(f.rhat, 3),
                limit=decimal(RHAT_LIMIT, 2),
            ),
        )
    limit = decimal(ESS_LIMIT, 0)
    if not f.ess_bulk >= ESS_LIMIT:
        yield Reason(
            "ess_bulk",
            say(
                "För få oberoende dragningar i mitten: {size}, minst {limit} behövs. Åtgärd: öka "
                "sampling.draws och sampling.tune.",
                size=decimal(f.ess_bulk, 0),
                limit=limit,
            ),
        )
    if not f.ess_tail >= ESS_LIMIT:
        yield Reason(
            "ess_tail",
            say(
                "För få oberoende dragningar i svansarna: {size}, minst {limit} behövs. Åtgärd: "
                "öka sampling.draws och sampling.tune.",
                size=decimal(f.ess_tail, 0),
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
                ebfmi=decimal(f.ebfmi, 2),
                limit=decimal(EBFMI_LIMIT, 1),
            ),
        )


def _depth(f: Figures) -> Iterator[Reason]:
    if f.at_max_depth > 0:
        yield Reason(
            "max_depth",
            say(
                "{share} % av stegen nådde största träddjup: samplingen är långsam, inte fel. "
                "Åtgärd: öka sampling.tune.",
                share=decimal(100 * f.at_max_depth, 1),
            ),
        )


def _surprises(checks: Mapping[str, Check], called: Callable[[str], str]) -> Iterator[Reason]:
    for name, check in checks.items():
        if not check.prior >= TAIL_LIMIT:
            yield Reason(
                f"prior_surprised.{name}",
                say(
                    "Data och antaganden krockar: {statistic} är så ovanligt enligt antagandena "
                    "att sannolikheten för något lika ytterligt är {probability}. Åtgärd: pröva "
                    "antagandena under prior, eller kontrollera siffran och dess enhet i källan.",
                    statistic=called(name),
                    probability=probability(check.prior),
                ),
            )
        if not check.posterior >= TAIL_LIMIT:
            yield Reason(
                f"not_recreated.{name}",
                say(
                    "Modellen återskapar inte {statistic}: sannolikheten för något lika ytterligt "
                    "är {probability}. Åtgärd: kontrollera siffran, eller välj en annan modell.",
                    statistic=called(name),
                    probability=probability(check.posterior),
                ),
            )


def _left_out(loo: Loo | None) -> Iterator[Reason]:
    # Of a few published statistics each is most of what is known: leaving one out is another
    # analysis, not a fault.
    if loo is None or loo.units < FEWEST_UNITS:
        return
    if loo.very_high or loo.high:
        yield Reason(
            "pareto_k",
            say(
                "{count} av {units} enheter styr anpassningen mer än modellen väntar sig (Pareto-k "
                "över {limit}). Åtgärd: kontrollera de mest avvikande raderna i källan, eller välj "
                "en robust sannolikhetsmodell med tyngre svans.",
                count=count_of(loo, loo.high),
                units=loo.units,
                limit=decimal(loo.limit, 2),
            ),
        )
    if loo.pit_p is not None and not loo.pit_p >= TAIL_LIMIT:
        yield Reason(
            "loo_pit",
            say(
                "Modellen beskriver inte spridningen mellan enheterna: sannolikheten för så ojämna "
                "LOO-PIT-värden är {probability}. Åtgärd: välj en annan fördelning i "
                "evidensblocket.",
                probability=probability(loo.pit_p),
            ),
        )


def count_of(loo: Loo, count: int) -> str:
    """Return a count in words that tell of no less than five persons."""
    if loo.persons and 0 < count < FEWEST_PERSONS:
        return say("högst {count}", count=FEWEST_PERSONS - 1)
    return str(count)


def _conflicts(powers: Mapping[str, Power], called: Callable[[str], str]) -> Iterator[Reason]:
    for name, power in powers.items():
        if power.conflict is None or power.conflict >= TAIL_LIMIT:
            continue
        if power.prior > POWER_LIMIT and power.likelihood > POWER_LIMIT:
            yield Reason(
                f"prior_data_conflict.{name}",
                say(
                    "Prior och data drar «{quantity}» åt olika håll: före data var sannolikheten "
                    "för en lika stor flytt {probability}, och båda påverkar svaret. Åtgärd: "
                    "kontrollera talen och deras enhet i källan, eller pröva antagandena under "
                    "prior.",
                    quantity=called(name),
                    probability=probability(power.conflict),
                ),
            )


def _few(loo: Loo | None) -> Iterator[Reason]:
    if loo is not None and loo.units < FEWEST_UNITS:
        yield Reason(
            "few_units",
            say(
                "Det finns bara {units} enheter att utelämna en i taget. Utan en av så få är det "
                "en annan analys, så Pareto-k redovisas men bedöms inte.",
                units=loo.units,
            ),
        )


def _priors_that_matter(powers: Mapping[str, Power], titles: Mapping[str, str]) -> Iterator[Reason]:
    moved = [name for name, power in powers.items() if power.prior > POWER_LIMIT]
    if moved:
        said = (say("«{title}»", title=say(titles.get(name, name))) for name in moved)
        yield Reason(
            "prior_matters",
            say(
                "Priorn har märkbart inflytande på {parameters}: där är den ett antagande att stå "
                "för, inte ett fel.",
                parameters=", ".join(said),
            ),
        )


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
