"""How a fund is worked out, and what ties its investments to each other, in words."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import named, say, say_count
from models.spoken import listed
from simulate.aterforing.arithmetic import from_evidence
from simulate.language.quantities import in_words
from simulate.report.fund_sentences import rule_in_words
from simulate.report.sentences import drawing
from simulate.run import Result
from simulate.scenario.tree.scenario import FundScenario
from simulate.scenario.years import TOGETHER, courses


def _learned(result: Result) -> tuple[str, ...]:
    effects = (one.effects for one in result.with_fund.investments.values())
    if not any(from_evidence(line) for lines in effects for line in lines):
        return ()
    return (
        say(
            "Där en effektrad hämtar ett tal ur evidensen dras det ur posteriorn, i varje framtid "
            "samma dragning för alla rader ur samma block. Planen är angiven och rör sig inte."
        ),
    )


def _together(scenario: FundScenario) -> Iterator[str]:
    """What ties the investments to each other, and the years."""
    fund, ties = scenario.fund, scenario.correlations
    if fund.common_factor is not None:
        yield (
            say(
                "Investeringarna delar en gemensam faktor ({factor}); i övrigt går de var sin väg.",
                factor=in_words(fund.common_factor),
            )
            if not (fund.common_factors or ties)
            else say(
                "Investeringarna delar en gemensam faktor ({factor}).",
                factor=in_words(fund.common_factor),
            )
        )
    elif not (fund.common_factors or ties):
        yield say("Investeringarna går var sin väg: inget i scenariot binder dem samman.")
    for one in fund.common_factors.values():
        yield say(
            "{investments} delar en faktor ({factor}).",
            investments=listed([named(scenario.investments[key].title) for key in one.on]),
            factor=in_words(one.factor),
        )
    if ties:
        yield say_count(
            "{count} par av osäkra tal har en angiven rangkorrelation.",
            "{count} par av osäkra tal har en angiven rangkorrelation.",
            len(ties),
        )
    years = [one for one in courses(scenario) if len(one.uncertain) > 1]
    if any(one.rank == TOGETHER for one in years):
        yield say(
            "Där samma storhet är osäker i flera år följs åren åt: i en framtid ligger alla på "
            "samma plats i sin fördelning."
        )
    if other := [one for one in years if one.rank != TOGETHER]:
        yield say_count(
            "För {count} storhet säger scenariot något annat om hur åren hänger ihop.",
            "För {count} storheter säger scenariot något annat om hur åren hänger ihop.",
            len(other),
        )


def method(result: Result) -> tuple[str, ...]:
    """Return how a fund is worked out, in words."""
    return (
        *drawing(result),
        say(
            "I varje framtid realiserar en effektrad antal × pris × hemtagbar andel, eller en "
            "andel av planen, i den nämnd och det år som raden anger. Växer kostnaden räknas i "
            "stället den andel som betalas: allt, om raden inte säger annat. Återföringen följer "
            "regeln: {rule}",
            rule=rule_in_words(result),
        ),
        *_learned(result),
        *_together(result.with_fund),
        say(
            "Ett års gap är återföring minus realiserad besparing, när det är större än noll. "
            "Risken för en nämnd är sannolikheten att summan över åren av återföringen är större "
            "än summan av besparingen. Det som sparas efter {last} räknas inte.",
            last=result.with_fund.last_year,
        ),
    )
