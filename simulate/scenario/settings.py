"""``--set KEY=VALUE``: change a key of the scenario before it is checked."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from models.language import mark, say
from simulate.errors import Path, Problem
from simulate.scenario.locate import real_path


def path_of(setting: str) -> Path:
    """Return the path that a setting changes.

    Example:
        >>> path_of("programme.delivery = 0.9")
        ('programme', 'delivery')
    """
    return tuple(setting.partition("=")[0].strip().split("."))


def apply_settings(raw: dict[str, Any], settings: Iterable[str]) -> list[Problem]:
    """Change ``raw`` in place; return the problems with the settings themselves.

    A key is written as in results: ``measurements.saving.drift``, list items by their id, or by
    number from nought where they have none. The key must exist. The value is TOML (``0.4``,
    ``true``, ``{ normal = … }``); anything that is not is taken as text (``7.5 mkr``). It replaces
    all that stood there, source and hindsight included.
    """
    problems: list[Problem] = []
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or not key.strip():
            context = {"found": setting, "example": "--set measurements.saving.drift=0"}
            problems.append(Problem("bad_assignment", ("--set",), context))
            continue
        problem = _assign(raw, [str(part) for part in path_of(setting)], _value(value.strip()))
        if problem is not None:
            problems.append(problem)
    return problems


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):  # also integers with more digits than Python reads
        return text


def _assign(raw: dict[str, Any], path: list[str], value: Any) -> Problem | None:
    node: Any = raw
    for depth, part in enumerate(path):
        names = _names(node)
        if part not in names:
            close = "".join(difflib.get_close_matches(part, names, n=1))
            context = {
                "found": ".".join(path[: depth + 1]),
                "allowed": ", ".join(names) or say("ingen nyckel: här står ett värde"),
                "close": ".".join([*path[:depth], close]) if close else "",
            }
            return Problem("unknown_setting", ("--set",), context)
        place = names[part]
        if depth == len(path) - 1:
            node[place] = value
        else:
            node = node[place]
    return None


def _names(node: Any) -> dict[str, Any]:
    if isinstance(node, dict):
        return {name: name for name in node}
    if isinstance(node, list):
        return {str(item.get("id", i)): i for i, item in enumerate(node) if isinstance(item, dict)}
    return {}


# Written to the stored scenario, so it is the same in any language; said when it is shown.
BY_HAND = mark("angivet med --set")
_SOURCE = {"source": BY_HAND, "kind": "assumption"}


def note_settings(
    raw: dict[str, Any], settings: Iterable[str], is_number: Callable[[Sequence[str]], bool]
) -> None:
    """Give every number that was set its own source: it is no longer the one in the file.

    Args:
        raw: the scenario, settings applied; changed in place.
        settings: ``KEY=VALUE`` each.
        is_number: whether a number of the scenario stands at a path.
    """
    for setting in settings:
        path = path_of(setting)
        if not is_number([str(part) for part in path]):
            continue
        *parents, last = real_path(path, raw)
        node: Any = raw
        for part in parents:
            node = node[part]
        value = node[last] if isinstance(node[last], dict) else {"value": node[last]}
        node[last] = value if "source" in value else {**value, **_SOURCE}
