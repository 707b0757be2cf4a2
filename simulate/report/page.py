"""One self-contained page about a run: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from models.language import language, named, say
from models.quantity import Dimension
from simulate.language.numbers import decimals_supported, frequency, mkr, number, per_cent
from simulate.language.quantities import in_words, with_unit
from simulate.provenance import versions
from simulate.report import tables
from simulate.report.draw import as_uri, comparison_svg, repayment_svg
from simulate.report.figures import comparison, repayments
from simulate.report.phrases import party_name
from simulate.report.reading import Floats, Paired, error_of, paired
from simulate.report.sentences import answers, fixed_by_contract, reservations, standing
from simulate.risk.estimate import quantile
from simulate.run import Result
from simulate.scenario.register import hindsight


@dataclass(frozen=True)
class Thing:
    """One of the three that are easily mixed up: truth, measurement, payment."""

    name: str
    question: str
    median: str
    range: str


@dataclass(frozen=True)
class Picture:
    """A picture for the page."""

    uri: str
    alt: str
    caption: str


def render(result: Result, run_id: str) -> str:
    """Return the page as HTML, in the language that is spoken; equal results give equal bytes."""
    environment = Environment(
        loader=PackageLoader("simulate.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pair = paired(result.with_contract, result.futures)
    return environment.get_template("page.html").render(
        scenario=result.scenario,
        language=language(),
        say=say,
        named=named,
        hindsight=[
            (one.key, in_words(one), named(one.reason or "")) for one in hindsight(result.scenario)
        ],
        failed=result.verdict.verdict == "fail",
        reservations=reservations(result),
        answers=answers(result),
        three=three(result, pair),
        pictures=pictures(result, pair),
        fixed=fixed_by_contract(result),
        standing=tuple(standing()),
        investor=tables.investor(result),
        investor_name=party_name(result, result.with_contract.contract.investor),
        parties=tables.parties(result),
        contract=tables.contract(result),
        clauses=tables.clauses(result),
        evidence=tables.evidence(result),
        assumptions=tables.assumptions(result),
        ledger=tuple(tables.ledger(result)),
        provenance=_provenance(result, run_id),
        draws=number(result.draws),
    )


def three(result: Result, pair: Paired) -> tuple[Thing, ...]:
    """Return truth, measurement and payment side by side."""
    shares = pair.dimension.name == "share"
    unit = 1e6 if pair.money else 0.01 if shares else 1.0
    payment = result.futures["payment_ore"].values / 100.0
    shows = say(
        "Vad utvärderingen kommer att visa: {measure}",
        measure=pair.title.lower(),
    )
    found = [
        _thing(
            result,
            (say("Mätningen"), shows),
            pair.reading / unit,
            mkr if pair.money else per_cent if shares else partial(_with_unit, pair.dimension),
        ),
        _thing(
            result,
            (say("Betalningen"), say("Vad kontraktet gör av mätningen")),
            payment / 1e6,
            mkr,
        ),
    ]
    if pair.truth is not None:
        words = say("Sanningen"), say("Vad insatsen verkligen sparar i fönstret")
        found.insert(0, _thing(result, words, pair.truth / 1e6, mkr))
    return tuple(found)


def _with_unit(dimension: Dimension, text: str) -> str:
    return with_unit(text, 2.0, dimension)


def _thing(
    result: Result, words: tuple[str, str], x: Floats, with_its_unit: Callable[[str], str]
) -> Thing:
    low, middle, high = (_quantile(result, x, p) for p in (0.05, 0.5, 0.95))
    if np.ptp(x) == 0.0:
        return Thing(*words, with_its_unit(middle), say("redan känd"))
    between = say("{low} till {high}", low=low, high=with_its_unit(high))
    return Thing(*words, with_its_unit(middle), between)


def _quantile(result: Result, x: Floats, p: float) -> str:
    found = quantile(x, p)
    value = found.value or 0.0
    error = 0.0 if found.influence is None else error_of(result, found.influence)
    return number(value, decimals_supported(value, error, 1))


def pictures(result: Result, pair: Paired) -> tuple[Picture, ...]:
    """Return the two pictures with what they say in words."""
    repaid = repayments(result)
    first = Picture(
        as_uri(repayment_svg(repaid)),
        " ".join(one.alt() for one in repaid),
        say(
            "Vad som betalas tillbaka. Staplarna i orange är värden som kontraktet bestämmer och "
            "som många framtider slutar exakt på; de blå är allt däremellan."
        ),
    )
    both = comparison(result, pair)
    if both is None:
        return (first,)
    lines = (
        say("Streckade linjer är nivåer som avgör betalningen.")
        if pair.stated is None
        else say("Den streckade linjen är mätningen, som redan är känd.")
    )
    found = (
        both.errors()
        if pair.stated is None
        else say(
            "Sann besparing större än noll: {futures} framtider.", futures=frequency(_saves(pair))
        )
    )
    what = say("Sanning mot mätning i {draws} möjliga framtider.", draws=number(result.draws))
    caption = " ".join(part for part in (what, lines, found) if part)
    return first, Picture(as_uri(comparison_svg(both)), both.alt(), caption)


def _saves(pair: Paired) -> float:
    assert pair.truth is not None
    return float(np.mean(pair.truth > 0.0))


def _provenance(result: Result, run_id: str) -> list[tuple[str, str]]:
    facts = [
        (say("Körning"), run_id),
        (say("Scenario"), result.scenario.id),
        (say("Frö"), str(result.seed)),
        (say("Framtider"), number(result.draws)),
    ]
    if result.break_even_distance is not None:
        facts.append(
            (
                say("Effekt där den väntade besparingen motsvarar det dragna"),
                number(result.break_even_distance, 3),
            )
        )
    return facts + [(name, version) for name, version in versions().items()]
