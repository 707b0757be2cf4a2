"""What is wrong with a fitted block and what is worth knowing of it, in its scenario's words."""

from __future__ import annotations

from models.evidence import load_model
from models.posterior import Posterior
from models.reasons import Naming, Reason, notes, reasons
from models.spec import Evidence


def naming(name: str, spec: Evidence) -> Naming:
    """Return what a person calls what a block holds, and where it stands in the scenario."""
    priors = load_model(spec).parameters(spec)
    keys = {key: one.key for key, one in priors.items() if one.key}
    return Naming(spec.called, f"evidence.{name}", keys)


def explained(fitted: Posterior, spec: Evidence) -> tuple[Reason, ...]:
    """Return what is wrong with the fit of a block and what to do; empty when all is well."""
    return reasons(fitted.diagnosis, fitted.checks, naming(fitted.name, spec))


def noted(fitted: Posterior, spec: Evidence) -> tuple[Reason, ...]:
    """Return what is worth knowing of the fit of a block without being wrong with it."""
    return notes(fitted.diagnosis, naming(fitted.name, spec))
