"""A fund, future by future in exact fractions: knows nothing of the engine and uses none of it.

Read against the design of återföring, not against the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

World = Mapping[str, Any]
Place = tuple[int, str]
Money = Mapping[Place, int]


def ore(sek: Fraction) -> int:
    """Return whole öre, half away from zero."""
    size = abs(sek) * 100
    whole = floor(size + Fraction(1, 2))
    return -whole if sek < 0 else whole


def part(amount: int, share: float) -> int:
    """Return a share of an amount: the share in whole millionths, the result half up."""
    millionths = floor(Fraction(share) * 1_000_000 + Fraction(1, 2))
    return floor(Fraction(amount * millionths, 1_000_000) + Fraction(1, 2))


@dataclass
class Books:
    """What happens to one fund in one future, in öre by (year, party) or by year."""

    planned: dict[Place, int] = field(default_factory=dict)
    realised: dict[Place, int] = field(default_factory=dict)
    matured: dict[Place, int] = field(default_factory=dict)
    owed: dict[Place, int] = field(default_factory=dict)
    paid: dict[Place, int] = field(default_factory=dict)
    granted: dict[int, int] = field(default_factory=dict)
    spent: dict[Place, int] = field(default_factory=dict)
    balance: list[int] = field(default_factory=list)
    plans: list[tuple[int, int, int]] = field(default_factory=list)
    expected: dict[int, int] = field(default_factory=dict)
    count: int = 0
    insolvent: bool = False

    def gap(self, namnd: str) -> int:
        """Return what a nämnd returns beyond what it saves, year by year."""
        places = {place for place in (*self.owed, *self.realised) if place[1] == namnd}
        return sum(max(self.owed.get(p, 0) - self.realised.get(p, 0), 0) for p in places)


def plan_of(investment: World, medians: World, namnder: set[str]) -> dict[Place, int]:
    """Return the plan: as stated and split, or what the effects save at their medians."""
    found: dict[Place, int] = {}
    if investment["aterforing"] is not None:
        for year, amount in investment["aterforing"].items():
            left = whole = ore(Fraction(amount))
            split = investment["split"]
            split = split.get(year, split)
            names = list(split)
            for name in names[:-1]:
                share = part(whole, split[name])
                found[int(year), name] = found.get((int(year), name), 0) + share
                left -= share
            last = (int(year), names[-1])
            found[last] = found.get(last, 0) + left
        return found
    effects = medians["effects"]
    for effect in effects:
        if effect["falls_on"] in namnder:
            for year in counted(effect, effects):
                place = (int(year), effect["falls_on"])
                found[place] = found.get(place, 0) + ore(saving(effect, effects, year))
    return {place: max(amount, 0) for place, amount in found.items()}


COUNTED = {
    "days": "days",
    "units": "units",
    "amount": "amounts",
    "person_days": "persons",
    "person_years": "persons",
    "cost_ratio": "persons",
    "percentage": "shares",
    "cases": "spread",
}


def replaced(effect: World, effects: list[World]) -> World:
    """Return the line in whose place one comes; any other line is its own."""
    if effect["type"] != "substitution":
        return effect
    return next(one for one in effects if one["id"] == effect["of"])


def counted(effect: World, effects: list[World]) -> Mapping[str, float]:
    """Return what an effect line counts, by year."""
    line = replaced(effect, effects)
    found: Mapping[str, float] = line[COUNTED[line["type"]]]
    return found


def grown(exponent: float) -> Fraction:
    """Return e to a power by its series, to more than thirty decimals within ±5."""
    total = term = Fraction(1)
    for k in range(1, 70):
        term = (term * Fraction(exponent) / k).limit_denominator(10**60)
        total += term
    return total


def gross(effect: World, effects: list[World], year: str) -> Fraction:
    """Return what an effect line saves in a year before anything is cashable, in kronor."""
    kind = effect["type"]
    if kind == "substitution":
        share = Fraction(held(effect["share"], year))
        return -share * gross(replaced(effect, effects), effects, year)
    count = Fraction(counted(effect, effects)[year])
    if kind == "person_days":
        days = count * Fraction(effect["days_avoided"])
        return days * Fraction(effect["price"]) / Fraction(effect["window"])
    if kind == "person_years":
        part = Fraction(1 if effect["part"] is None else effect["part"])
        return count * Fraction(effect["avoided"][year]) * Fraction(effect["price"]) * part
    if kind == "cost_ratio":
        before = count * Fraction(effect["cost_per_person"]) / Fraction(effect["per"])
        return before - before * grown(effect["effect"])
    return by_hand(effect, count)


def by_hand(effect: World, count: Fraction) -> Fraction:
    """Return what a line saves whose sign is stated, or that counts cases."""
    kind = effect["type"]
    if kind == "cases":
        fewer = Fraction(effect["persons"]) * Fraction(effect["risk"])
        return fewer * Fraction(effect["reduction"]) * Fraction(effect["price"]) * count
    sign = -1 if effect["direction"] == "more" else 1
    if kind == "percentage":
        return sign * count * Fraction(effect["cost"])
    if kind == "amount":
        return sign * count
    each = Fraction(1 if effect.get("each") is None else effect["each"])
    return sign * count * each * (Fraction(effect["price"]) - Fraction(effect["instead"] or 0))


def saving(effect: World, effects: list[World], year: str) -> Fraction:
    """Return what an effect line saves in a year and can be taken home, in kronor.

    What grows is paid for in full unless the line has a share for it. A line that is counted by
    hand states which way it goes, and has one share.
    """
    before = gross(effect, effects, year)
    if before < 0 and "direction" not in effect:
        paid = effect["cashable_growth"]
        return before if paid is None else before * Fraction(held(paid, year))
    return before * Fraction(held(effect["cashable"], year))


def held(share: float | Mapping[str, float], year: str) -> float:
    """Return a share in a year: what was last stated, or the first where nothing was yet."""
    if not isinstance(share, Mapping):
        return share
    now = share[sorted(share)[0]]
    for when in range(1900, int(year) + 1):
        now = share.get(str(when), now)
    return now


def level(effect: World, effects: list[World]) -> Fraction:
    """Return how much of a line comes true: of a substitution no more than of what it replaces."""
    own = Fraction(1 if effect["realised"] is None else effect["realised"])
    if effect["type"] == "substitution":
        own *= level(replaced(effect, effects), effects)
    return own


def occurs(key: str, effect: World, one: World, chances: Mapping[str, float]) -> int:
    """Return 1 where an effect occurs; what replaces a saving occurs only with it.

    An event of the investment happens for all lines that name it, or for none.
    """
    own, effects = 1, one["effects"]
    if (event := effect["event"]) is not None:
        own = int(Fraction(chances[f"{key}.events.{event}"]) < Fraction(one["events"][event]))
    if effect["occurs"] is not None:
        own *= int(Fraction(chances[f"{key}.{effect['id']}"]) < Fraction(effect["occurs"]))
    if effect["type"] == "substitution":
        own *= occurs(key, replaced(effect, effects), one, chances)
    return own


def due_of(terms: World, investment: World, plan: Money, real: Money, world: World) -> Money:
    """Return what is owed for an investment by year of the saving, before it can be abolished."""
    namnder = [key for key, one in world["parties"].items() if one["type"] == "namnd"]
    years = range(world["first_year"], world["last_year"] + 1)
    granted = sum(ore(Fraction(amount)) for amount in investment["costs"].values())
    saved = {place: max(amount, 0) for place, amount in real.items() if place[1] in namnder}
    due: dict[Place, int] = {}
    for year in years:
        for namnd in namnder:
            p, q = plan.get((year, namnd), 0), saved.get((year, namnd), 0)
            due[year, namnd] = {
                "planned": p,
                "lesser": min(p, q),
                "realised_share": round(q * Fraction(1 if (s := terms["share"]) is None else s)),
                "until_repaid": q,
            }[terms["rule"]]
    if terms["gap"] != "fund":
        extra: dict[Place, int] = {}
        for namnd in namnder:
            behind = paid = 0
            for year in years:
                behind += plan.get((year, namnd), 0) - due[year, namnd]
                more = max(behind - paid, 0)
                paid += more
                payer = namnd if terms["gap"] == "namnd" else investment["provider"]
                extra[year, payer] = extra.get((year, payer), 0) + more
        due = {place: due.get(place, 0) + extra.get(place, 0) for place in {*due, *extra}}
    limits = [granted] if terms["rule"] == "until_repaid" else []
    if terms["ceiling"] is not None:
        limits.append(part(granted, terms["ceiling"]))
    for limit in limits:
        due = cut(due, limit)
    return due


def cut(due: Money, limit: int) -> dict[Place, int]:
    """Return what is owed up to a limit; in the year that reaches it all pay in proportion."""
    found, left = {}, limit
    for year in sorted({year for year, _ in due}):
        here = {place: amount for place, amount in due.items() if place[0] == year}
        total = sum(here.values())
        share = Fraction(min(total, left), total) if total else Fraction(0)
        found |= {place: round(amount * share) for place, amount in here.items()}
        left -= min(total, left)
    return found


def ended(world: World, chances: Mapping[str, float]) -> float:
    """Return the first year in which nothing is owed, found year by year."""
    abolished = world["fund"]["aterforing"]["abolished"]
    if abolished is None:
        return float("inf")
    year, alive = abolished["first_year"], 1.0
    while year < 10_000:
        alive *= 1.0 - abolished["hazard"]
        if chances["fund.abolished"] < 1.0 - alive:
            return float(year)
        year += 1
    return float("inf")


def live(world: World, medians: World, chances: Mapping[str, float]) -> Books:
    """Return the books of one future."""
    books = Books()
    namnder = {key for key, one in world["parties"].items() if one["type"] == "namnd"}
    common = Fraction(world["fund"]["common_factor"] or 1)
    end = ended(world, chances)
    for key, investment in world["investments"].items():
        plan = plan_of(investment, medians["investments"][key], namnder)
        real = real_of(world, key, plan, chances)
        for place in {*plan, *real}:
            books.planned[place] = books.planned.get(place, 0) + plan.get(place, 0)
            books.realised[place] = books.realised.get(place, 0) + real.get(place, 0)
        terms = investment["terms"] or world["fund"]["aterforing"]
        mature(books, real, terms["lag"])
        begun = max(investment["granted"].year, world["first_year"])
        for (year, _), amount in plan.items():
            books.plans.append((begun, year + terms["lag"], amount))
        for (year, who), due in due_of(terms, investment, plan, real, world).items():
            when = year + terms["lag"]
            if when >= end:
                continue
            books.owed[year, who] = books.owed.get((year, who), 0) + due
            books.paid[when, who] = books.paid.get((when, who), 0) + due
        for year, amount in investment["costs"].items():
            grant = ore(Fraction(amount))
            books.granted[int(year)] = books.granted.get(int(year), 0) + grant
            over = ore(Fraction(grant, 100) * Fraction(investment["overrun"] or 0))
            payer = (int(year), investment["provider"])
            books.spent[payer] = books.spent.get(payer, 0) + grant + over
    run_the_fund(world, books, common, end)
    return books


def real_of(
    world: World, key: str, plan: Mapping[Place, int], chances: Mapping[str, float]
) -> dict[Place, int]:
    """Return what an investment saves, by year and party."""
    investment = world["investments"][key]
    shared = Fraction(world["fund"]["common_factor"] or 1)
    for one in world["fund"]["common_factors"].values():
        if key in one["on"]:
            power = 1.0 if one["loading"] is None else one["loading"]
            shared *= Fraction(one["factor"] ** power)
    real: dict[Place, int] = {}
    for effect in investment["effects"]:
        if effect["type"] == "plan_share":
            for place, amount in plan.items():
                more = ore(shared * Fraction(effect["share"]) * Fraction(amount, 100))
                real[place] = real.get(place, 0) + more
            continue
        true = shared * level(effect, investment["effects"])
        true *= occurs(key, effect, investment, chances)
        for year in counted(effect, investment["effects"]):
            place = (int(year), effect["falls_on"])
            saved = true * saving(effect, investment["effects"], year)
            real[place] = real.get(place, 0) + ore(saved)
    return real


def mature(books: Books, real: Money, lag: int) -> None:
    """Add what is saved to the years in which the return for it falls."""
    for (year, who), amount in real.items():
        when = (year + lag, who)
        books.matured[when] = books.matured.get(when, 0) + amount


def run_the_fund(world: World, books: Books, common: Fraction, end: float) -> None:
    """Live the fund year by year, one further grant after the other."""
    fund, first, last = world["fund"], world["first_year"], world["last_year"]
    grants, lag = fund["grants"], fund["aterforing"]["lag"]
    named = world["investments"].values()
    due = dict(books.granted)  # what must be paid on everything, by year
    money = 0
    for year in range(first, last + 1):
        money += ore(Fraction(fund["capital"].get(str(year), 0)))
        for one in fund["top_ups"]:
            money += ore(Fraction(one["amount"])) if floor(one["year"] + 0.5) == year else 0
        if grants is not None and grants["first_year"] <= year <= grants["last_year"]:
            later = 0
            for one in named:
                if one["granted"].year > year:
                    later += sum(ore(Fraction(amount)) for amount in one["costs"].values())
            free = money - sum(amount for when, amount in due.items() if when >= year) + later
            window = range(year, year + grants["planned_ahead"])
            free += sum(amount for begun, when, amount in books.plans
                        if begun <= year and when in window)  # fmt: skip
            free += sum(amount for when, amount in books.expected.items() if when in window)
            for _ in range(grants["per_year"]):
                if free < ore(Fraction(grants["while_free"])):
                    break
                cost, plan = typical(grants, year)
                one_more(world, books, cost, plan, common * Fraction(grants["realised"]), end)
                free -= sum(cost.values())
                free += sum(amount for (saved, _), amount in plan.items() if saved + lag in window)
                for when, amount in cost.items():
                    due[when] = due.get(when, 0) + amount
        broke = money < due.get(year, 0)
        books.insolvent = books.insolvent or broke
        money -= due.get(year, 0)
        money += sum(amount for (when, _), amount in books.paid.items() if when == year)
        books.balance.append(money)


def one_more(
    world: World,
    books: Books,
    cost: Mapping[int, int],
    plan: Money,
    reached: Fraction,
    end: float,
) -> None:
    """Book one further grant, which realises so much of its plan, in the books."""
    books.count += 1
    provider, rules = world["fund"]["grants"]["provider"], world["fund"]["aterforing"]
    lag = rules["lag"]
    real = {place: ore(reached * Fraction(amount, 100)) for place, amount in plan.items()}
    for (saved, _), amount in plan.items():
        books.expected[saved + lag] = books.expected.get(saved + lag, 0) + amount
    for when, amount in cost.items():
        books.spent[when, provider] = books.spent.get((when, provider), 0) + amount
    for place, amount in real.items():
        books.realised[place] = books.realised.get(place, 0) + amount
    mature(books, real, lag)
    made = {
        "costs": {str(when): amount / 100 for when, amount in cost.items()},
        "provider": provider,
    }
    for (saved, who), amount in due_of(rules, made, plan, real, world).items():
        when = saved + lag
        if when < end:
            books.owed[saved, who] = books.owed.get((saved, who), 0) + amount
            books.paid[when, who] = books.paid.get((when, who), 0) + amount


def typical(grants: World, year: int) -> tuple[dict[int, int], dict[Place, int]]:
    """Return what one further grant costs and plans to return, decided in a year."""
    size, parts = ore(Fraction(grants["size"])), grants["paid_over"]
    cost = {year + k: size // parts for k in range(parts)}
    cost[year + parts - 1] += size - sum(cost.values())
    plan = {
        (year + int(after), grants["namnd"]): part(size, share)
        for after, share in grants["plan"].items()
    }
    return cost, plan
