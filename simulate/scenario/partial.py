"""The sound parts of a scenario that cannot be read as a whole, so that they are checked too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from simulate.scenario.tree.scenario import Scenario


def sound(raw: Mapping[str, Any]) -> tuple[Scenario, frozenset[str]]:
    """Return a scenario that lacks what cannot be read in ``raw``, and the names of what it lacks.

    The scenario is good for nothing but the checks that do not ask for what is missing.
    """
    values: dict[str, Any] = {}
    missing = set()
    for name, field in Scenario.model_fields.items():
        key = field.alias or name
        if name == "parties" and isinstance(raw.get(key), Mapping):
            # The checks ask only what parties there are, which is known however they look.
            values[key] = dict.fromkeys(raw[key])
            continue
        if key not in raw:
            if field.is_required():
                missing.add(name)
            continue
        kind: Any = field.annotation
        if field.metadata:
            kind = Annotated[kind, *field.metadata]
        try:
            values[key] = TypeAdapter(kind).validate_python(raw[key])
        except ValidationError:
            missing.add(name)
    return Scenario.model_construct(**values), frozenset(missing)
