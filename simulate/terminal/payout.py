"""A payout on stated outcomes, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from models.language import named, say
from simulate.contract import money
from simulate.contract.held import order
from simulate.contract.money import Ore
from simulate.contract.pay import Payout
from simulate.contract.payers import in_all
from simulate.contract.stated import Stated
from simulate.language.numbers import amount_exact, percent
from simulate.scenario.tree.scenario import ContractScenario
from simulate.value.irr import irr

Paid = list[tuple[str, Stated, Payout]]


def as_plain(scenario: ContractScenario, paid: Paid) -> str:
    """Return payouts as JSON, in SEK with whole öre: one object, or a list of cases."""
    plain = [
        {"scenario": scenario.id, **_plain(scenario, *one), "irr": returned(scenario, *one[1:])}
        for one in paid
    ]
    for one in plain:
        one["unstated"] = list(scenario.contract.unstated)
    return json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=1)


def _plain(
    scenario: ContractScenario, title: str, stated: Stated, payout: Payout
) -> dict[str, object]:
    given = {"drawn_sek": stated.drawn_sek, "delivered": stated.delivered, **stated.readings}
    return {
        **({"case": title} if title else {}),
        "given": given,
        "payment_sek": int(payout.payment[0]) / 100,
        "clauses": {key: int(part[0]) / 100 for key, part in payout.clauses.items()},
        "uncapped_sek": int(payout.uncapped[0]) / 100,
        **_more(payout, {one.id: one.party for one in scenario.contract.tranches}),
    }


def _more(payout: Payout, parties: Mapping[str, str]) -> dict[str, object]:
    """What only some contracts have: several days, groups, a way out, tranches, guarantors."""
    found: dict[str, object] = {}
    if len(payout.by_day) > 1:
        found["by_day"] = {str(day): int(paid[0]) / 100 for day, paid in _days(payout)}
    if len(payout.payers) > 1:
        found["payers"] = {party: paid / 100 for party, paid in _paid_by(payout)}
    if payout.groups:
        found["groups"] = {key: int(paid[0]) / 100 for key, paid in payout.groups.items()}
    if int(payout.redemption[0]):
        found["redemption_sek"] = int(payout.redemption[0]) / 100
    if payout.parts.tranches:
        found["tranches"] = {
            key: {
                "party": parties[key],
                "drawn_sek": int(one.drawn[0]) / 100,
                "paid_sek": int(one.paid[0]) / 100,
                "covered_sek": int(one.covered[0]) / 100,
                "loss_sek": int(one.loss[0]) / 100,
            }
            for key, one in payout.parts.tranches.items()
        }
    if payout.parts.guarantors:
        guarantors = payout.parts.guarantors
        found["guarantors"] = {key: int(paid[0]) / 100 for key, paid in guarantors.items()}
    return found


def _paid_by(payout: Payout) -> list[tuple[str, int]]:
    """Return what each party pays in all, in öre."""
    return [(party, int(paid[0])) for party, paid in in_all(payout.payers).items()]


def _days(payout: Payout) -> list[tuple[date | None, Ore]]:
    return sorted(payout.by_day.items(), key=lambda item: order(item[0]))


def returned(scenario: ContractScenario, stated: Stated, payout: Payout) -> float | None:
    """Return the yearly return on the dated flows; ``None`` where it is undefined."""
    days = scenario.contract.draw_days
    drawn = np.atleast_1d(money.ore(stated.drawn_sek))
    flows = dict[date, int]()
    for day, lent in zip(days, money.instalments(drawn, len(days))[0], strict=True):
        flows[day] = flows.get(day, 0) - int(lent)
    for when, paid in payout.by_day.items():
        day = scenario.contract.pays_on if when is None else when
        flows[day] = flows.get(day, 0) + int(paid[0])
    order_of = tuple(sorted(flows))
    rate = irr(order_of, np.array([[float(flows[day]) for day in order_of]])).rate[0]
    return None if np.isnan(rate) else round(float(rate), 12)


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
    """Yield a payout line by line: what was drawn, every amount in a column, who pays."""
    rows = list(_rows(scenario, payout))
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
    rate = returned(scenario, stated, payout)
    if rate is not None:
        yield say("Effektiv årlig avkastning (IRR): {rate}", rate=percent(rate, most=2))
    for party, part in _paid_by(payout):
        payer = named(scenario.parties[party].name)
        yield say("Kontraktet kostar {payer} {amount} kr.", payer=payer, amount=amount_exact(part))


def _rows(scenario: ContractScenario, payout: Payout) -> Iterator[tuple[str, int]]:
    """Yield each amount of a payout with its title, öre: clauses, limits, payment, parts."""
    for clause in scenario.contract.clauses:
        yield named(clause.title), int(payout.clauses[clause.id][0])
    uncapped, paid = int(payout.uncapped[0]), int(payout.payment[0])
    redeemed = int(payout.redemption[0])
    for group in scenario.contract.groups:
        before = sum(int(payout.clauses[key][0]) for key in group.clauses)
        held = int(payout.groups[group.id][0])
        if held != before:
            yield say("Tak eller golv för {group}", group=named(group.title)), held - before
    if paid - redeemed != uncapped:
        yield say("Kontraktets tak eller golv"), paid - redeemed - uncapped
    if redeemed:
        yield say("Lösen i förtid"), redeemed
    if scenario.contract.investor is None:
        yield say("Betalning till utföraren"), paid
    else:
        yield say("Betalning till finansiären"), paid
    if len(payout.by_day) > 1:
        for day, one in _days(payout):
            if one[0]:
                yield say("varav den {day}", day=day), int(one[0])
    yield from _parts(scenario, payout)


def _parts(scenario: ContractScenario, payout: Payout) -> Iterator[tuple[str, int]]:
    """Yield what each tranche gets and loses, and what each guarantor pays."""
    for one in scenario.contract.tranches:
        part, title = payout.parts.tranches[one.id], named(one.title)
        yield say("{title}: får", title=title), int(part.paid[0])
        if int(part.covered[0]):
            yield say("{title}: får av garanter", title=title), int(part.covered[0])
        yield say("{title}: förlorar", title=title), int(part.loss[0])
    for guarantor in scenario.contract.guarantors:
        paid = int(payout.parts.guarantors[guarantor.id][0])
        yield say("{title}: betalar", title=named(guarantor.title)), paid
