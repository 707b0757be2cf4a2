"""A contract paid out from its text, one outcome at a time, in exact decimals and fractions.

Standard library only, written from docs/metod.md and not from the program. It is handed the
contract as plain dicts and lists with every number as its value, and keeps money in whole öre.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.reference.contract_money import MOST, away, even, exact, half_up, of, ore, parts

Plain = Mapping[str, Any]
Day = dt.date
UNIT = {"ore": 1, "krona": 100, "hundra_kronor": 10**4, "tusen_kronor": 10**5}


@dataclass
class Case:
    """One outcome.

    Attributes:
        drawn: öre.
        delivered: whether the activity was carried out.
        measures: by id; money in öre, others as fractions.
        money: the measures in money.
        left_in: year in which the investor leaves, or 0.
        taken: how many drawdowns are made, where not all of them are.
    """

    drawn: int
    delivered: bool
    measures: Mapping[str, Any]
    money: frozenset[str]
    left_in: int = 0
    taken: int | None = None

    def level(self, measure: str, value: float) -> Any:
        """Return a level in the unit of its measure."""
        return ore(value) if measure in self.money else exact(value)


@dataclass
class Lender:
    """What a tranche has lent, by day of drawdown, and got so far."""

    lent: list[int]
    got: dict[Day, int] = field(default_factory=dict)
    covered: int = 0
    loss: int = 0

    @property
    def drawn(self) -> int:
        """All that it has lent."""
        return sum(self.lent)


@dataclass
class Answer:
    """What is paid: by clause, group, day, lender and guarantor; and by whom, day by day."""

    clauses: dict[str, int]
    groups: dict[str, int]
    uncapped: int
    by_day: dict[Day, int]
    redemption: int
    lenders: dict[str, Lender]
    guarantors: dict[str, int]
    payers: dict[str, dict[Day, int]]

    @property
    def payment(self) -> int:
        """The sum of all days."""
        return sum(self.by_day.values())


class Contract:
    """A contract, to be paid out on one outcome."""

    def __init__(self, text: Plain, case: Case) -> None:
        self.text, self.case = text, case
        self.lent_on = sorted(text["drawn_on"])[: case.taken]
        self.lent = parts(case.drawn, len(self.lent_on))
        self.unit = UNIT[text["rounding"]]

    def coarse(self, amount: int) -> int:
        """Return an amount in the units of the contract."""
        return away(Fraction(amount, self.unit)) * self.unit

    def owed(self, rate: float, lent: list[int], got: Mapping[Day, int], day: Day) -> int:
        """Return what is paid on a day to return ``rate`` a year, act/365, never below nothing."""
        with localcontext() as context:
            context.prec = 60
            growth = Decimal(1) + Decimal(repr(float(rate)))
            balance = Decimal(0)
            flows = list(zip(self.lent_on, lent, strict=True))
            flows += [(when, -amount) for when, amount in got.items()]
            for when, amount in flows:
                if when <= day:
                    balance += amount * growth ** (Decimal((day - when).days) / Decimal(365))
            held = min(max(balance, Decimal(0)), Decimal(MOST))
            return int((held + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR"))

    def limit(self, bound: Plain, lent: list[int], day: Day) -> int:
        """Return a limit in öre."""
        if bound["amount"] is not None:
            return ore(bound["amount"])
        if bound["of_drawn"] is not None:
            return of(sum(lent), bound["of_drawn"])
        if bound["irr"] is not None:
            return self.owed(bound["irr"], lent, {}, day)
        return MOST

    def clause(self, one: Plain) -> dict[Day, int]:
        """Return what a clause pays by day, its gate and its rounding in."""
        due: dict[Day, int] = {}
        gate = one["gate"]
        passes = gate is None or self.case.measures[gate["measure"]] > self.case.level(
            gate["measure"], gate["above"]
        )
        for day, amount in getattr(self, one["type"])(one, one["pays_on"] or self.text["pays_on"]):
            due[day] = due.get(day, 0) + (self.coarse(amount) if passes else 0)
        return {day: amount if self.still(day) else 0 for day, amount in due.items()}

    def still(self, day: Day) -> bool:
        """Whether the investor is still there."""
        left = [one for one in self.text["redemptions"] if one["day"].year == self.case.left_in]
        return all(day <= one["day"] for one in left)

    # ---- Each clause yields (day, öre) ---------------------------------------------------------

    def guarantee(self, one: Plain, day: Day) -> Iterator[tuple[Day, int]]:
        """A share of the drawn amount."""
        done = self.case.delivered or not one["requires_delivery"]
        yield day, of(self.case.drawn, one["share"]) if done else 0

    def linear_share(self, one: Plain, day: Day) -> Iterator[tuple[Day, int]]:
        """A share of what lies between two amounts."""
        low, high = (self.limit(one[key], self.lent, day) for key in ("above", "up_to"))
        between = max(min(self.case.measures[one["measure"]], high) - low, 0)
        paid = of(between, one["share"])
        yield day, min(paid, self.limit(one["cap"], self.lent, day))

    def tiers(self, one: Plain, day: Day) -> Iterator[tuple[Day, int]]:
        """The amount of the highest step reached."""
        measure = one["measure"]
        reached = [
            tier
            for tier in one["tiers"]
            if self.case.measures[measure] >= self.case.level(measure, tier["at"])
        ]
        yield day, self.limit(reached[-1]["pays"], self.lent, day) if reached else 0

    def ladder(self, one: Plain, day: Day) -> Iterator[tuple[Day, int]]:
        """A straight line between rungs, flat outside."""
        name, rungs = one["measure"], one["rungs"]
        x = self.case.measures[name]
        if name not in self.case.money:
            x = Fraction(even(x * 10**12), 10**12)
        knots = [
            (self.case.level(name, rung["at"]), self.limit(rung["pays"], self.lent, day))
            for rung in rungs
        ]
        if x <= knots[0][0]:
            yield day, knots[0][1]
        elif x >= knots[-1][0]:
            yield day, knots[-1][1]
        else:
            for (a, low), (b, high) in pairwise(knots):
                if a <= x < b:
                    yield day, low + half_up((high - low) * Fraction(x - a) / Fraction(b - a))

    def rate_card(self, one: Plain, day: Day) -> Iterator[tuple[Day, int]]:
        """A price for each claim."""
        room = self.limit(one["cap"], self.lent, day)
        if one["per_person"] is not None:
            each = one["per_person"]
            room = min(room, self.count(each["measure"]) * ore(each["amount"]))
        dated = [(line["pays_on"] or day, line) for line in one["lines"]]
        for when, line in sorted(dated, key=lambda pair: pair[0]):
            claims = self.count(line["measure"])
            if line["most_claims"] is not None:
                claims = min(claims, int(line["most_claims"]))
            full = claims * ore(line["price"])
            paid = full - of(full, one["discount"])
            paid = min(paid, self.limit(line["cap"], self.lent, when), room)
            room -= paid
            yield when, paid

    def count(self, measure: str) -> int:
        """Return a number of claims."""
        return half_up(max(Fraction(self.case.measures[measure]), Fraction(0)))

    def trigger(self, one: Plain, day: Day) -> Iterator[tuple[Day, int]]:
        """All if any cohort, or else all of them together, is good enough."""
        values, pooled = self.case.measures, one["pooled"]
        holds = any(values[key] >= self.case.level(key, one["at"]) for key in one["cohorts"])
        holds = holds or values[pooled] >= self.case.level(pooled, one["pooled_at"])
        yield day, self.limit(one["pays"], self.lent, day) if holds else 0

    def coupon(self, one: Plain, _: Day) -> Iterator[tuple[Day, int]]:
        """Interest on what remains, and what is repaid."""
        left = self.case.drawn
        for year in one["periods"]:
            rate = one["otherwise"]
            for step in one["steps"]:
                level = self.case.level(year["measure"], step["at"])
                if self.case.measures[year["measure"]] >= level:
                    rate = step["rate"]
            back = min(of(self.case.drawn, year["repays"]), left)
            yield year["pays_on"], max(of(left, rate), of(left, year["floor"])) + back
            left -= back

    # ---- The whole -----------------------------------------------------------------------------

    def hold(self, due: Mapping[Day, int], cap: Plain, least: Plain) -> dict[Day, int]:
        """Return payments held between cap and floor, day by day."""
        paid: dict[Day, int] = {}
        for day in sorted(due):
            so_far = sum(paid.values())
            wanted = so_far + due[day]
            if day == max(due) and not self.case.left_in:
                wanted = max(wanted, self.bound(least, paid, day))
            paid[day] = max(min(wanted, self.bound(cap, paid, day)), so_far) - so_far
        return paid

    def bound(self, bound: Plain, paid: Mapping[Day, int], day: Day) -> int:
        """Return a limit on the sum up to a day."""
        if bound["irr"] is None:
            return self.coarse(self.limit(bound, self.lent, day))
        return sum(paid.values()) + self.coarse(self.owed(bound["irr"], self.lent, paid, day))

    def answer(self) -> Answer:
        """Return everything that is paid."""
        text = self.text
        clauses = {one["id"]: self.clause(one) for one in text["clauses"]}
        grouped: dict[str, dict[Day, int]] = {}
        loose = dict(clauses)
        for group in text["groups"]:
            inside = add(loose.pop(key) for key in group["clauses"])
            grouped[group["id"]] = self.hold(inside, group["cap"], group["floor"])
        due = add([*loose.values(), *grouped.values()])
        by_day = self.hold(due, text["cap"], text["floor"])
        redemption = 0
        for one in text["redemptions"]:
            if one["day"].year == self.case.left_in:
                redemption = self.coarse(of(self.case.drawn, one["share"]))
                by_day[one["day"]] = by_day.get(one["day"], 0) + redemption
        lenders = self.lenders(by_day)
        return Answer(
            {key: sum(days.values()) for key, days in clauses.items()},
            {key: sum(days.values()) for key, days in grouped.items()},
            sum(due.values()),
            by_day,
            redemption,
            lenders,
            self.cover(lenders, max(by_day)),
            self.payers(clauses, grouped, by_day),
        )

    def payers(
        self,
        clauses: Mapping[str, dict[Day, int]],
        grouped: Mapping[str, dict[Day, int]],
        by_day: dict[Day, int],
    ) -> dict[str, dict[Day, int]]:
        """Return what everybody pays: of clauses, then of groups, then of the whole."""
        text = self.text
        if not text["payers"]:
            return {text["payer"]: by_day}
        due = {key: self.by_shares(key, days) for key, days in clauses.items()}
        for group in text["groups"]:
            several = group["clauses"]
            inside = together([due.pop(key) for key in several])
            due[f"group {group['id']}"] = self.carry(inside, grouped[group["id"]], several)
        return self.carry(together(due.values()), by_day, list(clauses))

    def weights(self, clauses: list[str]) -> dict[str, int]:
        """Return how many millionths of some clauses everybody pays, added up."""
        found = {one["party"]: 0 for one in self.text["payers"]}
        for key in clauses:
            named = [one for one in self.text["payers"] if key in (one["clauses"] or [])]
            rest = [one for one in self.text["payers"] if one["clauses"] is None]
            for one in named or rest:
                whole = one["share"] is None
                found[one["party"]] += 10**6 if whole else even(exact(one["share"]) * 10**6)
        return found

    def by_shares(self, key: str, days: dict[Day, int]) -> dict[str, dict[Day, int]]:
        """Return what everybody pays of a clause."""
        found: dict[str, dict[Day, int]] = {one["party"]: {} for one in self.text["payers"]}
        for day, amount in days.items():
            for party, part in in_proportion(amount, self.weights([key])).items():
                found[party][day] = part
        return found

    def carry(
        self, due: dict[str, dict[Day, int]], paid: dict[Day, int], clauses: list[str]
    ) -> dict[str, dict[Day, int]]:
        """Return what everybody pays of an amount that caps have cut and floors have lifted."""
        lifts = self.weights(clauses)
        found: dict[str, dict[Day, int]] = {party: {} for party in due}
        for day, amount in paid.items():
            today = {party: days.get(day, 0) for party, days in due.items()}
            asked = sum(today.values())
            below = in_proportion(min(amount, asked), today)
            above = in_proportion(max(amount - asked, 0), lifts)
            for party in due:
                found[party][day] = below[party] + above[party]
        return found

    def lenders(self, by_day: Mapping[Day, int]) -> dict[str, Lender]:
        """Return what every tranche lends and gets."""
        text = self.text
        principal = {one["id"]: ore(one["principal"]) for one in text["tranches"]}
        lenders: dict[str, Lender] = {}
        left = self.lent
        for place, (name, amount) in enumerate(principal.items()):
            drawn = half_up(Fraction(self.case.drawn * amount, sum(principal.values())))
            lent = parts(min(drawn, sum(left)), len(left))
            lenders[name] = Lender(left if place == len(principal) - 1 else lent)
            left = [whole - part for whole, part in zip(left, lent, strict=True)]
        stepped = [0] * len(text["waterfall"])
        for day in sorted(by_day):
            money = by_day[day]
            for place, step in enumerate(text["waterfall"]):
                lender, bound = lenders[step["tranche"]], step["up_to"]
                if bound["irr"] is not None:
                    room = self.owed(bound["irr"], lender.lent, lender.got, day)
                else:
                    room = self.limit(bound, lender.lent, day) - stepped[place]
                takes = min(max(room, 0), money)
                if place == len(stepped) - 1:
                    takes = money
                stepped[place] += takes
                lender.got[day] = lender.got.get(day, 0) + takes
                money -= takes
        return lenders

    def cover(self, lenders: Mapping[str, Lender], last: Day) -> dict[str, int]:
        """Fill in the losses, and return what every guarantor pays."""
        for lender in lenders.values():
            lender.loss = max(lender.drawn - sum(lender.got.values()), 0)
        found = {}
        for one in self.text["guarantors"]:
            lender = lenders[one["tranche"]]
            cap = self.limit(one["cap"], lender.lent, last)
            pays = min(of(lender.loss, one["share"]), cap)
            found[one["id"]] = pays
            lender.loss -= pays
            lender.covered += pays
        return found


def in_proportion(amount: int, to: Mapping[str, int]) -> dict[str, int]:
    """Return an amount in proportion; running sums are rounded, in the order that stands."""
    found, whole, before = {}, max(sum(to.values()), 1), 0
    for place, party in enumerate(to):
        so_far = half_up(Fraction(amount * sum(list(to.values())[: place + 1]), whole))
        found[party] = so_far - before
        before = so_far
    return found


def together(several: Any) -> dict[str, dict[Day, int]]:
    """Return what everybody pays of several, day by day."""
    several = list(several)
    parties = list(several[0]) if several else []
    return {party: add(one[party] for one in several) for party in parties}


def add(several: Any) -> dict[Day, int]:
    """Return payments of several, day by day."""
    found: dict[Day, int] = {}
    for days in several:
        for day, amount in days.items():
            found[day] = found.get(day, 0) + amount
    return found
