"""The gates a posterior must pass before anyone may build on it, with reasons and remedies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.diagnosis import (
    EBFMI_LIMIT,
    ESS_LIMIT,
    FEWEST_UNITS,
    POWER_LIMIT,
    RHAT_LIMIT,
    TAIL_LIMIT,
    Check,
    Diagnosis,
    Figures,
    Loo,
    Power,
    count_of,
)
from models.language import say
from models.spoken import decimal, probability, some


@dataclass(frozen=True)
class Naming:
    """What a person calls what a fit is about, and where it stands in the scenario.

    Attributes:
        called: what each statistic and quantity is called.
        place: key of the block, such as ``evidence.study``.
        keys: parameter → key of its prior, such as ``evidence.study.prior.cv``.
    """

    called: Callable[[str], str] = str
    place: str = "evidence"
    keys: Mapping[str, str] = field(default_factory=dict)

    def prior(self, name: str) -> str:
        """Return the key of the prior of a parameter; of anything else, where the priors stand.

        Example:
            >>> one = Naming(keys={"cv": "evidence.a.prior.cv", "sd": "evidence.a.prior.all.sd"})
            >>> one.prior("cv"), one.prior("mean_without")
            ('evidence.a.prior.cv', 'evidence.a.prior')
        """
        return self.keys.get(name) or some(self._tables)

    @property
    def priors(self) -> str:
        """Where the priors of the block stand."""
        return some(self._tables)

    @property
    def _tables(self) -> Sequence[str]:
        tables = dict.fromkeys(key.rpartition(".")[0] for key in self.keys.values())
        outer = [one for one in tables if not any(one.startswith(f"{other}.") for other in tables)]
        return outer or [f"{self.place}.prior"]


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
    if any(_failures(figures, Naming())):
        return replace(known, verdict="fail")
    return replace(known, verdict="warn") if reasons(known, checks) else known


def reasons(
    found: Diagnosis, checks: Mapping[str, Check], naming: Naming | None = None
) -> tuple[Reason, ...]:
    """Return what is wrong with a fit and what to do; empty when all is well.

    Args:
        found: of the fit.
        checks: published statistics against what the model expects.
        naming: what a person calls what the fit is about.
    """
    figures, naming = found.figures, naming or Naming()
    return (
        *_failures(figures, naming),
        *_depth(figures, naming),
        *_surprises(checks, naming),
        *_left_out(found.loo, naming),
        *_conflicts(found.powers, naming),
    )


def notes(found: Diagnosis, naming: Naming | None = None) -> tuple[Reason, ...]:
    """Return what is worth knowing of a fit without being wrong with it.

    Args:
        found: of the fit.
        naming: what a person calls what the fit is about.
    """
    return (*_few(found.loo), *_priors_that_matter(found.powers, naming or Naming()))


# Each is written so that a value that could not be worked out (NaN) is wrong.
def _failures(f: Figures, naming: Naming) -> Iterator[Reason]:
    if not f.rhat <= RHAT_LIMIT:
        yield Reason(
            "rhat",
            say(
                "Kedjorna är inte överens: R-hat {rhat}, högst {limit} godtas. Åtgärd: öka "
                "{place}.sampling.draws och {place}.sampling.tune, eller ge snävare antaganden "
                "under {priors}.",
                place=naming.place,
                priors=naming.priors,
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
                "{place}.sampling.draws och {place}.sampling.tune.",
                place=naming.place,
                size=decimal(f.ess_bulk, 0),
                limit=limit,
            ),
        )
    if not f.ess_tail >= ESS_LIMIT:
        yield Reason(
            "ess_tail",
            say(
                "För få oberoende dragningar i svansarna: {size}, minst {limit} behövs. Åtgärd: "
                "öka {place}.sampling.draws och {place}.sampling.tune.",
                place=naming.place,
                size=decimal(f.ess_tail, 0),
                limit=limit,
            ),
        )
    yield from _moves(f, naming)


def _moves(f: Figures, naming: Naming) -> Iterator[Reason]:
    if f.divergences:
        yield Reason(
            "divergences",
            say(
                "{count} divergenta steg: delar av fördelningen kan ha missats. Åtgärd: höj "
                "{place}.sampling.target_accept mot 0.995, eller ge snävare antaganden under "
                "{priors}.",
                place=naming.place,
                priors=naming.priors,
                count=f.divergences,
            ),
        )
    if not f.ebfmi >= EBFMI_LIMIT:
        yield Reason(
            "ebfmi",
            say(
                "Energin utforskas dåligt: E-BFMI {ebfmi}, minst {limit} behövs. Åtgärd: öka "
                "{place}.sampling.tune, eller undvik antaganden med mycket tunga svansar under "
                "{priors}.",
                place=naming.place,
                priors=naming.priors,
                ebfmi=decimal(f.ebfmi, 2),
                limit=decimal(EBFMI_LIMIT, 1),
            ),
        )


def _depth(f: Figures, naming: Naming) -> Iterator[Reason]:
    if f.at_max_depth > 0:
        yield Reason(
            "max_depth",
            say(
                "{share} % av stegen nådde största träddjup: samplingen är långsam, inte fel. "
                "Åtgärd: öka {place}.sampling.tune.",
                place=naming.place,
                share=decimal(100 * f.at_max_depth, 1),
            ),
        )


def _surprises(checks: Mapping[str, Check], naming: Naming) -> Iterator[Reason]:
    for name, check in checks.items():
        if not check.prior >= TAIL_LIMIT:
            yield Reason(
                f"prior_surprised.{name}",
                say(
                    "Data och antaganden krockar: {statistic} är så ovanligt enligt antagandena "
                    "att sannolikheten för något lika ytterligt är {probability}. Åtgärd: pröva "
                    "antagandena under {priors}, eller kontrollera siffran och dess enhet i "
                    "källan.",
                    priors=naming.priors,
                    statistic=naming.called(name),
                    probability=probability(check.prior),
                ),
            )
        if not check.posterior >= TAIL_LIMIT:
            yield Reason(
                f"not_recreated.{name}",
                say(
                    "Modellen återskapar inte {statistic}: sannolikheten för något lika ytterligt "
                    "är {probability}. Åtgärd: kontrollera siffran, eller välj en annan modell i "
                    "{place}.model.",
                    place=naming.place,
                    statistic=naming.called(name),
                    probability=probability(check.posterior),
                ),
            )


def _left_out(loo: Loo | None, naming: Naming) -> Iterator[Reason]:
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
                "i {place}.model en modell med tyngre svans.",
                place=naming.place,
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
                "LOO-PIT-värden är {probability}. Åtgärd: välj en annan modell i "
                "{place}.model.",
                place=naming.place,
                probability=probability(loo.pit_p),
            ),
        )


def _conflicts(powers: Mapping[str, Power], naming: Naming) -> Iterator[Reason]:
    for name, power in powers.items():
        if power.conflict is None or power.conflict >= TAIL_LIMIT:
            continue
        if power.prior > POWER_LIMIT and power.likelihood > POWER_LIMIT:
            yield Reason(
                f"prior_data_conflict.{name}",
                say(
                    "Prior och data drar «{quantity}» åt olika håll: före data var sannolikheten "
                    "för en lika stor flytt {probability}, och båda påverkar svaret. Åtgärd: "
                    "kontrollera talen och deras enhet i källan, eller pröva {prior}.",
                    prior=naming.prior(name),
                    quantity=naming.called(name),
                    probability=probability(power.conflict),
                ),
            )


def _few(loo: Loo | None) -> Iterator[Reason]:
    if loo is not None and 0 < loo.units < FEWEST_UNITS:
        yield Reason(
            "few_units",
            say(
                "Det finns bara {units} enheter att utelämna en i taget. Utan en av så få är det "
                "en annan analys, så Pareto-k redovisas men bedöms inte.",
                units=loo.units,
            ),
        )


def _priors_that_matter(powers: Mapping[str, Power], naming: Naming) -> Iterator[Reason]:
    moved = [name for name, power in powers.items() if power.prior > POWER_LIMIT]
    if moved:
        moved.sort(key=lambda name: -powers[name].prior)
        said = [say("«{title}»", title=naming.called(name)) for name in moved]
        yield Reason(
            "prior_matters",
            say(
                "Priorn har märkbart inflytande på {parameters}: där är den ett antagande att stå "
                "för, inte ett fel.",
                parameters=some(said),
            ),
        )
