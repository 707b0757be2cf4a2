"""All evidence models. A new one is a folder and a line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, cast

from models.spec import Evidence
from models.table import chosen_by

if TYPE_CHECKING:
    from models.interface import Model

# Each is a folder beside this file, whose `spec.py` has the class as `SPEC`.
NAMES = (
    "bistand_exit",
    "cost_comparison",
    "grade_change",
    "placement_days",
    "proxy_link",
)

EVIDENCE: dict[str, type[Evidence]] = {
    name: import_module(f"models.{name}.spec").SPEC for name in NAMES
}

AnyEvidence = Annotated[Evidence, chosen_by("model", EVIDENCE)]


def load_model(spec: Evidence) -> Model:
    """Return the functions for the form that ``spec`` is written in; imports numpy, not PyMC.

    They are a module of the model's folder, named by :attr:`models.spec.Evidence.form`.

    Example:
        >>> from models.grade_change.spec import GradeChange
        >>> load_model(GradeChange.model_construct(model="grade_change")).__name__
        'models.grade_change.counts'
    """
    return cast("Model", import_module(f"models.{spec.model}.{spec.form}"))
