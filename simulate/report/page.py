"""One self-contained page about a run: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.language import language, mark, named, say, say_count
from simulate.language.numbers import number
from simulate.language.quantities import in_words
from simulate.provenance import versions
from simulate.report import contract_page, fund_page, learned, tables
from simulate.report.environment import environment
from simulate.report.sections import Chapter
from simulate.report.sentences import reservations
from simulate.run import Result
from simulate.scenario.register import hindsight
from simulate.scenario.tree.scenario import FundScenario

_DATED = {
    "contract": mark("Undertecknat {day} · {draws} möjliga framtider, {first}–{last}"),
    "fund": mark("Beslutat {day} · {draws} möjliga framtider, {first}–{last}"),
}


def render(
    result: Result,
    run_id: str,
    made_with: Mapping[str, str] | None = None,
    chapters: Sequence[Chapter] = (),
) -> str:
    """Return the page as HTML, in the language that is spoken; equal results give equal bytes.

    Args:
        result: of the run.
        run_id: of the run.
        made_with: versions by name that the figures come from; by default those that run now.
        chapters: in the same language; they stand before the evidence.
    """
    fund = isinstance(result.scenario, FundScenario)
    kind, own = ("fund", fund_page.context) if fund else ("contract", contract_page.context)
    template = environment().get_template(f"{kind}.html")
    return template.render(
        scenario=result.scenario,
        language=language(),
        say=say,
        named=named,
        dated=_DATED[kind],
        rebuilt=_rebuilt(result),
        hindsight=[
            (one.key, in_words(one), named(one.reason or "")) for one in hindsight(result.scenario)
        ],
        failed=result.verdict.verdict == "fail",
        reservations=reservations(result),
        learned=learned.sentence(result),
        moves=learned.tables(result),
        evidence=tables.evidence(result),
        assumptions=tables.assumptions(result),
        provenance=_provenance(result, run_id, made_with or versions()),
        draws=number(result.draws),
        chapters=chapters,
        **own(result),
    )


def _rebuilt(result: Result) -> str:
    return say_count(
        "Prognosen är rekonstruerad: {count} tal blev känt först efter undertecknandet.",
        "Prognosen är rekonstruerad: {count} tal blev kända först efter undertecknandet.",
        len(hindsight(result.scenario)),
    )


def _provenance(result: Result, run_id: str, made_with: Mapping[str, str]) -> list[tuple[str, str]]:
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
    return facts + [(name, version) for name, version in made_with.items()]
