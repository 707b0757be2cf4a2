"""The base of every table in a scenario file: frozen, no unknown keys, all problems at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    Strict,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from models.number import Kind

Text = Annotated[str, Strict(), Field(min_length=1)]
Integer = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Day = Annotated[date, Strict()]
Identifier = Annotated[str, Strict(), Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Table(BaseModel):
    """A frozen table; an unknown key is refused with the key that was probably meant.

    Attributes:
        source, kind: inherited by every number in the table that states none of its own.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    source: Text | None = None
    kind: Kind | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_unknown_keys(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Mapping):
            return handler(data)
        names = {field.alias or name for name, field in cls.model_fields.items()}
        errors = [_unknown(key, sorted(names)) for key in data if key not in names]
        if not errors:
            return handler(data)
        try:
            handler({key: value for key, value in data.items() if key in names})
        except ValidationError as error:
            errors += [_again(found) for found in error.errors(include_url=False)]
        raise ValidationError.from_exception_data(cls.__name__, errors)


def refuse(code: str, **context: Any) -> PydanticCustomError:
    """Return the error of a value that is wrong in the way ``code``, to be raised by a validator.

    Example:
        >>> refuse("data_uncertain", found="beta").type
        'data_uncertain'
    """
    return PydanticCustomError(code, "{code}", {"code": code} | context)


def _unknown(key: str, allowed: list[str]) -> InitErrorDetails:
    close = difflib.get_close_matches(key, allowed, n=1)
    context = {"found": key, "allowed": ", ".join(allowed), "close": "".join(close)}
    return {
        "type": PydanticCustomError("unknown_key", "{found}", context),
        "loc": (key,),
        "input": key,
    }


def _again(found: Any) -> InitErrorDetails:
    error = PydanticCustomError(found["type"], "again", found.get("ctx", {}))
    return {"type": error, "loc": found["loc"], "input": found["input"]}


@dataclass(frozen=True, eq=False)
class Chosen:
    """Reads a table as one of several classes, and says to editors which there are.

    Attributes:
        read: from the plain table to an instance of the class that it names.
        registry: the classes by name.
    """

    read: Callable[[object, ValidationInfo], object]
    registry: Mapping[str, type[Any]]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return BeforeValidator(self.read).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"oneOf": [handler(TypeAdapter(one).core_schema) for one in self.registry.values()]}


def chosen_by(key: str, registry: Mapping[str, type[Any]]) -> Chosen:
    """Return a validator that reads a table as the class that its ``key`` names.

    Args:
        key: name of the deciding key, ``type`` or ``model``.
        registry: the classes by name; it may be filled after this call.
    """

    def read(raw: object, info: ValidationInfo) -> object:
        if not isinstance(raw, Mapping):
            return raw
        if key not in raw:
            context = {"found": "", "allowed": ", ".join(registry), "at": key}
            raise PydanticCustomError("missing_choice", "{found}", context)
        name = raw[key]
        if not isinstance(name, str) or name not in registry:
            close = difflib.get_close_matches(name, registry, n=1) if isinstance(name, str) else []
            context = {
                "found": name,
                "allowed": ", ".join(registry),
                "close": "".join(close),
                "at": key,
            }
            raise PydanticCustomError("not_one_of", "{found}", context)
        return registry[name].model_validate(raw, context=info.context)

    return Chosen(read, registry)
