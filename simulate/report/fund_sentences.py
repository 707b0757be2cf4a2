"""The answer of a fund in words: pure functions of a result, as on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.language import mark, named, say
from models.spoken import listed
from simulate.aterforing import arithmetic
from simulate.aterforing.fund import namnder
from simulate.aterforing.returned import compared, own_rule
from simulate.draws.values import Floats
from simulate.language.numbers import decimals_supported, million, number, percent
from simulate.prose.terms import terms_in_words
from simulate.report.phrases import futures, party_name, sek, share
from simulate.report.reading import error_of
from simulate.risk.estimate import Estimate, mean, probability
from simulate.risk.risk import Figure
from simulate.run import Result
from simulate.scenario.tree.aterforing import RULE_NAMES
from simulate.scenario.tree.fund import Grants
from simulate.scenario.tree.party import MUNICIPALITY
from simulate.scenario.tree.scenario import FundScenario
from simulate.value.payback import NEVER


def answers(result: Result) -> tuple[str, str, str]:
    """Return the three sentences: the nämnd most at risk, the fund, the whole municipality."""
    return at_risk(result), fund(result), whole(result)


def most_at_risk(result: Result) -> str:
    """Return the nämnd that is expected to return most beyond what it saves, in kronor."""
    keys = namnder(result.with_fund)
    return max(keys, key=lambda key: result.figure("gap_mean", key).value or 0.0)


def likeliest(result: Result) -> str:
    """Return the nämnd that most often returns more than it saves.

    The one with the larger expected gap is as likely as any within two standard errors of it.
    """
    first = most_at_risk(result)
    p = {key: result.figure("p_gap", key) for key in namnder(result.with_fund)}
    top = max(p, key=lambda key: p[key].value or 0.0)
    unsure = 2.0 * ((p[top].mcse or 0.0) ** 2 + (p[first].mcse or 0.0) ** 2) ** 0.5
    tied = (p[top].value or 0.0) - (p[first].value or 0.0) <= unsure
    return first if tied else top


def at_risk(result: Result) -> str:
    """Return which nämnd is most at risk of being cut for a saving it never sees."""
    key, often = most_at_risk(result), likeliest(result)
    p, gap, owed = (result.figure(name, key) for name in ("p_gap", "gap_mean", "owed_mean"))
    if not p.value and not gap.value:
        if own_rule(result.with_fund) != "lesser":
            return say("Ingen nämnd återför mer än den sparar i någon framtid.")
        return say(
            "Ingen nämnd får ramen minskad för en besparing den aldrig ser: regeln återför aldrig "
            "mer än det som realiseras. Risken ligger i stället hos fonden."
        )
    said = say(
        "{namnd} löper störst risk att få ramen minskad för en besparing den aldrig ser: i "
        "{futures} ({share}) återför den mer än den sparar. I genomsnitt över alla framtider är "
        "det {gap} för mycket av {owed}.",
        namnd=party_name(result, key),
        futures=futures(p),
        share=share(p),
        gap=sek(gap),
        owed=sek(owed),
    )
    if not gap.value:
        # A year's gap leaves out that a cost grew in another year; the sum over years does not.
        said += " " + say(
            "Inget enskilt år återför den mer än den sparar: år då kostnaden växer i stället drar "
            "ned vad den sparar tillsammans."
        )
    if often == key:
        return said
    more = result.figure("p_gap", often)
    other = say(
        "Oftast händer det {namnd}, i {futures} ({share}), men med mindre belopp.",
        namnd=party_name(result, often),
        futures=futures(more),
        share=share(more),
    )
    return f"{said} {other}"


def fund(result: Result) -> str:
    """Return whether the fund has its money back, and what it would be under the other rule."""
    own = own_rule(result.with_fund)
    last = result.with_fund.last_year
    mine = by_rule(result, own)
    if own == "planned" and not _limited(result):
        other = by_rule(result, "lesser")
        return say(
            "Fonden får tillbaka {returned} av {granted} till och med {last} vad som än "
            "realiseras, därför att planen återförs; om det lägsta av plan och realiserat "
            "återfördes skulle den i genomsnitt få {lesser}, och ha alla pengar åter i {refilled}.",
            returned=mine.returned,
            granted=_granted(result),
            last=last,
            lesser=other.returned,
            refilled=other.back,
        )
    return say(
        "Fonden får i genomsnitt tillbaka {returned} av {granted} till och med {last}, och har "
        "alla pengar åter i {refilled}.",
        returned=mine.returned,
        granted=_granted(result),
        last=last,
        refilled=mine.back,
    )


def _limited(result: Result) -> bool:
    """Whether something keeps the fund from its plan even where the plan is returned."""
    terms = result.with_fund.fund.aterforing
    return bool(terms.lag) or terms.ceiling is not None or terms.abolished is not None


def whole(result: Result) -> str:
    """Return whether the investments pay for themselves in the municipality as a whole."""
    never = result.figure("p_never_payback", MUNICIPALITY)
    pays = Figure(MUNICIPALITY, "", 1.0 - (never.value or 0.0), never.mcse, "share", None)
    futures_of = result.futures
    real = futures_of["investment_realised_ore"].values.sum(axis=1) / 100.0
    cost = _cost(result)
    if "further_cost_ore" in futures_of:
        real = real + futures_of["further_realised_ore"].values / 100.0
        cost = cost + futures_of["further_cost_ore"].values / 100.0
    return say(
        "För kommunen som helhet betalar investeringarna sig till och med {last} i {futures} "
        "({share}): de kostar {cost} och sparar i genomsnitt {realised} som går att hämta hem.",
        last=result.with_fund.last_year,
        futures=futures(pays),
        share=share(pays),
        cost=_money(result, mean(cost)),
        realised=_money(result, mean(real)),
    )


def unfinished(result: Result) -> tuple[str, ...]:
    """Return where the plan cannot add up, whatever happens: it is arithmetic and no risk."""
    return arithmetic.unfinished(result.with_fund)


def rule_in_words(result: Result) -> str:
    """Return what the scenario's terms say, who bears the risk, and what is left at the end."""
    return " ".join([*terms_in_words(result.with_fund.fund.aterforing), *_outstanding(result)])


def _outstanding(result: Result) -> Iterator[str]:
    left = result.futures["outstanding_ore"].values / 100.0
    if left.any():
        yield say(
            "Vid slutet av {last} återstår i genomsnitt {left} att återföra för det som redan har "
            "sparats.",
            last=result.with_fund.last_year,
            left=_money(result, mean(left)),
        )
    apart = [named(one.title) for one in result.with_fund.investments.values() if one.terms]
    if apart:
        yield say("Egna villkor har: {investments}.", investments=listed(apart))


class ByRule:
    """What one rule makes of the same futures, in words.

    Attributes:
        name: of the rule.
        own: whether it is the scenario's.
        returned: to the fund, on average.
        gap: what the nämnder return beyond what they save, on average.
        back: how likely the fund has its money back within the horizon.
        insolvent: how likely it cannot pay what it has granted.
    """

    def __init__(self, result: Result, rule: str) -> None:
        here = result.futures.sel(rule=rule)
        back = probability(here["rule_payback_year"].values != NEVER)
        broke = probability(here["rule_insolvent"].values.astype(bool))
        self.name = say(RULE_NAMES[rule])
        self.own = rule == own_rule(result.with_fund)
        self.returned = _money(result, mean(here["rule_returned_ore"].values / 100.0))
        self.gap = _money(result, mean(here["rule_gap_ore"].values / 100.0))
        self.back = _often(result, back)
        self.insolvent = _often(result, broke)


def by_rule(result: Result, rule: str) -> ByRule:
    """Return what a rule makes of the futures of a run."""
    return ByRule(result, rule)


def all_rules(result: Result) -> tuple[ByRule, ...]:
    """Return every rule, the scenario's own among them."""
    return tuple(ByRule(result, rule) for rule in compared(result.with_fund))


def solvency(result: Result) -> str:
    """Return why the fund can or cannot become insolvent."""
    scenario = result.with_fund
    first = scenario.first_year
    ends = [cost.distribution.support() for one in scenario.investments.values()
            for cost in one.costs.values()]  # fmt: skip
    granted = sum(high for _, high in ends)
    paid = sum(one.distribution.support()[0] for one in scenario.fund.capital.values())
    early = all(int(year) == first for year in scenario.fund.capital)
    safe = early and granted <= paid
    if safe and scenario.fund.grants is None:
        return say(
            "Fonden kan inte bli utan pengar här: allt som beviljas ({granted}) ryms i kapitalet "
            "({capital}), som betalas in det första året, och inga nya investeringar beviljas.",
            granted=million(granted, 0.0, 1),
            capital=million(paid, 0.0, 1),
        )
    if safe and scenario.fund.grants is not None and _reserves(scenario, scenario.fund.grants):
        return say(
            "Fonden kan inte bli utan pengar här: investeringarna ({granted}) ryms i kapitalet "
            "({capital}), som betalas in det första året, och en ny investering beviljas bara när "
            "den ryms i det som är fritt utan att någon kommande återföring räknas in.",
            granted=million(granted, 0.0, 1),
            capital=million(paid, 0.0, 1),
        )
    broke = result.figure("p_insolvent")
    return say(
        "I {futures} ({share}) räcker fondens pengar något år inte till det som den beviljat.",
        futures=futures(broke),
        share=share(broke),
    )


def _reserves(scenario: FundScenario, grants: Grants) -> bool:
    """Whether a further grant is always covered by money that nothing else is promised."""
    decided = max(one.granted.year for one in scenario.investments.values())
    largest = grants.size.distribution.support()[1]
    covered = grants.while_free.distribution.support()[0] >= largest
    return grants.planned_ahead == 0 and covered and grants.first_year >= decided


def further(result: Result) -> str:
    """Return how many further investments the fund grants; empty where it has no rule for it."""
    if result.with_fund.fund.grants is None:
        return ""
    size = mean(result.futures["further_cost_ore"].values / 100.0)
    said = say(
        "Utöver de namngivna beviljar fonden i genomsnitt {count} investeringar av det vanliga "
        "slaget, för {size} till och med {last}.",
        count=_count(result, result.futures["further_count"].values),
        size=_money(result, size),
        last=result.with_fund.last_year,
    )
    by_share = [
        say(
            "{share} ger {count}",
            share=percent(float(share), 0.0, 0),
            count=_count(result, result.futures["further_at_share"].sel(share=share).values),
        )
        for share in result.futures["share"].values
    ]
    more = say("Om så stor del av deras plan realiseras: {each}.", each=listed(by_share))
    return f"{said} {more}"


def _count(result: Result, values: Floats) -> str:
    found = mean(values.astype(float))
    error = 0.0 if found.influence is None else error_of(result, np.asarray(found.influence))
    return number(found.value or 0.0, decimals_supported(found.value or 0.0, error, 1))


_STANDING = (
    mark(
        "En nämnds flöde är dess realiserade besparing minus återföringen. Insatsens kostnad "
        "betalas av fonden; det som den kostar utöver det beviljade bärs av den som driver den. "
        "Fondens kapital räknas inte som ett flöde: det finns oavsett om något beviljas."
    ),
    mark(
        "Kommunen som helhet är fonden, nämnderna och kommunens övriga kassor tillsammans. "
        "Återföringen flyttar pengar mellan dem och tar ut sig: bara kostnaden och den realiserade "
        "besparingen återstår."
    ),
    mark(
        "Varje parts nuvärde är nominellt, räknat till beslutsdagen med partens egen ränta, för "
        "kommunen som helhet fondens. Samhällets är i fasta priser med en real ränta."
    ),
)


def rules_apart(result: Result) -> str:
    """Return why the columns of the rules do not add up to each other, where they do not."""
    if _limited(result):
        return ""
    returned = result.futures["rule_returned_ore"]
    back = {rule: returned.sel(rule=rule).mean() for rule in ("planned", "lesser")}
    gap = result.futures["rule_gap_ore"].sel(rule="planned").mean()
    if abs(float(back["planned"] - back["lesser"] - gap)) < 100.0:
        return ""
    return say(
        "Skillnaden mellan reglerna är inte lika stor som det som återförs för mycket: det lägsta "
        "räknas investering för investering, medan en nämnds överskott i en investering får täcka "
        "dess underskott i en annan."
    )


def standing() -> tuple[str, ...]:
    """Return what holds for every run of a fund and must stand beside the tables."""
    return tuple(say(one) for one in _STANDING)


def _cost(result: Result) -> Floats:
    return np.asarray(result.futures["investment_cost_ore"].values.sum(axis=1) / 100.0)


def _granted(result: Result) -> str:
    over = result.futures["investment_overrun_ore"].values.sum(axis=1) / 100.0
    granted = _cost(result) - over
    if "further_cost_ore" in result.futures:
        granted = granted + result.futures["further_cost_ore"].values / 100.0
    return _money(result, mean(granted))


def overrun(result: Result) -> str:
    """Return who bears what the investments cost beyond their grants; empty where none can."""
    over = result.futures["investment_overrun_ore"].values.sum(axis=1) / 100.0
    each = result.with_fund.investments.values()
    bearers = dict.fromkeys(
        party_name(result, one.provider) for one in each if one.overrun is not None
    )
    if not over.any():
        return ""
    return say(
        "Insatserna kostar i genomsnitt {over} mer än fonden beviljar. Det bärs av {bearers}, "
        "utöver det som återförs.",
        over=_money(result, mean(over)),
        bearers=listed(list(bearers)),
    )


def partners(result: Result) -> tuple[str, ...]:
    """Return what each partner outside is paid for its work; nothing where none is."""
    paid = [who for one in result.with_fund.investments.values() for who in one.paid_to or ()]
    return tuple(
        say(
            "{partner} får i genomsnitt {amount} för arbete som utförs där. Det täcker kostnaden, "
            "och sparar inget där.",
            partner=party_name(result, who),
            amount=million(
                float(result.futures["yearly_partner_payment"].sel(party=who).sum()), 0.0, 1
            ),
        )
        for who in dict.fromkeys(paid)
    )


def _money(result: Result, found: Estimate) -> str:
    error = 0.0 if found.influence is None else error_of(result, np.asarray(found.influence))
    return million(found.value or 0.0, error, 1)


def _often(result: Result, found: Estimate) -> str:
    error = 0.0 if found.influence is None else error_of(result, np.asarray(found.influence))
    return futures(Figure("", "", found.value, max(error, found.least), "share", None))
