"""The review for programs: stable keys, facts and codes; sentences, for people, are Swedish."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from models.evidence import load_model
from models.language import SWEDISH, say, speaking
from models.posterior import Posterior
from simulate.evidence_sensitivity import Move, Powered, Reach, powered
from simulate.language.quantities import in_words
from simulate.report.tables import block
from simulate.review.sections import HEADINGS
from simulate.review.study import Calibrated, Study


def as_plain(study: Study) -> dict[str, Any]:
    """Return the whole review."""
    with speaking(SWEDISH):
        result = study.result
        plain: dict[str, Any] = {
            "scenario": result.scenario.id,
            "seed": result.seed,
            "draws": result.draws,
            "verdict": study.verdict,
            "codes": list(study.codes),
            "reasons": list(study.reasons),
            "notes": [f"{name}: {text}" for name, text in study.notes()],
            "headings": {key: say(heading) for key, heading in HEADINGS.items()},
            "learned": [_learned(study, *one, learned=True) for one in result.posteriors.items()],
            "assumed": [_learned(study, *one, learned=False) for one in result.posteriors.items()],
            "reproduced": [_reproduced(study, *one) for one in result.posteriors.items()],
            "converged": [_converged(study, *one) for one in result.posteriors.items()],
            "money": [_reach(study, one) for one in study.sensitivity.reaches],
        }
        return {key: _finite(value) for key, value in plain.items()}


def _finite(value: Any) -> Any:
    """Return plain data in which what could not be worked out is nothing."""
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _learned(study: Study, name: str, fitted: Posterior, learned: bool) -> dict[str, Any]:
    scenario = study.result.scenario
    spec = scenario.evidence[name]
    told = block(scenario, name, fitted)
    moved_by = dict(zip(fitted.learning, (row[4] for row in told.learning), strict=True))
    parameters = load_model(spec).parameters(spec)
    rows = [
        {
            "parameter": key,
            "prior": in_words(parameters[key]) if key in parameters else None,
            "prior_sd": one.prior_sd,
            "posterior_sd": one.posterior_sd,
            "ratio": one.ratio,
            "moved_by": moved_by[key],
        }
        for key, one in fitted.learning.items()
        if one.learned == learned
    ]
    own = {"statement": told.statement} if learned else {"power": _powers(fitted)}
    return {"block": name, **own, "parameters": rows}


def _powers(fitted: Posterior) -> dict[str, Any]:
    return {key: asdict(one) for key, one in fitted.diagnosis.powers.items()}


def _reproduced(study: Study, name: str, fitted: Posterior) -> dict[str, Any]:
    loo, spec = fitted.diagnosis.loo, study.result.scenario.evidence[name]
    checks = {
        key: {
            "observed": one.observed,
            "unit": dimension.name if (dimension := spec.dimension_of(key)) else None,
            "prior_p": one.prior,
            "posterior_p": one.posterior,
        }
        for key, one in fitted.checks.items()
    }
    return {"block": name, "checks": checks, "loo": None if loo is None else asdict(loo)}


def _converged(study: Study, name: str, fitted: Posterior) -> dict[str, Any]:
    quantities = {key: asdict(one) for key, one in study.agreement[name].items()}
    found = study.calibration.get(name)
    return {
        "block": name,
        "verdict": fitted.diagnosis.verdict,
        "figures": asdict(fitted.diagnosis.figures),
        "quantities": quantities,
        "calibration": None if found is None else _calibration(found),
    }


def _calibration(found: Calibrated) -> dict[str, Any]:
    return {
        "simulations": found.simulations,
        "worst": found.worst,
        "worst_p": found.worst_p,
        "p": dict(found.p),
    }


def _reach(study: Study, reach: Reach) -> dict[str, Any]:
    return {
        "measure": reach.target.measure,
        "party": reach.target.party,
        "unit": reach.target.unit,
        "value": reach.value,
        "moves": [_move(one) for one in reach.moves],
        "powers": [_powered(one) for one in powered(study.result, reach.target)],
    }


def _move(one: Move) -> dict[str, Any]:
    return {
        "block": one.parameter.block,
        "parameter": one.parameter.name,
        "low": one.low,
        "high": one.high,
        "at_low": {"value": one.at_low[0], "mcse": one.at_low[1]},
        "at_high": {"value": one.at_high[0], "mcse": one.at_high[1]},
        "change": {"value": one.change, "mcse": one.error},
        "inside": one.inside,
    }


def _powered(one: Powered) -> dict[str, Any]:
    return {
        "block": one.block,
        "what": one.what,
        "change_per_doubling": {"value": one.change, "mcse": one.error},
        "pareto_k": one.k,
    }
