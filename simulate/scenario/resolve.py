"""Give every number its place in the tree, and the source and kind of the table it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from models.number import Number
from models.table import Table


def resolve[Tree: Table](tree: Tree) -> Tree:
    """Return ``tree`` with keys, sources and kinds filled in, inherited from the nearest table.

    A list item is named by its ``id``: ``contract.clauses.upside.share``.
    """
    resolved: Tree = _place(tree, (), None, None)
    return resolved


def _place(node: Any, path: tuple[str, ...], source: str | None, kind: str | None) -> Any:
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
    if isinstance(node, Number):
        yield node
    elif isinstance(node, Table):
        for _, value in node:
            yield from numbers(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from numbers(value)
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from numbers(value)


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
        if not n.key.startswith(_NOT_DRAWN)
        and not _ASIDE.match(n.key)
        and not _YEARS.match(n.key)
    )
