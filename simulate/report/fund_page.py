"""What the page of a fund shows, beside what every page shows."""

from __future__ import annotations

from models.language import say
from simulate.aterforing.cases import case_lines
from simulate.language.numbers import one_of
from simulate.report import (
    fund_budget,
    fund_decision,
    fund_method,
    fund_sentences,
    fund_tables,
    gains,
    tables,
)
from simulate.report.draw_paths import balance_svg, fan_pictures, payback_pictures
from simulate.report.paths import balance_path
from simulate.report.phrases import Fact, futures, party_name, payback, sek, share
from simulate.report.style import Picture, as_uri
from simulate.run import Result
from simulate.scenario.tree.party import MUNICIPALITY


def context(result: Result) -> dict[str, object]:
    """Return what the template of a fund needs."""
    return {
        "answers": fund_sentences.answers(result),
        "lead": lead(result),
        "rule": fund_sentences.rule_in_words(result),
        "namnder": fund_tables.by_namnd(result),
        "frames": fund_tables.frames(result),
        "heat": fund_tables.heat(result),
        "balance": balance_picture(result),
        "solvency": fund_sentences.solvency(result),
        "further": fund_sentences.further(result),
        "interest": fund_tables.interest(result),
        "unfinished": fund_sentences.unfinished(result),
        "overrun": fund_sentences.overrun(result),
        "partners": fund_sentences.partners(result),
        "provisos": fund_tables.provisos(result),
        "rules_apart": fund_sentences.rules_apart(result),
        "rules": fund_sentences.all_rules(result),
        "gains": gains.rows(result),
        "investments": fund_tables.by_investment(result),
        "fans": fan_pictures(result),
        "exposure": tables.exposure(result),
        "budgets": tuple(fund_budget.budgets(result)),
        "next_budget": fund_budget.next_budget(result),
        "accounts": fund_budget.accounts(result),
        "operations": tuple(fund_budget.operations(result)),
        "background": fund_decision.background(result),
        "proposal": fund_decision.proposal(result),
        "perspectives": fund_decision.perspectives(result),
        "one_purse": fund_decision.one_purse(result),
        "follow_up": fund_decision.follow_up(result),
        "first_sign": fund_decision.first_sign(result),
        "targets": fund_decision.targets(result),
        "paybacks": payback_pictures(result),
        "standing": fund_sentences.standing(),
        "parties": tables.everything(result),
        "gain_tables": tables.gains(result),
        "method": fund_method.method(result),
    }


def lead(result: Result) -> tuple[Fact, ...]:
    """Return the few figures that stand under the answer."""
    key = fund_sentences.most_at_risk(result)
    fund = result.with_fund.fund.party
    p, gap, low = (
        result.figure("p_gap", key),
        result.figure("gap_mean", key),
        result.figure("balance_min_p05"),
    )
    return (
        Fact(
            "p_gap",
            say("Störst risk bland nämnderna"),
            share(p),
            say("{namnd}: {futures}", namnd=party_name(result, key), futures=futures(p)),
            key,
        ),
        Fact("gap_mean", say("Samma nämnd återför för mycket"), sek(gap), say("i genomsnitt"), key),
        Fact("", say("Återbetalningstid, fonden"), *payback(result, fund)),
        Fact("", say("Återbetalningstid, kommunen som helhet"), *payback(result, MUNICIPALITY)),
        Fact(
            "balance_min_p05",
            say("Fondens lägsta saldo"),
            sek(low),
            say("i alla framtider")
            if low.atom == 1.0
            else say("lägre i högst en framtid av tjugo"),
            fund,
        ),
        *enough(result),
        *gains.facts(result),
    )


def enough(result: Result) -> tuple[Fact, ...]:
    """Return, for each line of prevented cases, how likely enough of them are prevented."""
    return tuple(
        Fact(
            "p_beyond_break_even",
            say("Chans att tillräckligt många fall undviks"),
            share(result.figure("p_beyond_break_even", key)),
            say(
                "{title}: det räcker med en person av {among}",
                title=party_name(result, key),
                among=one_of(result.figure("break_even_share", key).value or 0.0),
            ),
            key,
        )
        for key in case_lines(result.with_fund)
    )


def balance_picture(result: Result) -> Picture:
    """Return the fund's balance."""
    path = balance_path(result)
    return Picture(
        as_uri(balance_svg(path)),
        path.alt(),
        say(
            "Fondens saldo vid varje års slut: enligt planen, och om det lägsta av plan "
            "och realiserat återförs. Det mörka bandet är hälften av framtiderna, det ljusa nio av "
            "tio."
        ),
    )
