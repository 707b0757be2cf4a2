"""Random term sheets of every kind of clause, and outcomes to pay them out on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from models.quantity import COUNT, POINTS, SHARE, SIGNED_SEK, Dimension
from simulate.contract.terms import Reading, Terms
from simulate.draws.values import Central
from simulate.scenario.resolve import resolve
from simulate.scenario.tree.contract import Contract

Raw = dict[str, Any]
MONEY, SHARES, COUNTS, NUMBERS = ("m1", "m2"), ("s1", "s2", "s3"), ("c1", "c2"), ("p1",)
DIMENSIONS: dict[str, Dimension] = {
    **dict.fromkeys(MONEY, SIGNED_SEK),
    **dict.fromkeys(SHARES, SHARE),
    **dict.fromkeys(COUNTS, COUNT),
    **dict.fromkeys(NUMBERS, POINTS),
}
FIRST, LAST = dt.date(2021, 1, 15), dt.date(2027, 12, 31)


class Sheets:
    """Makes term sheets, the same for the same seed.

    Args:
        seed: of the generator.
    """

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def flip(self, p: float = 0.5) -> bool:
        """Whether something happens."""
        return bool(self.rng.random() < p)

    def pick(self, choices: Any) -> Any:
        """One of several."""
        return choices[int(self.rng.integers(len(choices)))]

    def day(self, first: dt.date = dt.date(2022, 6, 30), last: dt.date = LAST) -> dt.date:
        """A day."""
        return first + dt.timedelta(days=int(self.rng.integers(0, (last - first).days + 1)))

    def kronor(self, most: int = 9_000_000) -> str:
        """An amount, now and then with öre."""
        if self.flip(0.3):
            return f"{self.rng.integers(0, most)}.{self.rng.integers(0, 100):02d} kr"
        return f"{self.rng.integers(0, most // 1000)} tkr"

    def share(self, most: float = 1.0) -> float:
        """A share with few decimals."""
        return round(float(self.rng.uniform(0.0, most)), int(self.rng.integers(1, 5)))

    def bound(self, unlimited: bool = True, irr: bool = True) -> Any:
        """A limit of any form."""
        kind = int(self.rng.integers(0, 4 if irr else 3))
        if kind == 0 and unlimited:
            return "unlimited"
        if kind == 1:
            return {"of_drawn": self.share(2.0)}
        if kind == 3:
            return {"irr": self.share(0.15)}
        return self.kronor()

    def levels(self, measure: str, count: int) -> list[Any]:
        """Rising levels in the unit of a measure."""
        if measure in MONEY:
            return [f"{x} kr" for x in np.sort(self._different(-20_000_00, 90_000_00, count))]
        if measure in SHARES:
            return [f"{x / 10} %" for x in np.sort(self._different(1, 999, count))]
        return [int(x) for x in np.sort(self._different(-5, 60, count))]

    def _different(self, low: int, high: int, count: int) -> Any:
        return low + self.rng.choice(high - low, count, replace=False)

    def rising(self, count: int) -> list[Any]:
        """Limits that rise, all written in the same way."""
        if self.flip():
            return [{"of_drawn": float(x) / 100} for x in np.sort(self._different(0, 150, count))]
        return [f"{x} kr" for x in np.sort(self._different(0, 9_000_000, count))]

    def clause(self, kind: str, name: str) -> Raw:
        """One clause."""
        made: Raw = {"id": name, "title": name, "type": kind, **getattr(self, f"_{kind}")()}
        if self.flip(0.3):
            measure = self.pick(list(DIMENSIONS))
            made["gate"] = {"measure": measure, "above": self.levels(measure, 1)[0]}
        if self.flip(0.4) and kind != "coupon":
            made["pays_on"] = self.day()
        return made

    def _guarantee(self) -> Raw:
        return {"share": self.share(), "requires_delivery": self.flip()}

    def _linear_share(self) -> Raw:
        low, high = self.rising(2)
        return {
            "measure": self.pick(MONEY),
            "share": self.share(),
            "above": low,
            "up_to": high if self.flip(0.7) else "unlimited",
            "cap": self.bound(),
        }

    def _tiers(self) -> Raw:
        measure, count = self.pick(list(DIMENSIONS)), int(self.rng.integers(1, 4))
        steps = zip(self.levels(measure, count), self.rising(count), strict=True)
        return {"measure": measure, "tiers": [{"at": at, "pays": pays} for at, pays in steps]}

    def _ladder(self) -> Raw:
        measure, count = self.pick(list(DIMENSIONS)), int(self.rng.integers(2, 5))
        steps = zip(self.levels(measure, count), self.rising(count), strict=True)
        return {"measure": measure, "rungs": [{"at": at, "pays": pays} for at, pays in steps]}

    def _rate_card(self) -> Raw:
        lines = []
        for place in range(int(self.rng.integers(1, 4))):
            line: Raw = {
                "id": f"line{place}",
                "title": "line",
                "measure": self.pick(COUNTS),
                "price": self.kronor(60_000),
                "most_claims": int(self.rng.integers(0, 50)) if self.flip() else "unlimited",
                "cap": self.bound(),
            }
            if self.flip(0.3):
                line["pays_on"] = self.day()
            lines.append(line)
        card: Raw = {"lines": lines, "discount": self.share(), "cap": self.bound()}
        if self.flip(0.3):
            card["per_person"] = {"measure": self.pick(COUNTS), "amount": self.kronor(50_000)}
        return card

    def _trigger(self) -> Raw:
        low, high = self.levels("s1", 2)
        return {
            "cohorts": ["s1", "s2"],
            "at": high,
            "pooled": "s3",
            "pooled_at": low,
            "pays": self.bound(unlimited=False),
        }

    def _coupon(self) -> Raw:
        measure, count = self.pick(SHARES), int(self.rng.integers(1, 5))
        days = sorted({self.day() for _ in range(count)})
        repaid = [float(np.round(self.share() / len(days), 4)) for _ in days]
        rates = np.sort(self._different(0, 90, 2)) / 1000
        periods = [
            {
                "measure": self.pick(SHARES),
                "pays_on": day,
                "floor": self.share(0.05),
                "repays": back,
            }
            for day, back in zip(days, repaid, strict=True)
        ]
        steps = zip(self.levels(measure, 2), rates, strict=True)
        return {
            "periods": periods,
            "steps": [{"at": at, "rate": float(rate)} for at, rate in steps],
            "otherwise": 0.0 if self.flip() else float(rates[0]),
        }

    def lenders(self) -> Raw:
        """Tranches, the order in which they are paid, and guarantors; or none."""
        count = int(self.rng.integers(2, 5))
        amounts = self.rng.multinomial(10_000, np.full(count, 1 / count)) * 1000
        names = [f"t{place}" for place in range(count)]
        tranches = [
            {"id": name, "title": name, "party": "anybody", "principal": f"{amount} kr"}
            for name, amount in zip(names, amounts, strict=True)
        ]
        steps = [
            {"tranche": self.pick(names), "up_to": self.bound(unlimited=False)}
            for _ in range(int(self.rng.integers(1, 6)))
        ]
        guarantors = [
            {
                "id": f"g{place}",
                "title": "g",
                "party": "anybody",
                "tranche": self.pick(names),
                "share": self.share(),
                "cap": self.bound(),
            }
            for place in range(int(self.rng.integers(0, 3)))
        ]
        last = {"tranche": self.pick(names), "up_to": "unlimited"}
        return {"tranches": tranches, "waterfall": [*steps, last], "guarantors": guarantors}

    def raw(self, kinds: tuple[str, ...]) -> Raw:
        """A term sheet as plain data."""
        count = int(self.rng.integers(1, 6))
        clauses = [self.clause(self.pick(kinds), f"k{place}") for place in range(count)]
        drawn_on = sorted(
            self.day(FIRST, dt.date(2022, 3, 1)) for _ in range(int(self.rng.integers(1, 5)))
        )
        made: Raw = {
            "title": "A term sheet",
            "source": "made up",
            "kind": "assumption",
            "payer": "anybody",
            "committed": "10 mkr",
            "drawn_on": drawn_on,
            "pays_on": LAST if self.flip() else self.day(),
            "cap": self.bound(),
            "floor": self.bound(unlimited=False) if self.flip(0.4) else "0 kr",
            "clauses": clauses,
        }
        if self.flip(0.4):
            made["rounding"] = self.pick(("krona", "hundra_kronor", "tusen_kronor"))
        if self.flip(0.4) and count > 1:
            made["groups"] = self._groups(clauses)
        if self.flip(0.4):
            days = {day.year: day for day in (self.day() for _ in range(2))}
            made["redemptions"] = [
                {"id": f"r{year}", "day": day, "share": self.share()}
                for year, day in sorted(days.items())
            ]
        made |= self.lenders() if self.flip(0.4) else {}
        if self.flip():
            del made["payer"]
            made["payers"] = self._payers([one["id"] for one in clauses])
        return made

    def _payers(self, clauses: list[str]) -> list[Raw]:
        """Several who pay: some clauses by name, wholly or in shares, and the rest by others."""
        cut = int(self.rng.integers(0, len(clauses) + 1))
        named = [str(key) for key in self.rng.permutation(clauses)]
        found: list[Raw] = []
        for several, by_name in ((named[:cut], True), (named[cut:], self.flip())):
            count = int(self.rng.integers(1, 4))
            hundredths = 1 + self.rng.multinomial(10_000 - count, np.full(count, 1 / count))
            for part in hundredths:
                one: Raw = {"party": f"p{self.rng.integers(0, 4)}"}
                if by_name:
                    one["clauses"] = several
                if count > 1:
                    one["share"] = f"{part / 100:g} %"
                if several:
                    found.append(one)
        return [found[int(place)] for place in self.rng.permutation(len(found))]

    def _groups(self, clauses: list[Raw]) -> list[Raw]:
        cut = int(self.rng.integers(1, len(clauses)))
        return [
            {
                "id": f"g{place}",
                "title": "g",
                "clauses": [one["id"] for one in several],
                "cap": self.bound(),
                "floor": self.bound(unlimited=False) if self.flip(0.3) else "0 kr",
            }
            for place, several in enumerate((clauses[:cut], clauses[cut:]))
            if place == 0 or self.flip()
        ]

    def contract(self, kinds: tuple[str, ...]) -> Contract:
        """A term sheet as it is read."""
        return resolve(Contract.model_validate(self.raw(kinds)))

    def outcomes(self, contract: Contract, size: int) -> Terms:
        """Random outcomes, all in round numbers, some of them right at a level."""
        values = {
            **{key: np.round(self.rng.uniform(-3e6, 1.2e7, size), 2) for key in MONEY},
            **{key: np.round(self.rng.uniform(0, 1, size), 3) for key in SHARES},
            **{key: self.rng.integers(0, 60, size).astype(float) for key in COUNTS},
            **{key: self.rng.integers(-5, 60, size).astype(float) for key in NUMBERS},
        }
        years = [0, *(one.day.year for one in contract.redemptions)]
        return Terms(
            self.rng.integers(0, 10**9, size),
            self.rng.random(size) < 0.8,
            {key: Reading(value, DIMENSIONS[key]) for key, value in values.items()},
            Central(),
            self.rng.choice(years, size),
        )
