"""The design value for programs: stable keys and facts, the same in every language."""

from __future__ import annotations

from typing import Any

from simulate.design.curve import Curve, Point
from simulate.design.designs import middle
from simulate.design.study import JOINT, Changed, Study, Valued
from simulate.risk.risk import Figure
from simulate.scenario.tree.party import CONTRACT


def as_plain(study: Study) -> dict[str, Any]:
    """Return everything that was found; amounts in SEK, shares as parts of one.

    A ``change`` is what the other measurement gives less what the agreed one does.
    """
    return {
        "scenario": study.scenario.id,
        "seed": study.seed,
        "draws": study.draws,
        "sides": list(study.sides),
        "risk_tolerance": dict(study.tolerances),
        "designs": [_design(study, one) for one in study.designs],
        "curves": [_curve(one) for one in study.curves],
    }


def _design(study: Study, one: Valued) -> dict[str, Any]:
    def of(whom: str) -> dict[str, Any]:
        return {name: _changed(c) for (who, name), c in one.changes.items() if who == whom}

    design = one.design
    return {
        "id": design.id,
        "settings": dict(design.settings),
        "persons": design.persons,
        "pays_on": design.scenario.contract.pays_on.isoformat(),
        "cost_median": None if design.cost is None else middle(design.cost),
        "paid_by": design.paid_by,
        "contract": of(CONTRACT),
        "sides": {party: of(party) for party in study.sides},
        "tranches": {t.id: of(t.id) for t in study.scenario.contract.tranches},
        "together": of(JOINT),
        "tried": [
            {"party": party, "risk_tolerance": tolerance, "change": _figure(figure)}
            for (party, tolerance), figure in one.tried.items()
        ],
    }


def _changed(one: Changed) -> dict[str, Any]:
    return {
        "agreed": _figure(one.agreed),
        "other": _figure(one.other),
        "change": _figure(one.change),
    }


def _figure(one: Figure) -> dict[str, Any]:
    return {"value": one.value, "mcse": one.mcse, "unit": one.unit}


def _curve(one: Curve) -> dict[str, Any]:
    return {
        "measure": one.key,
        "agreed": one.agreed,
        "lines": {line: [_point(p) for p in points] for line, points in one.lines.items()},
    }


def _point(one: Point) -> dict[str, Any]:
    return {
        "persons": one.persons,
        "repayment_mean": _figure(one.payment),
        "repayment_spread": _figure(one.uneven),
        "npv_mean": {party: _figure(figure) for party, figure in one.npv.items()},
    }
