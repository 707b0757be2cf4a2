"""The whole scenario in words, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import mark, named, say, say_count
from models.spoken import listed
from simulate.language.numbers import significant
from simulate.language.quantities import in_words
from simulate.prose.clauses import clause
from simulate.prose.fund import fund, investments
from simulate.prose.gates import stage_gates
from simulate.prose.lenders import groups, payers, rounding, several, ways_out
from simulate.prose.outcomes import measurement, outcome
from simulate.prose.paragraph import Paragraph
from simulate.prose.words import ROLES, TYPES, limit, number, party
from simulate.scenario.register import hindsight, register
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.party import Party
from simulate.scenario.tree.scenario import ContractScenario, FundScenario
from simulate.scenario.years import TOGETHER, courses


def described(scenario: ContractScenario | FundScenario) -> tuple[Paragraph, ...]:
    """Return the scenario as paragraphs, in the language that is spoken."""
    parts = [_parties(scenario)]
    if isinstance(scenario, ContractScenario):
        parts += [_programme(scenario), _changes(scenario), _measures(scenario)]
        parts += [_contract(scenario), *_unstated(scenario)]
    else:
        parts += [fund(scenario), investments(scenario)]
        if scenario.outcomes:
            parts.append(_changes(scenario))
    together = (*_correlations(scenario), *_years(scenario))
    if together:
        parts.append(Paragraph(say("Tal som följs åt."), together, "correlations"))
    return (*parts, _known(scenario))


def _correlations(scenario: ContractScenario | FundScenario) -> Iterator[Paragraph]:
    for place, one in enumerate(scenario.correlations):
        yield Paragraph(
            say(
                "{pair} har rangkorrelationen {rank}.",
                pair=listed(list(one.pair)),
                rank=significant(one.rank.distribution.support()[0], 3),
            ),
            key=f"correlations.{place}",
        )


def _years(scenario: ContractScenario | FundScenario) -> Iterator[Paragraph]:
    """How each quantity that is uncertain in several years hangs together over them."""
    for one in courses(scenario):
        if len(one.uncertain) < 2:
            continue
        if one.rank == TOGETHER:
            text = say(
                "{key}: åren följs helt åt. I en framtid ligger alla på samma plats i sin "
                "fördelning.",
                key=one.key,
            )
        elif one.rank == 0.0:
            text = say("{key}: varje år dras för sig.", key=one.key)
        else:
            text = say(
                "{key}: rangkorrelationen mellan ett tal och nästa är {rank}.",
                key=one.key,
                rank=significant(one.rank, 3),
            )
        yield Paragraph(text, key=one.key)


def _parties(scenario: ContractScenario | FundScenario) -> Paragraph:
    under = [
        Paragraph(" ".join(_party(one)), key=f"parties.{key}")
        for key, one in scenario.parties.items()
    ]
    text = say(
        "Parterna. Allt räknas till {day}, över åren {first}–{last}.",
        day=scenario.signed,
        first=scenario.first_year,
        last=scenario.last_year,
    )
    if scenario.judged is not None:
        known = say("Bedömningen utgår från vad som var känt {day}.", day=scenario.judged)
        text = f"{text} {known}"
    return Paragraph(text, tuple(under))


def _party(one: Party) -> Iterator[str]:
    # Private money that lends nothing, a foundation that pays or guarantees, is no investor.
    private = one.type == "investor" and "investor" not in one.roles
    kind = say("privat part") if private else say(TYPES[one.type])
    what = dict.fromkeys([kind, *(say(ROLES[role]) for role in one.roles)])
    yield say(
        "{party} är {what}; kalkylränta {rate}.",
        party=named(one.name),
        what=listed(list(what)),
        rate=number(one.discount_rate),
    )
    if one.risk_tolerance is not None:
        yield say("Dess risktolerans är {tolerance}.", tolerance=number(one.risk_tolerance))
    if one.forvaltning is not None and one.budget_frame is not None:
        yield say(
            "Under den ligger {office}; budgetramen är {frame}.",
            office=named(one.forvaltning),
            frame=number(one.budget_frame),
        )


def _programme(scenario: ContractScenario) -> Paragraph:
    programme = scenario.programme
    text = say(
        "Insatsen. {programme} drivs av {provider} för högst {persons} personer, som tas in från "
        "{first} till {last}. För en person varar den {duration}. Sannolikheten att den genomförs "
        "som avtalat är {delivery}.",
        programme=named(programme.name),
        provider=party(scenario.parties, programme.provider),
        persons=in_words(programme.participants),
        first=programme.intake_first,
        last=programme.intake_last,
        duration=number(programme.duration),
        delivery=number(programme.delivery),
    )
    under = [
        Paragraph(
            say("{line}: {amount}.", line=named(line.title), amount=number(line.amount))
            if line.ceiling.unlimited
            else say(
                "{line}: {amount}, varav finansiären betalar högst {ceiling}.",
                line=named(line.title),
                amount=number(line.amount),
                ceiling=limit(line.ceiling),
            ),
            key=f"programme.cost_lines.{line.id}",
        )
        for line in programme.cost_lines
    ]
    return Paragraph(text, tuple(under), "programme")


def _changes(scenario: ContractScenario | FundScenario) -> Paragraph:
    under = (outcome(key, one, scenario.parties) for key, one in scenario.outcomes.items())
    heading = (
        say("Vad insatsen ändrar.")
        if isinstance(scenario, ContractScenario)
        else say("Mänskliga vinster.")
    )
    return Paragraph(heading, tuple(under), "outcomes")


def _measures(scenario: ContractScenario) -> Paragraph:
    measures = scenario.measurements
    titles = {key: named(one.title) for key, one in measures.items()}
    under = (measurement(key, one, scenario.outcomes, titles) for key, one in measures.items())
    return Paragraph(say("Vad som mäts."), tuple(under), "measurements")


def _contract(scenario: ContractScenario) -> Paragraph:
    contract = scenario.contract
    titles = {key: named(one.title) for key, one in scenario.measurements.items()}
    under = [
        Paragraph(clause(one, titles), key=f"contract.clauses.{one.id}") for one in contract.clauses
    ]
    under += [*groups(contract), Paragraph(_held(contract), key="contract.cap")]
    under += payers(contract, scenario.parties)
    under += [*ways_out(contract, titles), *several(contract, scenario.parties)]
    under += [*stage_gates(contract, titles), Paragraph(rounding(contract))]
    return Paragraph(_agreed(scenario), tuple(under), "contract")


def _held(contract: Contract) -> str:
    """Return the floor and the cap of the sum."""
    if contract.cap.unlimited:
        return say(
            "Summan av klausulerna betalas, lägst {floor} och utan tak.",
            floor=limit(contract.floor),
        )
    return say(
        "Summan av klausulerna betalas, lägst {floor} och högst {cap}.",
        floor=limit(contract.floor),
        cap=limit(contract.cap),
    )


def _agreed(scenario: ContractScenario) -> str:
    """Return who lends, who pays, and when."""
    contract = scenario.contract
    days = listed([str(day) for day in contract.draw_days])
    message = (
        mark("Avtalet: {title}. {investor} lånar ut insatsens kostnad, högst {committed}, {drawn}.")
        if contract.investor is not None
        else mark(
            "Avtalet: {title}. Ingen utomstående finansiär: {investor} lägger själv ut insatsens "
            "kostnad, högst {committed}, {drawn}, och har sin ersättning på spel."
        )
    )
    if contract.tranches:
        message = mark(
            "Avtalet: {title}. {investor} står mellan långivarna och den som betalar, lånar av dem "
            "och betalar ut insatsens kostnad, högst {committed}, {drawn}."
        )
    lent = say(
        message,
        title=named(contract.title),
        investor=party(scenario.parties, scenario.investor),
        committed=in_words(contract.committed),
        drawn=say("den {day}", day=days)
        if len(contract.draw_days) == 1
        else say("i lika delar den {days}", days=days),
    )
    return f"{lent} {_paid(scenario)}"


def _paid(scenario: ContractScenario) -> str:
    """Return who pays, and when."""
    contract = scenario.contract
    own = any(day is not None for one in contract.clauses for _, day in one.days())
    message = mark("{payer} betalar {investor} den {day}.")
    if own:
        message = mark("{payer} betalar {investor} den {day} där ingen annan dag står.")
    return say(
        message,
        payer=listed([party(scenario.parties, one) for one in contract.paid_by]),
        investor=party(scenario.parties, scenario.investor),
        day=contract.pays_on,
    )


def _unstated(scenario: ContractScenario) -> Iterator[Paragraph]:
    unstated = scenario.contract.unstated
    if unstated:
        yield Paragraph(
            say("Detta framgår inte av offentliga källor och är antaget."),
            tuple(Paragraph(named(text)) for text in unstated),
            "contract.unstated",
        )


def _known(scenario: ContractScenario | FundScenario) -> Paragraph:
    numbers = register(scenario)
    assumed = sum(one.kind == "assumption" for one in numbers)
    uncertain = sum(not one.certain for one in numbers)
    text = say(
        "Underlaget. Scenariot har {count} tal med källa; {uncertain} är osäkra och {assumed} är "
        "antaganden.",
        count=len(numbers),
        uncertain=uncertain,
        assumed=assumed,
    )
    late = hindsight(scenario)
    under = [
        Paragraph(
            say(
                "{key} = {value} blev känt efter beslutet: {reason}.",
                key=one.key,
                value=in_words(one),
                reason=named(one.reason or ""),
            ),
            key=one.key,
        )
        for one in late
    ]
    if late:
        text += " " + say_count(
            "{count} tal blev känt först senare:", "{count} tal blev kända först senare:", len(late)
        )
    return Paragraph(text, tuple(under))
