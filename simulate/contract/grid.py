"""Pay out on a grid of stated outcomes: what a contract pays when a measure varies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.quantity import QuantityError
from models.units import parse_quantity
from simulate.contract.pay import Payout
from simulate.contract.stated import Stated, bare, needed, pay_varied, read_given, unknown_given
from simulate.errors import BadInput, Problem
from simulate.scenario.tree.scenario import ContractScenario

MOST_POINTS, MOST_AXES = 1000, 2


@dataclass(frozen=True)
class Axis:
    """A measure and the values it takes, in canonical units, rising or falling."""

    measure: str
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Payouts on every combination of the axes' values, the last axis fastest.

    Attributes:
        axes: one or two.
        points: values by measure, dims (point,).
        stated: everything else.
        payout: dims (point,).
    """

    axes: tuple[Axis, ...]
    points: dict[str, NDArray[np.float64]]
    stated: Stated
    payout: Payout


def read_grid(
    scenario: ContractScenario, grids: Iterable[str], picture: object | None
) -> tuple[Axis, ...]:
    """Return the axes that ``MEASURE=from:to:n`` state.

    Raises:
        BadInput: with every problem; also a picture of nothing that varies.
    """
    grids = tuple(grids)
    problems: list[Problem] = []
    axes: list[Axis] = []
    example = f"--grid {needed(scenario)[0] if needed(scenario) else 'saving'}=0:1:11"
    for text in grids:
        try:
            axis = _axis(scenario, text, example)
        except QuantityError as error:
            problems.append(Problem(error.code, ("--grid",), error.context))
            continue
        if any(axis.measure == one.measure for one in axes):
            problems.append(Problem("duplicate_id", ("--grid",), {"found": axis.measure}))
        axes.append(axis)
    if len(grids) > MOST_AXES:
        found = " ".join(grids)
        problems.append(Problem("bad_grid", ("--grid",), {"found": found, "example": example}))
    if picture is not None and not grids:
        problems.append(Problem("picture_without_grid", ("--picture",), {"example": example}))
    if problems:
        raise BadInput(problems)
    return tuple(axes)


def _axis(scenario: ContractScenario, text: str, example: str) -> Axis:
    measure, _, span = (part.strip() for part in text.partition("="))
    parts = [part.strip() for part in span.split(":")]
    wrong = QuantityError("bad_grid", found=text, example=example)
    if len(parts) != 3 or not parts[2].isdecimal():
        raise wrong
    known = [*dict.fromkeys([*scenario.contract.measures(), *needed(scenario)])]
    if measure not in known:
        raise unknown_given(measure, known)
    dimension = scenario.measurements[measure].dimension
    low, high = (dimension.check(parse_quantity(bare(part), dimension), part) for part in parts[:2])
    count = int(parts[2])
    if low == high or not 2 <= count <= MOST_POINTS:
        raise wrong
    steps = low + (high - low) * np.arange(count) / (count - 1)
    return Axis(measure, np.round(steps, 2 if "sek" in dimension.name else 12))


def paid_on(
    scenario: ContractScenario, axes: tuple[Axis, ...], given: Iterable[str], drawn: str | None
) -> Table:
    """Return what the contract pays on every point.

    Args:
        scenario: with the contract.
        axes: what varies.
        given: everything else, ``NAME=VALUE`` each.
        drawn: drawn amount.

    Raises:
        BadInput: as :func:`simulate.contract.stated.read_given`.
    """
    names = tuple(axis.measure for axis in axes)
    stated = read_given(scenario, given, drawn, names)
    spread = np.meshgrid(*(axis.values for axis in axes), indexing="ij")
    points = {name: one.ravel() for name, one in zip(names, spread, strict=True)}
    return Table(axes, points, stated, pay_varied(scenario, stated, points))
