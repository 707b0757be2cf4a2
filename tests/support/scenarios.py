"""Scenarios that need no fit: Team Nystart with a stated effect, changed key by key."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import xarray as xr

from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import streams_of
from simulate.draws.values import Floats
from simulate.run import simulate
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.settings import apply_settings
from simulate.scenario.shipped import folder
from simulate.scenario.tree.scenario import ContractScenario

Raw = dict[str, Any]
Edit = Callable[[Raw], None]

NOTES = {"source": "written for a test", "kind": "assumption"}
EFFECT = {"normal": {"mean": -0.05, "sd": 0.12}, **NOTES}

# What makes the contract's world plain: 7.5 mkr drawn for certain, sixty persons, full effect from
# the first day, an activity that is delivered.
PLAIN = (
    "programme.cost_lines.staff.amount=7.5 mkr",
    "programme.cost_lines.tutoring.amount=0 kr",
    "programme.cost_lines.overhead.amount=0 kr",
    "programme.cost_lines.intermediary.amount=0 kr",
    "programme.delivery=1.0",
    "programme.duration=2 år",
    "outcomes.social_cost.course.during=1.0",
)
NO_EFFECT = ("outcomes.social_cost.effect=0.0",)
NO_DRIFT = ("measurements.saving.drift=0.0",)
NO_UPSIDE = ("contract.clauses.upside.share=0.0",)


@cache
def _text(name: str) -> str:
    return (folder() / f"{name}.toml").read_text(encoding="utf-8")


def raw(name: str = "team_nystart") -> Raw:
    """Return a fresh copy of a shipped scenario as plain data."""
    return tomllib.loads(_text(name))


def without_evidence(data: Raw) -> None:
    """Replace the evidence by a stated prior of the effect; nobody can study what is not there."""
    del data["evidence"]
    data.get("decision", {}).pop("studies", None)
    data["outcomes"]["social_cost"]["effect"] = dict(EFFECT)


def without_recruitment(data: Raw) -> None:
    """Make the number of participants certain to be reached."""
    del data["programme"]["recruitment"]


def checked(data: Raw, settings: Iterable[str] = ()) -> ContractScenario:
    """Return the scenario in ``data`` after ``settings``; every problem is a failure."""
    data, settings = copy.deepcopy(data), tuple(settings)
    problems = apply_settings(data, settings)
    assert not problems, [problem.text() for problem in problems]
    scenario = tree_of(data, tuple(settings))
    problems = list(check(scenario))
    assert not problems, [problem.text() for problem in problems]
    assert isinstance(scenario, ContractScenario)
    return scenario


def team_nystart(*settings: str, edits: Iterable[Edit] = ()) -> ContractScenario:
    """Return Team Nystart without evidence, after ``edits`` and then ``settings``."""
    data = raw()
    for edit in (without_evidence, *edits):
        edit(data)
    return checked(data, settings)


def sixty(*settings: str, edits: Iterable[Edit] = ()) -> ContractScenario:
    """Return the plain world: sixty persons for certain, 7.5 mkr drawn, full effect throughout."""
    return team_nystart(*PLAIN, *settings, edits=(without_recruitment, *edits))


def start(
    scenario: ContractScenario,
    seed: int,
    batch: int = 0,
    evidence: Mapping[str, Samples] | None = None,
) -> Draws:
    """Return one batch of draws."""
    return Draws(streams_of(scenario, seed), batch, evidence or {})


def futures(scenario: ContractScenario, draws: int, seed: int) -> xr.Dataset:
    """Return the futures of a scenario without evidence."""
    return simulate(scenario, {}, draws, seed)[0]


def invented(seed: int, size: int = 400) -> dict[str, Samples]:
    """Return made-up posterior samples of Team Nystart's evidence block."""
    rng = np.random.default_rng(seed)
    quantities: dict[str, Floats] = {
        "log_ratio_new": rng.normal(-0.05, 0.12, size),
        "mean_without": rng.normal(1.7e6, 1.5e5, size),
    }
    return {"skolfam2": Samples.sorted_by("log_ratio_new", quantities, 4)}


def steps(data: Raw) -> None:
    """Turn the contract into steps of a success share beside a saving, with a third party."""
    data["parties"]["stat"] = {
        "name": "Staten",
        "type": "state",
        "roles": ["outcome_payer"],
        "discount_rate": {"value": 0.03, **NOTES},
    }
    data["outcomes"]["job"] = {
        "type": "success",
        "title": "I arbete",
        "without": {"beta": {"a": 6, "b": 14}, **NOTES},
        "effect": {"normal": {"mean": 0.4, "sd": 0.5}, **NOTES},
        "value": {"pert": ["60 tkr/år", "110 tkr/år", "180 tkr/år"], **NOTES},
        "falls_on": {"kommun": {"value": 0.65, **NOTES}, "stat": {"value": 0.35, **NOTES}},
        "cashable": {
            "short_run": {"beta": {"a": 3, "b": 4}, **NOTES},
            "long_run": {"uniform": [0.5, 0.9], **NOTES},
            "ramp": {"uniform": [1, 4], "unit": "år", **NOTES},
        },
        "course": {
            "during": {"uniform": [0.0, 0.5], **NOTES},
            "half_life": {"lognormal": {"median": "4 år", "sigma": 0.6}, **NOTES},
        },
    }
    data["measurements"]["job_share"] = {
        "type": "success_share",
        "title": "Andel i arbete",
        "outcome": "job",
        "window": {"value": "1 år", **NOTES},
        "window_from": "end",
    }
    guarantee = {
        "id": "guarantee",
        "title": "Garanti",
        "type": "guarantee",
        "share": {"uniform": [0.1, 0.5], **NOTES},
        "requires_delivery": False,
    }
    ladder = {
        "id": "ladder",
        "title": "Trappa",
        "type": "tiers",
        "measure": "job_share",
        "tiers": [
            {"at": "20 %", "pays": "500 tkr"},
            {"at": "35 %", "pays": {"amount": {"uniform": ["1 mkr", "2 mkr"], **NOTES}}},
            {"at": "50 %", "pays": {"of_drawn": 0.9}},
        ],
        "gate": {"measure": "saving", "above": "-4 mkr"},
    }
    share = {
        "id": "share",
        "title": "Andel",
        "type": "linear_share",
        "measure": "saving",
        "share": {"beta": {"a": 5, "b": 5}, **NOTES},
        "above": "250 tkr",
        "up_to": "6 mkr",
        "cap": {"amount": "2 mkr"},
        "gate": {"measure": "school_points", "above": -5},
    }
    data["contract"]["clauses"] = [ladder, guarantee, share]
    data["contract"]["floor"] = "1 mkr"
    data["contract"]["cap"] = {"of_drawn": 1.05}
