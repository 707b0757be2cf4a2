"""The sound parts of a scenario that cannot be read as a whole, so that they are checked too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast

from pydantic import TypeAdapter, ValidationError

from simulate.scenario.tree.scenario import Scenario


def sound[Kind: Scenario](kind: type[Kind], raw: Mapping[str, Any]) -> tuple[Kind, frozenset[str]]:
    """Return a scenario that lacks what cannot be read in ``raw``, and the names of what it lacks.

    The scenario is good for nothing but the checks that do not ask for what is missing.
    """
    values: dict[str, Any] = {}
    missing = set()
    for name, field in kind.model_fields.items():
        key = field.alias or name
        if name == "parties" and isinstance(raw.get(key), Mapping):
            # The checks ask only what parties there are, which is known however they look.
            values[key] = dict.fromkeys(raw[key])
            continue
        if key not in raw:
            if field.is_required():
                missing.add(name)
            continue
        form: Any = field.annotation
        if field.metadata:
            form = Annotated[form, *field.metadata]
        try:
            values[key] = TypeAdapter(form).validate_python(raw[key])
        except ValidationError:
            missing.add(name)
    return cast("Kind", kind.model_construct(**values)), frozenset(missing)
