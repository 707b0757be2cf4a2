"""A sensitivity study for programs: stable keys and facts, the same in every language."""

from __future__ import annotations

from typing import Any

from simulate.sensitivity.decide import Learned
from simulate.sensitivity.information import Worth
from simulate.sensitivity.moves import Bar, Switch, threshold
from simulate.sensitivity.sampling import Offer, Size
from simulate.sensitivity.sobol import Index
from simulate.sensitivity.study import Answer, Sensitivity


def as_plain(study: Sensitivity) -> dict[str, Any]:
    """Return everything that was found; amounts in SEK, shares and percentiles as parts of one."""
    return {
        "scenario": study.scenario.id,
        "seed": study.seed,
        "draws": study.draws,
        "estimators": {
            "shares": "pick-freeze with regression as control variate",
            "parts": "given draws, Shapley effects by regression",
            "region": "given draws, PRIM",
            "value": "given draws, regression",
        },
        "factors": [
            {"factor": one.key, "kind": one.kind, "numbers": list(one.moved)}
            for one in study.factors
        ],
        "idle": list(study.idle),
        "answers": [_answer(one) for one in study.found],
        "region": _region(study),
        "value": _value(study),
    }


def _answer(one: Answer) -> dict[str, Any]:
    return {
        "measure": one.target.measure,
        "party": one.target.party,
        "unit": one.target.unit,
        "value": _pair(one.value),
        "varies": one.varies,
        "tornado": [_bar(bar) for bar in one.bars],
        "shares": [
            {
                "factor": share.factor.key,
                "first": _index(share.indices.first),
                "total": _index(share.indices.total),
            }
            for share in one.shares
        ],
        "parts": [
            {"factor": part.factor.key, "quantity": part.quantity, **_index(part.effect)}
            for part in one.parts
        ],
        "threshold": threshold(one.target),
        "switches": [_switch(switch) for switch in one.switches],
    }


def _bar(bar: Bar) -> dict[str, Any]:
    return {
        "factor": bar.factor.key,
        "low": bar.low,
        "high": bar.high,
        "at_low": _pair(bar.at_low),
        "at_high": _pair(bar.at_high),
        "change": _pair(bar.change),
    }


def _switch(one: Switch) -> dict[str, Any]:
    return {
        "factor": one.factor.key,
        "percentile": None if one.percentile is None else _pair(one.percentile),
        "value": one.value,
        "ends": [_pair(end) for end in one.ends],
    }


def _region(study: Sensitivity) -> dict[str, Any]:
    box = study.region.box
    return {
        "bounds": [
            {
                "factor": key,
                "percentiles": list(box.bounds[key]),
                "values": list(study.region.values[key]),
            }
            for key in box.bounds
        ],
        "density": _pair(box.density),
        "coverage": _pair(box.coverage),
        "share": box.share,
        "ranking": [{"factor": factor.key, **_index(one)} for factor, one in study.region.ranking],
    }


def _value(study: Sensitivity) -> dict[str, Any] | None:
    value = study.value
    if value is None:
        return None
    return {
        "party": value.decision.party,
        "utility": value.decision.utility,
        "act": _pair(value.utility),
        "goes_ahead": value.goes_ahead,
        "everything": _learned(value.everything),
        "single": [_learned(one) for one in value.single],
        "groups": [_learned(one) for one in value.groups],
        "studies": [_offer(one) for one in study.offers],
    }


def _offer(one: Offer) -> dict[str, Any]:
    best = one.best
    return {
        "study": one.study.id,
        "factors": [factor.key for factor in one.factors],
        "limit": _worth(one.limit),
        "kept": one.kept,
        "waiting": one.waiting,
        "missed": one.missed,
        "stated": one.stated.persons,
        "best": None if best is None else best.persons,
        "sizes": [_size(size) for size in one.sizes],
    }


def _size(one: Size) -> dict[str, Any]:
    return {
        "persons": one.persons,
        **_worth(one.worth),
        "cost": one.cost,
        "own_cost": one.own,
        "net": _pair(one.net),
        "net_of_all": _pair(one.net_of_all),
    }


def _learned(one: Learned) -> dict[str, Any]:
    factors = [factor.key for factor in one.factors]
    return {"key": one.key, "factors": factors, **_worth(one.worth)}


def _worth(worth: Worth) -> dict[str, Any]:
    return {
        "value": worth.value,
        "mcse": worth.error,
        "low": worth.low,
        "high": worth.high,
        "changes": worth.changes,
    }


def _index(one: Index) -> dict[str, float]:
    return {"value": one.value, "mcse": one.mcse, "low": one.low, "high": one.high}


def _pair(told: tuple[float, float]) -> dict[str, float]:
    return {"value": told[0], "mcse": told[1]}
