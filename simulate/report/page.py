"""One self-contained Swedish page about a run: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from simulate.language.numbers import decimals_supported, frequency, number
from simulate.language.quantities import in_words
from simulate.provenance import versions
from simulate.report import tables
from simulate.report.draw import as_uri, comparison_svg, repayment_svg
from simulate.report.figures import comparison, repayments
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
    """Return the page as HTML; equal results give equal bytes."""
    environment = Environment(
        loader=PackageLoader("simulate.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pair = paired(result.scenario, result.futures)
    return environment.get_template("page.html").render(
        scenario=result.scenario,
        hindsight=[(one.key, in_words(one), one.reason) for one in hindsight(result.scenario)],
        failed=result.verdict.verdict == "fail",
        reservations=reservations(result),
        answers=answers(result),
        three=three(result, pair),
        pictures=pictures(result, pair),
        fixed=fixed_by_contract(result),
        standing=tuple(standing()),
        investor=tables.investor(result),
        investor_name=result.scenario.parties[result.scenario.contract.investor].name,
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
    unit = 1e6 if pair.money else 0.01 if pair.dimension.name == "share" else 1.0
    name = (
        " mkr"
        if pair.money
        else " %"
        if pair.dimension.name == "share"
        else (f" {pair.dimension.unit}")
    )
    payment = result.futures["payment_ore"].values / 100.0
    found = [
        _thing(
            result,
            "Mätningen",
            f"Vad utvärderingen kommer att visa: {pair.title.lower()}",
            pair.reading / unit,
            name,
        ),
        _thing(result, "Betalningen", "Vad kontraktet gör av mätningen", payment / 1e6, " mkr"),
    ]
    if pair.truth is not None:
        found.insert(
            0,
            _thing(
                result,
                "Sanningen",
                "Vad insatsen verkligen sparar i fönstret",
                pair.truth / 1e6,
                " mkr",
            ),
        )
    return tuple(found)


def _thing(result: Result, name: str, question: str, x: Floats, unit: str) -> Thing:
    low, middle, high = (_quantile(result, x, p) for p in (0.05, 0.5, 0.95))
    if np.ptp(x) == 0.0:
        return Thing(name, question, middle + unit, "redan känd")
    return Thing(name, question, middle + unit, f"{low} till {high}{unit}")


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
        "Vad som betalas tillbaka. Staplarna i orange är värden som kontraktet bestämmer och som "
        "många framtider slutar exakt på; de blå är allt däremellan.",
    )
    both = comparison(result, pair)
    if both is None:
        return (first,)
    lines = (
        "Streckade linjer är nivåer som avgör betalningen"
        if pair.stated is None
        else "Den streckade linjen är mätningen, som redan är känd"
    )
    known = (
        ""
        if pair.stated is None
        else (f" Sann besparing större än noll: {frequency(_saves(pair))} framtider.")
    )
    return first, Picture(
        as_uri(comparison_svg(both)),
        both.alt(),
        f"Sanning mot mätning i {number(result.draws)} möjliga framtider. {lines}. "
        + (both.errors() if pair.stated is None else known.strip()),
    )


def _saves(pair: Paired) -> float:
    assert pair.truth is not None
    return float(np.mean(pair.truth > 0.0))


def _provenance(result: Result, run_id: str) -> list[tuple[str, str]]:
    facts = [
        ("Körning", run_id),
        ("Scenario", result.scenario.id),
        ("Frö", str(result.seed)),
        ("Framtider", number(result.draws)),
    ]
    if result.break_even_distance is not None:
        facts.append(
            (
                "Effekt där den väntade besparingen motsvarar det dragna",
                number(result.break_even_distance, 3),
            )
        )
    return facts + [(name, version) for name, version in versions().items()]
