"""``--set KEY=VALUE``: change a key of the scenario before it is checked."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from typing import Any

from simulate.errors import Path, Problem


def path_of(setting: str) -> Path:
    """Return the path that a setting changes.

    Example:
        >>> path_of("programme.delivery = 0.9")
        ('programme', 'delivery')
    """
    return tuple(setting.partition("=")[0].strip().split("."))


def apply_settings(raw: dict[str, Any], settings: Iterable[str]) -> list[Problem]:
    """Change ``raw`` in place; return the problems with the settings themselves.

    A key is written as in results: ``measurements.saving.drift``, list items by their id. The key
    must exist. The value is TOML (``0.4``, ``true``, ``{ normal = … }``); anything that is not is
    taken as text (``7.5 mkr``). A setting states a value for this run alone, so a number keeps the
    source of what it replaces.
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
                "allowed": ", ".join(names) or "ingen nyckel: här står ett värde",
                "close": ".".join([*path[:depth], close]) if close else "",
            }
            return Problem("unknown_setting", ("--set",), context)
        place = names[part]
        if depth == len(path) - 1:
            node[place] = _keeping_notes(node[place], value)
        else:
            node = node[place]
    return None


def _names(node: Any) -> dict[str, Any]:
    if isinstance(node, dict):
        return {name: name for name in node}
    if isinstance(node, list):
        return {
            str(item["id"]): i
            for i, item in enumerate(node)
            if isinstance(item, dict) and "id" in item
        }
    return {}


_NOTES = ("source", "kind", "known_from", "hindsight", "reason")


def _keeping_notes(old: Any, new: Any) -> Any:
    if not isinstance(old, dict):
        return new
    notes = {key: old[key] for key in _NOTES if key in old}
    if not notes:
        return new
    return {**notes, **new} if isinstance(new, dict) else {"value": new, **notes}
