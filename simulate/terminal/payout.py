"""A payout on stated outcomes, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from models.language import named, say
from simulate.contract.pay import Payout
from simulate.contract.stated import Stated
from simulate.language.numbers import amount_exact
from simulate.scenario.tree.scenario import ContractScenario

Paid = list[tuple[str, Stated, Payout]]


def as_plain(scenario: ContractScenario, paid: Paid) -> str:
    """Return payouts as JSON, in SEK with whole öre: one object, or a list of cases."""
    plain = [{"scenario": scenario.id, **_plain(*one)} for one in paid]
    for one in plain:
        one["unstated"] = list(scenario.contract.unstated)
    return json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=1)


def _plain(title: str, stated: Stated, payout: Payout) -> dict[str, object]:
    given = {"drawn_sek": stated.drawn_sek, "delivered": stated.delivered, **stated.readings}
    return {
        **({"case": title} if title else {}),
        "given": given,
        "payment_sek": int(payout.payment[0]) / 100,
        "clauses": {key: int(part[0]) / 100 for key, part in payout.clauses.items()},
        "uncapped_sek": int(payout.uncapped[0]) / 100,
    }


def as_text(scenario: ContractScenario, paid: Paid) -> str:
    """Return payouts as lines: each clause, the sum, and what public sources do not say."""
    lines = [named(scenario.contract.title)]
    for title, stated, payout in paid:
        lines += ["", named(title)] if title else []
        lines += _lines(scenario, stated, payout)
    if scenario.contract.unstated:
        lines += ["", say("Detta framgår inte av offentliga källor:")]
        lines += [f"- {named(text)}" for text in scenario.contract.unstated]
    return "\n".join(lines)


def _lines(scenario: ContractScenario, stated: Stated, payout: Payout) -> Iterator[str]:
    rows = [
        (named(clause.title), int(payout.clauses[clause.id][0]))
        for clause in scenario.contract.clauses
    ]
    uncapped, paid = int(payout.uncapped[0]), int(payout.payment[0])
    if paid != uncapped:
        rows.append((say("Kontraktets tak eller golv"), paid - uncapped))
    rows.append((say("Betalning till finansiären"), paid))
    width = max(len(title) for title, _ in rows)
    digits = max(len(amount_exact(ore)) for _, ore in rows)
    yield say("Draget belopp: {amount} kr", amount=amount_exact(round(stated.drawn_sek * 100)))
    if stated.delivered:
        yield say("Aktiviteten genomförd enligt avtalet: ja")
    else:
        yield say("Aktiviteten genomförd enligt avtalet: nej")
    for title, ore in rows:
        amount = say("{amount} kr", amount=f"{amount_exact(ore):>{digits}}")
        yield f"  {title:<{width}}  {amount}"
    payer = named(scenario.parties[scenario.contract.payer].name)
    yield say("Kontraktet kostar {payer} {amount} kr.", payer=payer, amount=amount_exact(paid))
