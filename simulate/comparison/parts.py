"""What of two scenarios differs, in parts that can be changed one at a time."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.cache import canonical
from simulate.scenario.checks import check
from simulate.scenario.read import AnyScenario, tree_of
from simulate.scenario.resolve import numbers

Place = tuple[str, ...]
CLAUSES = ("contract", "clauses")
# What people read, and what decides no draw.
_WORDS = frozenset(
    {"id", "title", "name", "source", "kind", "known_from", "hindsight", "reason"}
    | {"unstated", "cases", "reservations", "partners", "forvaltning"}
)
_FITTED = ("evidence", "fit_seed")
_NOTHING = object()


@dataclass(frozen=True, eq=False)
class Part:
    """One part of the difference.

    Attributes:
        key: where it stands, as in results.
        is_clause: whether it is a clause of the contract.
        scenario: the first scenario with this part of the second.
        fits: evidence blocks that are the second scenario's, as it fitted them.
    """

    key: str
    is_clause: bool
    scenario: AnyScenario
    fits: frozenset[str]

    @property
    def is_evidence(self) -> bool:
        """Whether nothing but fits may differ."""
        return self.key.split(".")[0] in _FITTED


def parts(
    a: Mapping[str, Any], b: Mapping[str, Any], first: AnyScenario, second: AnyScenario
) -> tuple[Part, ...]:
    """Return the parts of the difference, in the order of the first scenario's file.

    A number is one part, a clause and an evidence block are; where a key cannot be changed without
    its neighbours, the table that holds them is one. Words make no difference.

    Args:
        a, b: the scenarios as plain data.
        first, second: the scenarios.
    """
    keys = {number.key for one in (first, second) for number in numbers(one)}
    waiting = list(dict.fromkeys(_changed(a, b, (), keys)))
    found: dict[Place, AnyScenario | None] = {}
    same = _laws(first)
    while waiting:
        place = waiting.pop(0)
        if any(place[: len(one)] == one for one in found):
            continue
        scenario = _with(a, b, place)
        if scenario is None and place:
            # Not alone: the table that it stands in, and with it all that was found inside.
            above = place[:-1]
            found = {one: held for one, held in found.items() if one[: len(above)] != above}
            waiting.insert(0, above)
        elif scenario is not None:
            differs = place[:1] in [(one,) for one in _FITTED] or _laws(scenario) != same
            found[place] = scenario if differs else None
    return tuple(
        Part(
            ".".join(place),
            place[:2] == CLAUSES and len(place) == 3,
            scenario,
            _fits(place, second),
        )
        for place, scenario in found.items()
        if scenario is not None
    )


def _laws(scenario: AnyScenario) -> Any:
    """Return what decides the futures, but for the fits and without the words."""
    return canonical(scenario.model_copy(update={"evidence": {}}))


def _fits(place: Place, second: AnyScenario) -> frozenset[str]:
    if place[:1] == ("evidence",) and len(place) > 1:
        return frozenset(place[1:2])
    every = not place or place[0] in _FITTED
    return frozenset(second.evidence) if every else frozenset()


def _changed(a: Any, b: Any, place: Place, keys: set[str]) -> Iterator[Place]:
    if a == b or (place and place[-1] in _WORDS):
        return
    both = _children(a), _children(b)
    whole = (place[:2] == CLAUSES or place[:1] == ("evidence",)) and len(place) > 1
    if (whole and place != CLAUSES) or ".".join(place) in keys or None in both:
        yield place
        return
    mine, theirs = ({} if one is None else one for one in both)
    for name in {**mine, **theirs}:
        if name in mine and name in theirs:
            yield from _changed(mine[name], theirs[name], (*place, name), keys)
        elif name not in _WORDS:
            yield (*place, name)


def _children(node: Any) -> dict[str, Any] | None:
    """Return what a node holds by name; ``None`` of what is changed as a whole."""
    if isinstance(node, Mapping):
        return dict(node)
    if isinstance(node, list) and node and all(isinstance(x, Mapping) and "id" in x for x in node):
        return {str(one["id"]): one for one in node}
    return None


def _with(a: Mapping[str, Any], b: Mapping[str, Any], place: Place) -> AnyScenario | None:
    """Return the first scenario with one place of the second; nothing where it is not sound."""
    raw = copy.deepcopy(dict(b)) if not place else _placed(a, b, place)
    try:
        scenario = tree_of(raw)
    except (ValidationError, LookupError, TypeError):
        return None
    return None if list(check(scenario)) else scenario


def _placed(a: Mapping[str, Any], b: Mapping[str, Any], place: Place) -> dict[str, Any]:
    raw: dict[str, Any] = copy.deepcopy(dict(a))
    node: Any = raw
    for name in place[:-1]:
        node = node[name] if isinstance(node, dict) else (_children(node) or {})[name]
    value = _at(b, place)
    last = place[-1]
    if isinstance(node, dict):
        node.pop(last, None)
        if value is not _NOTHING:
            node[last] = copy.deepcopy(value)
        return raw
    kept = [one for one in node if str(one["id"]) != last]
    spot = next((i for i, one in enumerate(node) if str(one["id"]) == last), len(kept))
    node[:] = kept if value is _NOTHING else [*kept[:spot], copy.deepcopy(value), *kept[spot:]]
    return raw


def _at(node: Any, place: Place) -> Any:
    for name in place:
        children = _children(node)
        if children is None or name not in children:
            return _NOTHING
        node = children[name]
    return node
