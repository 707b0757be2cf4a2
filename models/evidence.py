"""All evidence models. A new one is a folder and a line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, cast

from models.cost_comparison.spec import CostComparison
from models.grade_change.spec import GradeChange
from models.spec import Evidence
from models.table import Table, chosen_by

if TYPE_CHECKING:
    from models.interface import Model

EVIDENCE: dict[str, type[Table]] = {
    "cost_comparison": CostComparison,
    "grade_change": GradeChange,
}

AnyEvidence = Annotated[Evidence, chosen_by("model", EVIDENCE)]


def load_model(spec: Evidence) -> Model:
    """Return the functions of the model that ``spec`` names; imports numpy, but not PyMC.

    Example:
        >>> from models.grade_change.spec import GradeChange
        >>> load_model(GradeChange.model_construct(model="grade_change")).LATENT
        ()
    """
    return cast("Model", import_module(f"models.{spec.model}.model"))
