"""Rows that a model cannot use although they can be read: one case for each way."""

from __future__ import annotations

from dataclasses import dataclass

from models.rows.frame import TREATED, Frame
from models.spec import Evidence
from tests.models_layer.made_rows import cost_rows, grade_rows, holding, with_column, with_covariate


@dataclass(frozen=True)
class Case:
    """A block and rows of it.

    Attributes:
        spec: holds the rows.
        column: the column that the problem is in.
        rows: row numbers that are told.
    """

    spec: Evidence
    column: str
    rows: tuple[int, ...] = ()


def _cost(values: list[float | None]) -> Case:
    spec = cost_rows(20)
    return Case(holding(spec, with_column(spec.own_rows.frame, "cost", tuple(values))), "cost")


def _age_missing() -> Case:
    spec = cost_rows(60, covariates=True)
    values: tuple[float | None, ...] = (None,) * 21 + (12.0, 14.0, 16.0) * 13
    frame = with_covariate(spec.own_rows.frame, "age", values)
    return Case(holding(spec, frame), "age", frame.places[:21])


def _not_followed() -> Case:
    spec = cost_rows(20)
    frame = with_column(spec.own_rows.frame, "exposure", (0.0, *(1.0,) * 19))
    return Case(holding(spec, frame), "exposure", frame.places[:1])


def _one_arm_without() -> Case:
    spec = cost_rows(20, hurdle=True)
    frame = spec.own_rows.frame
    values = tuple(0.0 if group == TREATED else 1e5 for group in frame.group)
    return Case(holding(spec, with_column(frame, "cost", values)), "cost")


def _grades(name: str, values: tuple[float | None, ...], rows: tuple[int, ...] = ()) -> Case:
    spec = grade_rows(20, eligibility=True)
    return Case(holding(spec, with_column(spec.own_rows.frame, name, values)), name, rows)


CASES: dict[str, tuple[Case, ...]] = {
    "rows_many_missing": (_age_missing(),),
    "rows_no_exposure": (_not_followed(),),
    "rows_without_cost": (_cost([0.0, *[1e5] * 19]),),
    "rows_few_costs": (_one_arm_without(),),
    "rows_not_steps": (_grades("change", (0.5, *(1.0,) * 19), (2,)),),
    "rows_few_results": (_grades("change", (*(None,) * 16, *(1.0,) * 4)),),
    "rows_not_yes_or_no": (_grades("eligible_after", (0.5, *(1.0,) * 19), (2,)),),
}
CODES = frozenset(CASES)


def frame_of(case: Case) -> Frame:
    """Return the rows of a case."""
    source = case.spec.source_of_rows
    assert source is not None
    return source.frame
