"""Stage gates for programs: stable keys and figures; sentences are Swedish."""

from __future__ import annotations

from typing import Any

from models.language import SWEDISH, speaking
from simulate.gates.actual import Posterior
from simulate.gates.forecast import Forecast, Value
from simulate.gates.sentences import answers
from simulate.gates.stopping import Policy, Right
from simulate.gates.study import Study


def as_plain(study: Study) -> dict[str, Any]:
    """Return everything that was found; amounts in SEK, shares as parts of one."""
    with speaking(SWEDISH):
        said = list(answers(study))
    return {
        "scenario": study.scenario.id,
        "seed": study.seed,
        "draws": study.draws,
        "answers": said,
        "before": {
            "payment": _value(study.before.payment),
            "sd": study.before.sd,
            "interval": [_value(one) for one in study.before.interval],
            "p_loss": _value(study.before.loss),
        },
        "meetings": [
            {"day": str(day), **_forecast(one)}
            for day, one in zip(study.gates.meetings, study.meetings, strict=True)
        ],
        "checked": [
            {
                "day": str(study.gates.meetings[one.meeting]),
                "cost": one.index,
                "regression": one.regression,
                "weights": _posterior(one.weights),
            }
            for one in study.checked
        ],
        "rights": [_right(one) for one in study.rights],
        "rule": None if study.rule is None else _policy(study.rule),
        "known": [{"day": str(one.data.day), **_posterior(one)} for one in study.actual],
    }


def _value(one: Value) -> dict[str, float]:
    return {"value": one.value, "mcse": one.error}


def _forecast(one: Forecast) -> dict[str, Any]:
    return {
        "persons": _value(one.persons),
        "person_months": _value(one.months),
        "share": _value(one.share),
        "explained": _value(one.explained),
        "spread": one.spread,
        "forecasts": list(one.forecasts),
        "interval": [_value(end) for end in one.interval],
        "p_loss": list(one.losses),
    }


def _right(one: Right) -> dict[str, Any]:
    return {
        "party": one.side,
        "lower_bound": one.low,
        "upper_bound": _value(one.most),
        "between": [one.low, one.high],
        "gap": _value(one.gap),
        "all_seen": _value(one.all_seen),
        "policy": _policy(one.policy),
        "beforehand": _policy(one.beforehand),
        "interim_data": _value(one.interim),
        "low_cost": one.cheap,
    }


def _policy(one: Policy) -> dict[str, Any]:
    mean, low, middle, high = one.drawn
    return {
        "gain": {side: _value(gain) for side, gain in one.gain.items()},
        "stopped": _value(one.stopped),
        "drawn": {"mean": _value(mean), "p05": low, "p50": middle, "p95": high},
    }


def _posterior(one: Posterior) -> dict[str, Any]:
    sound = one.holds
    return {
        "pareto_k": one.k if one.k < float("inf") else None,
        "effective": one.effective,
        "holds": sound,
        "payment": list(one.payment) if sound else None,
        "interval": list(one.interval) if sound else None,
        "p_loss": list(one.loss) if sound else None,
    }
