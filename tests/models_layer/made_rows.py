"""Rows that are made up: frames as the reader hands them on, with known truth behind them.

No person is behind any of these rows. Each set is drawn from the model it is meant for, at stated
values, by a stated seed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from models.cost_comparison import rows as cost_model
from models.cost_comparison.spec import CostComparison
from models.grade_change import rows as grade_model
from models.grade_change.spec import GradeChange
from models.rows.frame import TREATED, Frame
from models.spec import value_of
from tests.models_layer.blocks import COST_PRIOR, GRADE_PRIOR

# Nature's values in the synthetic cost rows; the whole cost falls by about a fifth.
COST_TRUTH: dict[str, float] = {
    "level": 1e6,
    "cv": 0.7,
    "mean_effect": -0.15,
    "between_place_sd": 0.1,
    "comparison_bias": 0.0,
    "share_without_cost": 0.2,
    "effect_without_cost": 0.4,
    "coefficient_sd": 1.0,
    "place_level_sd": 0.2,
}
HURDLE_PRIOR: dict[str, Any] = {
    "share_without_cost": {"beta": {"a": 2, "b": 4}},
    "effect_without_cost": {"normal": {"mean": 0, "sd": 0.7}},
}


def cost_rows(
    count: int = 80,
    seed: int = 1,
    hurdle: bool = False,
    places: int = 1,
    covariates: bool = False,
    missing: int = 0,
    **changes: Any,
) -> CostComparison:
    """Return a block of the cost comparison that holds synthetic rows.

    Args:
        count: persons, half of them treated.
        seed: of everything.
        hurdle: whether a fifth of the comparison group have no cost.
        places: how many places the persons come from.
        covariates: age in years and sex; a girl costs a fifth less, a year older a tenth more.
        missing: for how many persons the age is missing.
        changes: replace whole keys of the block; ``prior`` is merged.
    """
    rng = np.random.default_rng(seed)
    block = _block(hurdle, places, covariates, missing, changes)
    treated = np.arange(count) % 2 == 0
    columns: dict[str, tuple[float | None, ...]] = {"cost": (1.0,) * count}
    table: dict[str, tuple[float | None, ...]] = {}
    if covariates:
        age = rng.uniform(10, 18, count).round(1)
        lost = set(rng.choice(count, missing, replace=False).tolist())
        table["age"] = tuple(None if i in lost else float(x) for i, x in enumerate(age))
        table["sex.girl"] = tuple(map(float, rng.random(count) < 0.4))
    place = rng.integers(places, size=count)
    for k in range(1, places):
        table[f"place.ort_{k + 1}"] = tuple(map(float, place == k))
    frame = Frame(
        group=tuple(TREATED if x else "comparison" for x in treated),
        columns=columns,
        covariates=table,
        places=tuple(range(2, count + 2)),
        digest=f"made {count} {seed} {hurdle} {places} {covariates} {missing}",
    )
    return _filled(_holding(block, frame), rng)


def _filled(spec: CostComparison, rng: np.random.Generator) -> CostComparison:
    """Costs at nature's values: the model draws them."""
    truth = {name: COST_TRUTH[name] for name in cost_model.parameters(spec)}
    latent = {name: float(rng.standard_normal()) for name in cost_model.latent(spec)}
    slopes = {"cost_1": 0.22, "cost_2": -0.11, "none_1": -0.2, "none_2": 0.1}
    one = truth | latent | {name: x for name, x in slopes.items() if name in latent}
    samples = {name: np.asarray(x) for name, x in one.items()}
    cost = cost_model.replicate(samples, spec, rng)["cost"]
    frame = spec.own_rows.frame
    return _holding(spec, with_column(frame, "cost", tuple(map(float, cost))))


def with_column(frame: Frame, name: str, values: tuple[float | None, ...]) -> Frame:
    """Return the rows with a column replaced."""
    return Frame(
        frame.group, {**frame.columns, name: values}, frame.covariates, frame.places, frame.digest
    )


def with_covariate(frame: Frame, name: str, values: tuple[float | None, ...]) -> Frame:
    """Return the rows with a covariate replaced."""
    return Frame(
        frame.group, frame.columns, {**frame.covariates, name: values}, frame.places, frame.digest
    )


def _holding[Block: (CostComparison, GradeChange)](spec: Block, frame: Frame) -> Block:
    assert spec.rows is not None
    return spec.model_copy(update={"rows": spec.rows.holding(frame)})


holding = _holding


def _block(
    hurdle: bool, places: int, covariates: bool, missing: int, changes: dict[str, Any]
) -> CostComparison:
    prior = COST_PRIOR | (HURDLE_PRIOR if hurdle else {})
    told: dict[str, Any] = {}
    if covariates:
        told["age"] = {"column": "alder", "unit": "år"}
        told["sex"] = {"column": "kon", "levels": ["boy", "girl"]}
        prior["coefficient_sd"] = 0.5
    if places > 1:
        levels = [f"ort_{k + 1}" for k in range(places)]
        told["place"] = {"column": "ort", "levels": levels}
        prior["place_level_sd"] = 0.2
    prior |= changes.pop("prior", {})
    rows = {
        "file": "data/syntetisk.csv",
        "person": "barn",
        "group": {"column": "grupp", "treated": "insats", "comparison": "utan"},
        "columns": {"cost": {"column": "kostnad", "unit": "kr"}},
        "covariates": told,
        "missing": "model" if missing else "refuse",
        "synthetic": True,
    }
    block = {
        "model": "cost_comparison",
        "rows": rows,
        "prior": {k: v for k, v in prior.items() if v is not None},
    }
    return CostComparison.model_validate(block | changes)


# Nature's values in the synthetic school rows.
GRADE_TRUTH: dict[str, float] = {
    "shift": 0.3,
    "half_width": 0.6,
    "extra_step": 0.25,
    "missing_shift": -0.5,
    "trend": -0.2,
    "effect": 0.4,
    "comparison_bias": 0.0,
    "eligible_gain": 0.4,
    "eligible_loss": 0.15,
    "eligible_effect": 0.5,
    "coefficient_sd": 1.0,
}
_COMPARED_PRIOR: dict[str, Any] = {
    "trend": {"normal": {"mean": 0, "sd": 0.5}},
    "effect": {"normal": {"mean": 0, "sd": 0.5}},
    "comparison_bias": {"normal": {"mean": 0, "sd": 0.2}},
}
_ELIGIBLE_PRIOR: dict[str, Any] = {
    "eligible_gain": {"beta": {"a": 2, "b": 3}},
    "eligible_loss": {"beta": {"a": 1, "b": 4}},
}


def grade_rows(
    count: int = 60,
    seed: int = 1,
    compared: bool = False,
    eligibility: bool = False,
    missing: int = 0,
    covariates: bool = False,
    **changes: Any,
) -> GradeChange:
    """Return a block of the change in grades that holds synthetic rows.

    Args:
        count: persons; half of them treated where anyone is compared.
        seed: of everything.
        compared: whether there is a comparison group.
        eligibility: whether eligibility before and after is there; half were eligible before.
        missing: how many have no result.
        covariates: age in years; an older pupil moves further.
        changes: replace whole keys of the block; ``prior`` is merged.
    """
    rng = np.random.default_rng(seed)
    if covariates:
        changes["prior"] = {"coefficient_sd": 0.5} | changes.get("prior", {})
    spec = _grade_block(compared, eligibility, missing, changes, covariates)
    group = tuple(TREATED if not compared or i % 2 == 0 else "comparison" for i in range(count))
    columns: dict[str, tuple[float | None, ...]] = {"change": (0.0,) * count}
    if eligibility:
        columns["eligible_before"] = tuple(map(float, rng.random(count) < 0.5))
        columns["eligible_after"] = (0.0,) * count
    digest = f"made {count} {seed} {compared} {eligibility} {missing}"
    told = {"age": tuple(map(float, rng.uniform(10, 18, count)))} if covariates else {}
    spec = _holding(spec, Frame(group, columns, told, tuple(range(2, count + 2)), digest))
    truth = {name: np.asarray(GRADE_TRUTH[name]) for name in grade_model.parameters(spec)}
    truth |= {name: np.asarray(0.3) for name in grade_model.latent(spec)}
    new = grade_model.replicate(truth, spec, rng)
    lost = set(rng.choice(count, missing, replace=False).tolist())
    step = value_of(spec.step)
    steps = tuple(None if i in lost else step * float(x) for i, x in enumerate(new["steps"]))
    frame = with_column(spec.own_rows.frame, "change", steps)
    if eligibility:
        frame = with_column(frame, "eligible_after", tuple(map(float, new["after"])))
    return _holding(spec, frame)


def _grade_block(
    compared: bool, eligibility: bool, missing: int, changes: dict[str, Any], covariates: bool
) -> GradeChange:
    prior = dict(GRADE_PRIOR)
    columns = {"change": {"column": "andring", "unit": "poäng"}}
    rows: dict[str, Any] = {
        "file": "data/syntetisk.csv",
        "person": "elev",
        "missing": "model" if missing else "refuse",
        "synthetic": True,
    }
    if covariates:
        rows["covariates"] = {"age": {"column": "alder", "unit": "år"}}
    if compared:
        del prior["shift"]
        prior |= _COMPARED_PRIOR
        rows["group"] = {"column": "grupp", "treated": "insats", "comparison": "utan"}
    if eligibility:
        prior |= _ELIGIBLE_PRIOR
        columns |= {name: {"column": name} for name in ("eligible_before", "eligible_after")}
        if compared:
            prior["eligible_effect"] = {"normal": {"mean": 0, "sd": 0.7}}
    if missing:
        prior["missing_shift"] = {"normal": {"mean": -0.3, "sd": 0.3}}
    prior |= changes.pop("prior", {})
    stated = {key: value for key, value in prior.items() if value is not None}
    block = {"model": "grade_change", "rows": {**rows, "columns": columns}, "prior": stated}
    return GradeChange.model_validate(block | changes)
