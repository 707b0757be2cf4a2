"""Evidence blocks as people write them: what is read, and what is refused with which code."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from models.evidence import EVIDENCE, AnyEvidence, load_model
from models.spec import Evidence
from tests.models_layer.blocks import (
    counted,
    counted_link,
    final_account,
    followed,
    grade_change,
    link,
    servicetrainee,
    skolfam2,
    skolfam2_lines,
    with_covariate,
    with_entries,
)
from tests.models_layer.made_rows import cost_rows, grade_rows

TEXT = """
[evidence.skolfam2]
model = "cost_comparison"
source = "skolfam, cost table"
kind = "published"
treated = { n = 21, total = "20 507 393 kr" }
comparison = { n = 19, total = "21 737 612 kr" }

[evidence.skolfam2.prior]
source = "judgement"
kind = "expert"
level = { lognormal = { median = "1 mkr", sigma = 0.5 } }
cv = { lognormal = { median = 0.5, sigma = 0.3 } }
mean_effect = { normal = { mean = 0, sd = 0.15 } }
between_place_sd = 0.1
comparison_bias = { normal = { mean = 0, sd = 0.1 } }
"""


class Holder(BaseModel):
    """A scenario, as far as these tests go."""

    evidence: dict[str, AnyEvidence]


def test_toml_becomes_the_right_class() -> None:
    """The key ``model`` chooses the class."""
    block = Holder.model_validate(tomllib.loads(TEXT)).evidence["skolfam2"]
    assert block.sampling.draws == 1000
    assert type(block) is EVIDENCE["cost_comparison"]
    assert block.kind == "published"


def _codes(read: Any, **changes: Any) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        read(**changes)
    return {error["type"] for error in caught.value.errors()}


UNCERTAIN = {"uniform": ["1 mkr", "2 mkr"]}
COUNTS: dict[str, Any] = {"n": 30, "left": 20, "years": 2}
CHANGE: dict[str, Any] = {"change": "-42 %", "base": {"uniform": [1, 30]}, "years": 2}
STUDY: dict[str, Any] = {"risk_ratio": 4.9, "interval": [3.6, 6.7]}
GROUP: dict[str, Any] = {"n": 8, "succeeded": 4}
SMOOTH = {"gamma": {"mean": 20, "cv": 0.5}}


@pytest.mark.parametrize(
    ("read", "changes", "code"),
    [
        (skolfam2, {"treated": {"n": 21, "total": UNCERTAIN}}, "data_uncertain"),
        (skolfam2, {"treated": {"n": {"uniform": [20, 22]}, "total": "1 mkr"}}, "data_uncertain"),
        (skolfam2, {"treated": {"n": 20.5, "total": "1 mkr"}}, "not_an_integer"),
        (skolfam2, {"treated": {"n": 0, "total": "1 mkr"}}, "not_positive"),
        (skolfam2, {"treated": {"n": 21, "total": "0 kr"}}, "not_positive"),
        (skolfam2, {"treated": {"n": 21}}, "missing"),
        (skolfam2, {"tretaed": {}}, "unknown_key"),
        (skolfam2, {"prior": {"cv": 0}}, "not_positive"),
        (skolfam2, {"prior": {"cv": {"pert": [0.2, 0.5, 0.8]}}}, "prior_family"),
        (skolfam2, {"prior": {"mean_effect": {"evidence": "other.effect"}}}, "prior_family"),
        (skolfam2, {"sampling": {"chains": 1}}, "greater_than_equal"),
        (skolfam2, {"sampling": {"draws": True}}, "int_type"),
        (grade_change, {"negative": 0, "neutral": 0, "positive": 0}, "not_positive"),
        (grade_change, {"negative": 0, "point_sum": 3}, "point_sum_impossible"),
        (grade_change, {"positive": 0, "point_sum": 3}, "point_sum_impossible"),
        (grade_change, {"prior": {"extra_step": 0}}, "point_sum_impossible"),
        (grade_change, {"prior": {"extra_step": 1}}, "out_of_range"),
        (grade_change, {"point_sum": 18.5}, "not_an_integer"),
        (grade_change, {"prior": {"half_width": 0}}, "not_positive"),
        (servicetrainee, {"treated": {"n": 30, "years": 2}}, "arm_form"),
        (servicetrainee, {"treated": {"years": 2}}, "arm_form"),
        (servicetrainee, {"treated": {**COUNTS, "change": "-83 %", "base": 30}}, "arm_form"),
        (servicetrainee, {"treated": {**COUNTS, "entries": True}}, "arm_form"),
        (servicetrainee, {"treated": {**COUNTS, "n": 0}}, "not_positive"),
        (servicetrainee, {"treated": {**COUNTS, "left": 31}}, "more_left_than_households"),
        (servicetrainee, {"treated": {**COUNTS, "years": 11}}, "less_than_equal"),
        (servicetrainee, {"treated": {**CHANGE, "base": 30}}, "change_impossible"),
        (servicetrainee, {"treated": {**CHANGE, "change": "+5 %"}}, "change_impossible"),
        (servicetrainee, {"treated": {**CHANGE, "change": "-42.5 %"}}, "change_decimals"),
        (servicetrainee, {"treated": {**CHANGE, "base": {"uniform": [0, 30]}}}, "not_positive"),
        (servicetrainee, {"treated": {**CHANGE, "base": {"uniform": [1.5, 30]}}}, "not_an_integer"),
        (servicetrainee, {"treated": {**CHANGE, "base": {"uniform": [1, 3000]}}}, "out_of_range"),
        (servicetrainee, {"treated": {**CHANGE, "base": SMOOTH}}, "prior_family"),
        (servicetrainee, {"treated": {**CHANGE, "entries": True}}, "missing_key"),
        (servicetrainee, {"treated": None, "comparison": None}, "missing_key"),
        (servicetrainee, {"comparison": {"other": COUNTS}}, "missing_key"),
        (servicetrainee, {"comparison": {"small": COUNTS}}, "unknown_key"),
        (servicetrainee, {"comparison": {"treated": COUNTS}}, "reserved_name"),
        (servicetrainee, {"prior": {"inflow": 0.1}}, "unused_prior"),
        (servicetrainee, {"prior": {"yearly_exit": 0}}, "out_of_range"),
        (servicetrainee, {"horizon_years": 11}, "less_than_equal"),
        (followed, {"treated": COUNTS}, "duplicate_id"),
        (followed, {"prior": {"covariate_sd": 0.5}}, "unused_prior"),
        (followed, {"prior": {"comparison_bias": {}}}, "missing_key"),
        (with_covariate, {"prior": {"covariate_sd": None}}, "missing_key"),
        (link, {"studies": {"one": STUDY | {"risk_ratio": 9}}}, "estimate_outside_interval"),
        (link, {"studies": {"one": STUDY | {"interval": [3, 3]}}}, "estimate_outside_interval"),
        (link, {"studies": {"one": STUDY | {"risk_ratio": 0}}}, "not_positive"),
        (link, {"studies": {"one": STUDY | {"confidence": 95.0}}}, "less_than_equal"),
        (link, {"studies": None}, "unused_prior"),
        (link, {"prior": {"short_run_gain": None}}, "short_run_form"),
        (link, {"prior": {"comparison_success": 0.5}}, "unused_prior"),
        (link, {"prior": {"mean_risk_ratio": 0}}, "not_positive"),
        (counted_link, {"prior": {"short_run_gain": 0.1}}, "short_run_form"),
        (counted_link, {"prior": {"comparison_bias": None}}, "missing_key"),
        (
            counted_link,
            {"short_run": {"treated": GROUP | {"n": 0}, "comparison": GROUP}},
            "not_positive",
        ),
        (
            counted_link,
            {"short_run": {"treated": GROUP, "comparison": GROUP | {"succeeded": 9}}},
            "more_succeeded_than_persons",
        ),
    ],
)
def test_refused_with_a_stable_code(read: Any, changes: dict[str, Any], code: str) -> None:
    """Each way to be wrong has its own code."""
    assert code in _codes(read, **changes)


def test_unknown_model_names_the_allowed() -> None:
    """A model that does not exist is refused with the list of those that do."""
    with pytest.raises(ValidationError) as caught:
        Holder.model_validate({"evidence": {"x": {"model": "cost_comparsion"}}})
    error = caught.value.errors()[0]
    assert error["type"] == "not_one_of"
    assert error["ctx"]["close"] == "cost_comparison"


@pytest.mark.parametrize(
    "spec",
    [
        skolfam2(),
        skolfam2(treated=None),
        final_account(),
        skolfam2_lines(),
        cost_rows(20),
        cost_rows(40, hurdle=True, covariates=True, places=3),
        grade_change(),
        grade_change(point_sum=None),
        grade_rows(20),
        servicetrainee(),
        counted(),
        with_entries(),
        servicetrainee(treated=None),
        followed(),
        with_covariate(),
        link(),
        counted_link(),
        link(studies=None, prior={"confounding": None}),
        grade_rows(40, compared=True, eligibility=True, missing=6),
    ],
)
def test_every_model_keeps_the_shape(spec: Evidence) -> None:
    """What a class says that it hands on is what its model derives and explains."""
    import numpy as np

    from models.priors import draw_prior

    model = load_model(spec)
    rng = np.random.default_rng(1)
    drawn = draw_prior(model.parameters(spec), model.latent(spec), 50, rng)
    derived = model.derive(drawn, spec)
    assert set(spec.quantities) == set(derived)
    assert {*spec.quantities, *model.parameters(spec)} <= set(spec.titles)
    assert spec.headline in derived
    assert set(model.parameters(spec)) <= set(model.learned_from(spec, model.sizes(spec)))
    assert set(model.observed(spec)) == set(model.predict(drawn, spec, rng))
    assert all(values.shape == (50,) for values in derived.values())
