"""Give every number its place in the tree, and the source and kind of the table it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import NoneType
from typing import Any

from models.number import Number
from models.table import Table

# What most of a scenario consists of, and has nothing below it.
_LEAVES = frozenset({str, bool, int, float, date, NoneType})


def resolve[Tree: Table](tree: Tree) -> Tree:
    """Return ``tree`` with keys, sources and kinds filled in, inherited from the nearest table.

    A list item is named by its ``id``: ``contract.clauses.upside.share``.
    """
    resolved: Tree = _place(tree, (), None, None)
    return resolved


def _place(node: Any, path: tuple[str, ...], source: str | None, kind: str | None) -> Any:
    if type(node) in _LEAVES:
        return node
    if isinstance(node, Number):
        return node.at(".".join(path), source, kind)
    if isinstance(node, Table):
        if node.source is not None:
            source, kind = node.source, node.kind or kind
        kind = node.kind or kind
        placed = {
            name: _place(value, (*path, name), source, kind)
            for name, value in node
            if isinstance(value, Number | Table | tuple | Mapping)
        }
        return node.model_copy(update=placed)
    if isinstance(node, tuple):
        return tuple(
            _place(item, (*path, str(getattr(item, "id", index))), source, kind)
            for index, item in enumerate(node)
        )
    if isinstance(node, Mapping):
        return {name: _place(value, (*path, name), source, kind) for name, value in node.items()}
    return node


def numbers(node: Any) -> Iterator[Number]:
    """Yield every number below ``node``, in order of declaration."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if type(one) in _LEAVES:
            continue
        if isinstance(one, Number):
            yield one
        elif isinstance(one, tuple):
            waiting += reversed(one)
        elif isinstance(one, Table):
            waiting += reversed(one.__dict__.values())
        elif isinstance(one, Mapping):
            waiting += reversed(tuple(one.values()))


def is_number(tree: Table, path: Sequence[str]) -> bool:
    """Whether a number stands at ``path``; list items are named as by :func:`resolve`."""
    node: Any = tree
    for part in path:
        if isinstance(node, Table):
            node = getattr(node, part) if part in type(node).model_fields else None
        elif isinstance(node, Mapping):
            node = node.get(part)
        elif isinstance(node, tuple):
            named = ((str(getattr(item, "id", index)), item) for index, item in enumerate(node))
            node = dict(named).get(part)
        else:
            return False
    return isinstance(node, Number)


_NOT_DRAWN = (
    "evidence.",
    "contract.cases.",
    "contract.stage_gates.",
    "correlations.",
    "decision.",
)
_YEARS = re.compile(r"(fund|investments\.\w+(\.implementation)?(\.effects\.\w+)?)\.years\.\w+$")
_ASIDE = re.compile(r"measurements\.\w+\.alternatives\.|parties\.\w+\.risk_tolerance$")


def inputs(tree: Table) -> tuple[Number, ...]:
    """Return the numbers of a scenario that are drawn.

    All but priors and data of the evidence, cases, decision, tolerances of risk, correlations
    between the others or between their years, alternative measurements, whose numbers take the
    place of others, and stage gates, whose numbers have factors of their own
    (:func:`simulate.draws.factors.gate_factors`).
    """
    return tuple(
        n
        for n in numbers(tree)
        if not n.key.startswith(_NOT_DRAWN) and not _ASIDE.match(n.key) and not _YEARS.match(n.key)
    )
