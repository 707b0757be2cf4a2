"""Facts of a chapter as plain data and back, exactly.

What they say of the scenario is places in it: parts of the scenario are the very same parts again,
also of the scenario that another run read. Rows about persons hang on the scenario and are never
written. Only classes of this program that hold data are made from what is read, so a file that
somebody else wrote runs nothing.
"""

from __future__ import annotations

import base64
import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import Any, cast

import numpy as np
from pydantic import BaseModel

from models.quantity import DIMENSIONS, Dimension

_OWN = ("models.", "simulate.")
Place = tuple[str | int, ...]


def to_plain(facts: object, scenario: BaseModel) -> Any:
    """Return facts as what JSON can hold; equal facts give equal plain data.

    Args:
        facts: data classes, models, tuples, lists, mappings, arrays, numbers, texts and days.
        scenario: that they are about.

    Raises:
        TypeError: something among the facts is of another kind.
    """
    return _Writer(scenario).plain(facts)


def from_plain(plain: Any, scenario: BaseModel) -> Any:
    """Return the facts of which :func:`to_plain` made ``plain``.

    Args:
        plain: as it was made.
        scenario: equal to the one that the facts were about.

    Raises:
        ValueError, TypeError, LookupError, AttributeError: it is not what this program makes.
    """
    return _Reader(scenario).facts(plain)


def _fields(whole: object) -> tuple[str, ...]:
    """Return the names of what a data class or a model holds; nothing for anything else."""
    own = type(whole)
    if issubclass(own, BaseModel):
        return tuple(own.model_fields)
    if dataclasses.is_dataclass(own):
        return tuple(field.name for field in dataclasses.fields(own))
    return ()


def _parts(whole: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield every data class and model of a scenario, and where in it it is."""
    steps: list[tuple[str | int, object]] = []
    if fields := _fields(whole):
        yield place, whole
        steps = [(name, getattr(whole, name)) for name in fields]
    elif isinstance(whole, Mapping):
        steps = list(whole.items())
    elif isinstance(whole, tuple | list):
        steps = list(enumerate(whole))
    for step, part in steps:
        yield from _parts(part, (*place, step))


def _at(scenario: object, place: Place) -> object:
    found: Any = scenario
    for step in place:
        found = getattr(found, str(step)) if _fields(found) else found[step]
    return found


# What some kinds are called in what is written.
_KINDS = {float: "float", date: "day", list: "list", dict: "map"}


class _Writer:
    def __init__(self, scenario: BaseModel) -> None:
        # By identity, as what is not in the scenario is numbered once it is written.
        self.known: dict[int, dict[str, Any]] = {}
        for place, part in _parts(scenario):
            self.known.setdefault(id(part), {"in": list(place)})
        self.made = 0

    def plain(self, value: Any) -> Any:
        kind = type(value)
        if value is None or kind in (bool, int, str) or (kind is float and math.isfinite(value)):
            return value
        if isinstance(value, np.ndarray | np.generic):
            return {"array": _array(value)}
        if kind is tuple:
            return self._each(value)
        laws: dict[type, Callable[[Any], Any]] = {
            float: repr,
            date: date.isoformat,
            list: self._each,
            dict: self._pairs,
        }
        return {_KINDS[kind]: laws[kind](value)} if kind in laws else self._whole(value)

    def _each(self, values: Sequence[Any]) -> list[Any]:
        return [self.plain(one) for one in values]

    def _pairs(self, values: Mapping[Any, Any]) -> list[Any]:
        return [[self.plain(key), self.plain(one)] for key, one in values.items()]

    def _whole(self, value: Any) -> Any:
        if isinstance(value, Dimension) and DIMENSIONS.get(value.name) is value:
            return {"dimension": value.name}
        if id(value) in self.known:
            return self.known[id(value)]
        own = type(value)
        if not _fields(value) or not own.__module__.startswith(_OWN):
            raise TypeError(f"{own.__module__}.{own.__qualname__} cannot be kept")
        held = {name: self.plain(getattr(value, name)) for name in _fields(value)}
        self.known[id(value)] = {"again": self.made}
        self.made += 1
        return {"of": f"{own.__module__}:{own.__qualname__}", "held": held}


def _array(value: Any) -> list[Any]:
    if value.dtype.kind not in "biuf":
        raise TypeError(f"an array of {value.dtype} cannot be kept")
    data = np.ascontiguousarray(value).tobytes()
    return [value.dtype.str, list(value.shape), base64.b64encode(data).decode("ascii"),
            isinstance(value, np.generic)]  # fmt: skip


class _Reader:
    def __init__(self, scenario: BaseModel) -> None:
        self.scenario = scenario
        self.made: list[object] = []

    def facts(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return tuple(self.facts(one) for one in plain)
        if not isinstance(plain, dict):
            return plain
        if "of" in plain:
            return self._whole(plain["of"], plain["held"])
        ((kind, held),) = plain.items()
        return getattr(self, f"_{kind}")(held)

    def _whole(self, name: str, held: Mapping[str, Any]) -> object:
        own = _class(name)
        values = {key: self.facts(one) for key, one in held.items()}
        whole = _filled(own, values)
        if set(_fields(whole)) != values.keys():
            raise TypeError(f"{name} holds something else")
        self.made.append(whole)
        return whole

    def _in(self, place: Sequence[str | int]) -> object:
        return _at(self.scenario, tuple(place))

    def _again(self, number: int) -> object:
        return self.made[number]

    def _dimension(self, name: str) -> Dimension:
        return DIMENSIONS[name]

    def _float(self, text: str) -> float:
        return float(text)

    def _day(self, text: str) -> date:
        return date.fromisoformat(text)

    def _list(self, held: Sequence[Any]) -> list[Any]:
        return [self.facts(one) for one in held]

    def _map(self, held: Sequence[Sequence[Any]]) -> dict[Any, Any]:
        return {self.facts(key): self.facts(one) for key, one in held}

    def _array(self, held: Sequence[Any]) -> Any:
        dtype, shape, data, alone = held
        array = np.frombuffer(base64.b64decode(data), dtype).reshape(shape).copy()
        return array[()] if alone else array


def _filled(own: type, values: Mapping[str, Any]) -> object:
    """Return an object, not by its constructor: what that fills in or checks is in the values."""
    if issubclass(own, BaseModel):
        return own.model_construct(**values)
    whole = object.__new__(own)
    for key, value in values.items():
        object.__setattr__(whole, key, value)
    return whole


def _class(name: str) -> type:
    """Return a class of this program that holds data.

    Raises:
        TypeError: it is something else.
    """
    module, _, qualified = name.partition(":")
    found: Any = import_module(module) if module.startswith(_OWN) else None
    for part in qualified.split("."):
        found = getattr(found, part)
    is_own = isinstance(found, type) and found.__module__ == module
    if not is_own or not (dataclasses.is_dataclass(found) or issubclass(found, BaseModel)):
        raise TypeError(f"{name} holds no data")
    return cast("type", found)
