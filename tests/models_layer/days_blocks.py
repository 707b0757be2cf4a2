"""Days in care for tests: made-up persons from a known truth, and blocks that read them.

The persons are made one at a time by plain arithmetic that shares nothing with the model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.placement_days.spec import PlacementDays
from models.rows.frame import TREATED, Frame

WINDOW = 730


@dataclass(frozen=True)
class Truth:
    """How made-up persons come by their days.

    Attributes:
        placed: probability of any day.
        whole: probability of the whole window, given any day.
        share: mean share of the window, given some days but not all.
        spread: intraclass correlation of such shares between persons.
        kinds: share of the days that is of each kind.
        single: probability of one kind all through.
        mixing: intraclass correlation of the kinds of the others.
    """

    placed: float
    whole: float
    share: float
    spread: float
    kinds: Mapping[str, float]
    single: float = 0.5
    mixing: float = 0.3

    @property
    def days(self) -> dict[str, float]:
        """Expected days per person of each kind."""
        some = 1.0 + (WINDOW - 2) * self.share
        total = self.placed * (self.whole * WINDOW + (1.0 - self.whole) * some)
        return {name: total * share for name, share in self.kinds.items()}


# Institutions give way to families: of 100 days of HVB and SiS that go, 70 return in families.
WITHOUT = Truth(0.85, 0.2, 0.55, 0.3, {"hvb": 0.5, "sis": 0.15, "familjehem": 0.35})
WITH = Truth(0.75, 0.2, 0.55, 0.3, {"hvb": 0.25, "sis": 0.05, "familjehem": 0.7})

PRIOR: dict[str, Any] = {
    "any_level": {"normal": {"mean": 1, "sd": 1.5}},
    "whole_level": {"normal": {"mean": -1.5, "sd": 1}},
    "amount_level": {"normal": {"mean": 0, "sd": 1}},
    "amount_spread": {"beta": {"a": 2, "b": 4}},
    "any_effect": {"normal": {"mean": 0, "sd": 0.7}},
    "amount_effect": {"normal": {"mean": 0, "sd": 0.7}},
    "between_place_sd": 0.2,
    "comparison_bias": {"normal": {"mean": 0, "sd": 0.2}},
    "allocation": {
        "sd": 1.0,
        "spread": {"beta": {"a": 2, "b": 3}},
        "single_type": {"beta": {"a": 2, "b": 2}},
        "effect_sd": 0.7,
        "bias_sd": 0.2,
    },
}


def synthetic(
    rng: np.random.Generator,
    n: int,
    without: Truth = WITHOUT,
    with_: Truth = WITH,
    covariates: bool = False,
) -> Frame:
    """Return n made-up treated persons and n compared.

    Args:
        rng: makes them.
        n: persons in each group.
        without, with_: the truth of the compared and of the treated, the same kinds in both.
        covariates: whether age, sex and placement in HVB at entry are known. Two years of age
            raise the log odds of any day by 0.4; the others do nothing.
    """
    kinds = tuple(without.kinds)
    rows: list[list[int]] = []
    age = rng.normal(15.0, 2.0, 2 * n).round(1)
    sex = rng.integers(0, 2, 2 * n)
    entry = rng.integers(0, 2, 2 * n)
    for person in range(2 * n):
        truth = with_ if person < n else without
        odds = truth.placed / (1.0 - truth.placed)
        if covariates:
            odds *= np.exp(0.2 * (age[person] - 15.0))
        rows.append(_days(truth, odds / (1.0 + odds), rng))
    columns = {kind: tuple(float(row[k]) for row in rows) for k, kind in enumerate(kinds)}
    known = {"age": age, "sex.pojke": sex, "entry.hvb": entry} if covariates else {}
    return frame((TREATED,) * n + ("comparison",) * n, columns, known)


def _days(truth: Truth, placed: float, rng: np.random.Generator) -> list[int]:
    kinds = list(truth.kinds.values())
    if rng.random() >= placed:
        return [0] * len(kinds)
    total = WINDOW
    if rng.random() >= truth.whole:
        size = 1.0 / truth.spread - 1.0
        share = rng.beta(truth.share * size, (1.0 - truth.share) * size)
        total = 1 + int(rng.binomial(WINDOW - 2, share))
    if rng.random() < truth.single:
        return [int(total * one) for one in rng.multinomial(1, kinds)]
    shares = rng.dirichlet(np.array(kinds) * (1.0 / truth.mixing - 1.0))
    return [int(one) for one in rng.multinomial(total, shares)]


def frame(
    group: tuple[str, ...], columns: Mapping[str, Any], covariates: Mapping[str, Any]
) -> Frame:
    """Return rows as the reader would, from row 2 of a file."""
    values = {name: tuple(map(float, column)) for name, column in columns.items()}
    known = {name: tuple(map(float, column)) for name, column in covariates.items()}
    facts = repr((group, values, known)).encode()
    places = tuple(range(2, 2 + len(group)))
    return Frame(group, values, known, places, hashlib.sha256(facts).hexdigest())


def of_rows(rows: Frame, **changes: Any) -> PlacementDays:
    """Return a block that holds ``rows``; ``changes`` replace whole keys, ``prior`` is merged."""
    levels = {name.partition(".")[0]: name.partition(".")[2] for name in rows.covariates}
    block: dict[str, Any] = {
        "model": "placement_days",
        "window": f"{WINDOW} dygn",
        "rows": {
            "file": "persons.csv",
            "person": "id",
            "group": {"column": "grupp", "treated": "insats", "comparison": "jämförelse"},
            "columns": {name: {"column": name, "unit": "dygn"} for name in rows.columns},
            "covariates": {
                name: {"column": name} | ({"levels": ["annat", level]} if level else {})
                for name, level in levels.items()
            },
            "synthetic": True,
        },
    }
    prior = PRIOR | ({"covariate_sd": 0.5} if rows.covariates else {}) | changes.pop("prior", {})
    spec = PlacementDays.model_validate(block | changes | {"prior": prior})
    assert spec.rows is not None
    return spec.model_copy(update={"rows": spec.rows.holding(rows)})


def of_sums(**changes: Any) -> PlacementDays:
    """Return a block of published groups; ``changes`` replace whole keys, ``prior`` is merged."""
    block: dict[str, Any] = {
        "model": "placement_days",
        "window": f"{WINDOW} dygn",
        "treated": {"n": 30, "unplaced": 8, "hvb": "80 dygn", "familjehem": "190 dygn"},
        "comparison": {"n": 40, "unplaced": 6, "hvb": "170 dygn", "familjehem": "140 dygn"},
    }
    prior = PRIOR | changes.pop("prior", {})
    return PlacementDays.model_validate(block | changes | {"prior": prior})


def rows_block(n: int = 40, seed: int = 1, **changes: Any) -> PlacementDays:
    """Return a block of n + n made-up persons with three kinds of care."""
    return of_rows(synthetic(np.random.default_rng(seed), n), **changes)
