"""Evidence blocks of the published examples, as a scenario would write them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from models.bistand_exit.spec import BistandExit
from models.cost_comparison.spec import CostComparison
from models.grade_change.spec import GradeChange
from models.proxy_link.spec import ProxyLink
from models.rows.frame import Frame

COST_PRIOR: dict[str, Any] = {
    "level": {"lognormal": {"median": "1 mkr", "sigma": 0.5}},
    "cv": {"lognormal": {"median": 0.5, "sigma": 0.3}},
    "mean_effect": {"normal": {"mean": 0, "sd": 0.15}},
    "between_place_sd": 0.1,
    "comparison_bias": {"normal": {"mean": 0, "sd": 0.1}},
}
GRADE_PRIOR: dict[str, Any] = {
    "shift": {"normal": {"mean": 0, "sd": 0.5}},
    "half_width": {"lognormal": {"median": 0.6, "sigma": 0.5}},
    "extra_step": {"beta": {"a": 1, "b": 3}},
}


def skolfam2(**changes: Any) -> CostComparison:
    """Return SkolFam 2's two totals; ``changes`` replace whole keys, ``prior`` is merged."""
    block: dict[str, Any] = {
        "model": "cost_comparison",
        "treated": {"n": 21, "total": "20 507 393 kr"},
        "comparison": {"n": 19, "total": "21 737 612 kr"},
    }
    prior = COST_PRIOR | changes.pop("prior", {})
    return CostComparison.model_validate(block | changes | {"prior": prior})


def final_account(**changes: Any) -> CostComparison:
    """Return Team Nystart's two-year outcome against the historical group, with 8 % drift."""
    block: dict[str, Any] = {
        "treated": {"n": 60, "total": "109.1 mkr"},
        "comparison": {"n": 61, "total": f"{101.6 / 60 * 61:.6f} mkr"},
        "prior": {"comparison_bias": {"normal": {"mean": 0.08, "sd": 0.08}}},
    }
    return skolfam2(**(block | changes))


def grade_change(**changes: Any) -> GradeChange:
    """Return the published school results; ``changes`` replace whole keys, None removes one."""
    block: dict[str, Any] = {
        "model": "grade_change",
        "negative": 7,
        "neutral": 22,
        "positive": 17,
        "undeterminable": 4,
        "not_due": 10,
        "point_sum": 18,
    }
    prior = GRADE_PRIOR | changes.pop("prior", {})
    merged = block | changes | {"prior": prior}
    return GradeChange.model_validate({k: v for k, v in merged.items() if v is not None})


def hasty() -> GradeChange:
    """Return a block whose sampler is not given a chance."""
    return grade_change(point_sum=None, sampling={"draws": 20, "tune": 10, "chains": 2})


# Children may be nought in a group of lines: the rarer a kind of cost, the larger its CV.
LINE_PRIORS: dict[str, tuple[str, float]] = {
    "institution": ("300 tkr", 1.6),
    "familjehem": ("300 tkr", 1.0),
    "oppenvard": ("100 tkr", 1.2),
    "case_work": ("100 tkr", 0.6),
}


def skolfam2_lines(times: int = 1, bias_sd: float = 0.2, **changes: Any) -> CostComparison:
    """Return SkolFam 2's 24 lines in four groups; ``changes`` replace keys of ``lines``.

    ``times`` as many children at the same cost each; the sd of the bias is that of every group.
    """
    path = Path(__file__).parents[2] / "scenarios" / "data" / "skolfam2_costs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table = [row for row in csv.DictReader(file) if row["group"]]
    groups = {}
    for name, (level, cv) in LINE_PRIORS.items():
        items = [
            {
                "title": row["line"],
                "treated": f"{times * int(row['skolfam2_sek'])} kr",
                "comparison": f"{times * int(row['control_sek'])} kr",
            }
            for row in table
            if row["group"].replace(" ", "_") == name
        ]
        prior = {
            "level": {"lognormal": {"median": level, "sigma": 1.0}},
            "cv": {"lognormal": {"median": cv, "sigma": 0.25}},
            "mean_effect": {"normal": {"mean": 0, "sd": 0.5}},
            "between_place_sd": 0.2,
            "comparison_bias": {"normal": {"mean": 0, "sd": bias_sd}},
        }
        groups[name] = {"title": name, "items": items, "prior": prior}
    lines = {
        "treated": 21 * times,
        "comparison": 19 * times,
        "discounted": True,
        "groups": groups,
        "substitution": {
            "saved": "institution",
            "absorbed": "familjehem",
            "share": {"beta": {"a": 3, "b": 2}},
        },
    }
    return CostComparison.model_validate({"model": "cost_comparison", "lines": lines | changes})


EXIT_PRIOR: dict[str, Any] = {
    "yearly_exit": {"beta": {"a": 2, "b": 5}},
    "yearly_return": {"beta": {"a": 2, "b": 10}},
    "mean_effect": {"normal": {"mean": 0, "sd": 1.0}},
    "between_place_sd": 0.3,
    "comparison_bias": {
        "small": {"normal": {"mean": 0, "sd": 0.3}},
        "large": {"normal": {"mean": 0, "sd": 0.5}},
    },
    "forsorjningsstod_share": {"beta": {"a": 16, "b": 4}},
    "moved_to_state": {"beta": {"a": 2, "b": 4}},
}


def servicetrainee(**changes: Any) -> BistandExit:
    """Return Servicetrainee's three net changes; ``changes`` as above, None removes a key."""
    unknown = {"uniform": [1, 30]}
    block: dict[str, Any] = {
        "model": "bistand_exit",
        "treated": {"change": "-83 %", "base": unknown, "years": 2},
        "comparison": {
            "small": {"title": "liten grupp", "change": "-42 %", "base": unknown, "years": 2},
            "large": {"change": "-39 %", "base": {"uniform": [1, 394]}, "years": 2},
        },
        "after_years": 2,
        "effect_years": 2,
        "horizon_years": 5,
    }
    prior = EXIT_PRIOR | changes.pop("prior", {})
    merged = block | changes | {"prior": {k: v for k, v in prior.items() if v is not None}}
    return BistandExit.model_validate({k: v for k, v in merged.items() if v is not None})


def counted(**changes: Any) -> BistandExit:
    """Return an example with counts only, and everything that can be stated about persistence."""
    block: dict[str, Any] = {
        "treated": {"n": 40, "left": 27, "years": 2},
        "comparison": {
            "small": {"n": 35, "left": 16, "years": 2},
            "large": {"n": 300, "left": 141, "years": 3},
        },
        "forsorjningsstod": {"share": "82 %", "standard_error": "3 %"},
    }
    prior = {"return_effect": {"normal": {"mean": -0.2, "sd": 0.3}}, "new_level": -0.2}
    return servicetrainee(**(block | changes | {"prior": prior | changes.pop("prior", {})}))


def with_entries(**changes: Any) -> BistandExit:
    """Return an example in which new households are counted at the end as well."""
    block: dict[str, Any] = {
        "treated": {"change": "-50 %", "base": {"uniform": [8, 30]}, "years": 2, "entries": True},
        "comparison": {
            "small": {"change": "+4 %", "base": 25, "years": 1, "entries": True},
            "large": {"change": "-12.5 %", "base": {"discrete": {"values": [40, 80, 96],
                      "weights": [1, 2, 1]}}, "decimals": 1, "years": 2, "entries": True},
        },
    }  # fmt: skip
    prior = {"inflow": {"gamma": {"mean": 0.15, "cv": 0.5}}}
    return servicetrainee(**(block | changes | {"prior": prior | changes.pop("prior", {})}))


def made_frame(persons: int, seed: int, *, gaps: bool, covariate: bool = False) -> Frame:
    """Return made-up households: a third treated, followed for three years, some not seen."""
    rng = np.random.default_rng(seed)
    group = tuple("treated" if at % 3 == 0 else ("near", "far")[at % 2] for at in range(persons))
    old = rng.random(persons) < 0.4
    on, columns = np.ones(persons), {}
    for year in (1, 2, 3):
        leave = 0.2 + 0.15 * (np.array(group) == "treated") * (year < 3) + 0.2 * old * covariate
        on = np.where(on == 1.0, rng.random(persons) > leave, rng.random(persons) < 0.15) * 1.0
        unseen = rng.random(persons) < (0.15 if gaps else 0.0)
        columns[f"on_year_{year}"] = tuple(
            None if hidden else float(one) for one, hidden in zip(on, unseen, strict=True)
        )
    covariates = {"age.old": tuple(map(float, old))} if covariate else {}
    return Frame(group, columns, covariates, tuple(range(2, persons + 2)), f"{persons}/{seed}")


def followed(*, gaps: bool = True, covariate: bool = False, **changes: Any) -> BistandExit:
    """Return an example with households one by one, beside a group that was published."""
    rows: dict[str, Any] = {
        "file": "hushall.csv",
        "person": "id",
        "group": {"column": "grupp", "treated": "I", "comparison": {"near": "N", "far": "F"}},
        "columns": {f"on_year_{year}": {"column": f"ar{year}"} for year in (1, 2, 3)},
        "missing": "model" if gaps else "refuse",
    }
    prior: dict[str, Any] = {
        "comparison_bias": {name: {"normal": {"mean": 0, "sd": 0.4}}
                            for name in ("near", "far", "large")},
    }  # fmt: skip
    if covariate:
        rows["covariates"] = {"age": {"column": "alder", "levels": ["young", "old"]}}
        prior["covariate_sd"] = {"gamma": {"mean": 0.5, "cv": 0.5}}
    block: dict[str, Any] = {
        "rows": rows,
        "treated": None,
        "comparison": {"large": {"change": "-39 %", "base": {"uniform": [200, 300]}, "years": 2}},
    }
    persons = changes.pop("persons", 90)
    spec = servicetrainee(**(block | changes | {"prior": prior | changes.pop("prior", {})}))
    assert spec.rows is not None
    frame = made_frame(persons, 7, gaps=gaps, covariate=covariate)
    return spec.model_copy(update={"rows": spec.rows.holding(frame)})


def with_covariate(**changes: Any) -> BistandExit:
    """Return households whose age matters for when they leave."""
    return followed(gaps=False, covariate=True, **changes)


LINK_PRIOR: dict[str, Any] = {
    "mean_risk_ratio": {"lognormal": {"median": 2.5, "sigma": 0.5}},
    "between_study_sd": 0.2,
    "causal_share": {"beta": {"a": 2, "b": 3}},
    "base_risk": {"beta": {"a": 4, "b": 31}},
    "success_without": {"beta": {"a": 6, "b": 4}},
}
# One study as it is printed, with a confidence interval, and another of the same kind.
STUDIES: dict[str, Any] = {
    "first": {"risk_ratio": 4.9, "interval": [3.6, 6.7], "n": 900},
    "second": {"risk_ratio": 2.8, "interval": [1.9, 4.1], "confidence": 0.9},
}


def link(**changes: Any) -> ProxyLink:
    """Return a chain from grades to försörjningsstöd; ``changes`` as above, None removes a key."""
    block: dict[str, Any] = {
        "model": "proxy_link",
        "short_run_name": "godkända betyg",
        "long_run_name": "försörjningsstöd vid 25 års ålder",
        "studies": STUDIES,
    }
    prior = LINK_PRIOR | {
        "confounding": {"normal": {"mean": 0.35, "sd": 0.2}},
        "short_run_gain": {"normal": {"mean": 0.08, "sd": 0.05}},
    } | changes.pop("prior", {})  # fmt: skip
    merged = block | changes | {"prior": {k: v for k, v in prior.items() if v is not None}}
    return ProxyLink.model_validate({k: v for k, v in merged.items() if v is not None})


def counted_link(**changes: Any) -> ProxyLink:
    """Return a chain whose short run was counted in two groups."""
    block: dict[str, Any] = {
        "short_run": {
            "treated": {"n": 24, "succeeded": 17},
            "comparison": {"n": 31, "succeeded": 15},
        }
    }
    prior = {
        "short_run_gain": None,
        "comparison_success": {"beta": {"a": 1, "b": 1}},
        "comparison_bias": {"normal": {"mean": 0, "sd": 0.4}},
        "short_run_effect": {"normal": {"mean": 0, "sd": 0.5}},
        "between_place_sd": 0.2,
        "between_study_sd": {"gamma": {"mean": 0.2, "cv": 0.7}},
    } | changes.pop("prior", {})
    return link(**(block | changes | {"prior": prior}))
