"""Scenarios with studies before the decision, and what comes of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.posterior import Posterior
from simulate.draws.draw import Draws
from simulate.evidence_sensitivity.targets import Target
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import ContractScenario, FundScenario
from simulate.sensitivity.bench import Bench, Move
from simulate.sensitivity.decide import Value, value_of
from simulate.sensitivity.factors import factors_of
from simulate.sensitivity.findings import finds
from simulate.sensitivity.sampling import Offer, ask, offers
from simulate.sensitivity.study import Drawn

Floats = NDArray[np.float64]
Scenario = ContractScenario | FundScenario
FUND = Path("tests/bad/_valid_fund.toml")
PAID = {"cost": "10 tkr", "cost_per_person": "1 tkr", "paid_by": {"socialnamnden": 1.0}}
KEY = "investments.hemma.effects.dygn"


def fund(study: dict[str, Any], days: int, **effect: object) -> FundScenario:
    """Return a fund of one uncertain number, on which the value to society is a line."""
    plain = tomllib.loads(FUND.read_text(encoding="utf-8"))
    realised, line = plain["investments"]["hemma"]["effects"]
    realised["share"] = 0.3
    if "type" in effect:
        line.clear()
        line |= {"id": "dygn", "title": "Färre", "falls_on": "regionen", **effect}
    else:
        line |= {"days": {"2021": f"{days} dygn"}, **effect}
    one = {"id": "one", "title": "One", "persons": 12, **PAID, **study}
    choice = {"party": "samhallet", "act": "bevilja", "abstain": "låta bli", "utility": "npv"}
    plain["decision"] = {**choice, "studies": [one]}
    return tree(plain)


def tree(plain: dict[str, Any]) -> Any:
    """Return a scenario that no check objects to."""
    scenario = tree_of(plain)
    assert not list(check(scenario))
    return scenario


def asked(
    scenario: Scenario, batches: int, fitted: dict[str, Posterior] | None = None, seed: int = 1
) -> tuple[Value, tuple[Offer, ...], Floats, Bench]:
    """Return the value of information, the studies, the net present values, and the bench."""
    decision = scenario.decision
    assert decision is not None
    bench = Bench(scenario, fitted or {}, seed, batches, (Target("npv_mean", decision.party),))
    (npv,) = bench.answers([None])[0]
    own = factors_of(scenario)
    moving = tuple(
        one for one in own if not np.array_equal(bench.answers([Move((one,))])[0, 0], npv)
    )
    stated = ask(bench, moving)
    seen = Drawn(bench, moving, lambda _: None).seen()
    findings = [one for study in stated for one in study.findings]
    value = value_of(decision, npv, moving, seen, findings)
    return value, offers(bench, stated, value), npv, bench


def line(number: Floats, npv: Floats) -> tuple[float, float]:
    """Return intercept and slope of a value that is a line in one number, exactly."""
    slope, at = np.polyfit(number, npv, 1)
    assert np.allclose(at + slope * number, npv, atol=1.0)
    return float(at), float(slope)


def drawn(bench: Bench, key: str) -> Floats:
    """Return a number in every draw of a bench."""
    number = next(one for f in factors_of(bench.scenario) for one in f.numbers if one.key == key)
    return np.concatenate([Draws(bench.streams(), b, {}).of(number) for b in range(bench.batches)])


def gain(weights: Floats, worths: Floats) -> float:
    """Return what choosing by each finding is better than choosing at once."""
    return float(weights @ np.maximum(worths, 0.0) - max(weights @ worths, 0.0))


def found(
    scenario: ContractScenario, fitted: dict[str, Posterior], place: int, times: float
) -> Any:
    """Return what a study finds in two batches, and the draws of the first."""
    bench = Bench(scenario, fitted, 1, 2, (Target("npv_mean", "samhallet"),))
    groups = {name: one.sizes for name, one in fitted.items()}
    assert scenario.decision is not None
    study = scenario.decision.studies[place]
    draws = [Draws(bench.streams(), batch, bench.evidence) for batch in range(2)]
    seen = np.concatenate([finds(study, scenario, groups, one, times) for one in draws])
    return seen, draws
