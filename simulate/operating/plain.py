"""The characteristics for programs: stable keys and figures; sentences are Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.language import SWEDISH, speaking
from simulate.operating.behaviour import Behaviour
from simulate.operating.sentences import answers
from simulate.operating.study import Moved, Study
from simulate.operating.ways import Dispute, Person
from simulate.risk.risk import Figure


def as_plain(study: Study) -> dict[str, Any]:
    """Return everything that was found."""
    with speaking(SWEDISH):
        return {
            "scenario": study.scenario.id,
            "seed": study.seed,
            "draws": study.draws,
            "break_even": study.even,
            "unit": study.unit,
            "answers": list(answers(study)),
            "curve": [_behaviour(one) for one in study.curve],
            "moves": [
                {
                    "factor": factor.kind,
                    "key": factor.key,
                    "levels": [_moved(one) for one in levels],
                }
                for factor, levels in study.moves
            ],
            "lacking": list(study.lacking),
            "disputes": [_dispute(one) for one in study.disputes],
            "persons": [_person(one) for one in study.persons],
        }


def _behaviour(one: Behaviour) -> dict[str, Any]:
    figures = {name: _figure(figure) for name, figure in one.figures.items()}
    return {"multiple": one.multiple, "distance": one.distance, "figures": figures}


def _figure(figure: Figure) -> dict[str, Any]:
    """Return a figure as ``risk.json`` writes it."""
    return {
        "value": figure.value,
        "mcse": figure.mcse,
        "unit": figure.unit,
        "status": figure.status,
    }


def _moved(one: Moved) -> dict[str, Any]:
    level = one.level
    return {
        "value": level.value,
        "level": level.label,
        "break_even": one.even,
        "no_effect": _behaviour(one.without),
        "at_break_even": None if one.reached is None else _behaviour(one.reached),
        "change": {name: _figure(figure) for name, figure in one.changes.items()},
    }


def _dispute(one: Dispute) -> dict[str, Any]:
    return {
        "measure": one.key,
        "ways": [
            {"id": way.id, "weight": way.weight, "at": [_behaviour(b) for b in way.at.values()]}
            for way in one.ways
        ],
        **{name: _by_multiple(getattr(one, name)) for name in ("disagree", "stake", "weighted")},
    }


def _person(one: Person) -> dict[str, Any]:
    figures = {name: _by_multiple(getattr(one, name)) for name in ("change", "matters", "then")}
    return {"measure": one.key, "persons": one.persons, **figures}


def _by_multiple(figures: Mapping[float, Figure]) -> list[dict[str, Any]]:
    return [{"multiple": multiple, **_figure(one)} for multiple, one in figures.items()]
