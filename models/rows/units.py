"""What the numbers in a column are: the dimension that a unit belongs to, and if it suits."""

from __future__ import annotations

from models.quantity import DIMENSIONS, Dimension, QuantityError
from models.rows.frame import RowProblem
from models.rows.numbers import BARE
from models.units import UNITS, known_units, parse_quantity


def unit_problem(
    dimension: Dimension, unit: str | None, heading: str, key: tuple[str, ...]
) -> RowProblem | None:
    """Return what is wrong with the unit of a column, if anything is.

    Args:
        dimension: of what the model reads.
        unit: as the scenario states it.
        heading: of the column in the file.
        key: where the scenario has the column.
    """
    try:
        parse_quantity(1, dimension, unit)
    except QuantityError as error:
        allowed = ", ".join(known_units(dimension))
        context = {"found": unit or heading, "allowed": allowed or "–"}
        context["example"] = f'unit = "{known_units(dimension)[0]}"' if allowed else "–"
        at = (*key, "unit") if unit else key
        return RowProblem(error.code, context=context, key=at)
    return None


def dimension_of(unit: str | None) -> Dimension | None:
    """Return the dimension of a covariate by its unit; ``None`` for a unit that is not known.

    Example:
        >>> dimension_of("år").name, dimension_of(None).name, dimension_of("alnar")
        ('years', 'number', None)
    """
    if unit is None:
        return BARE
    kinds = UNITS.get(unit) or UNITS.get(unit.lower())
    return DIMENSIONS[next(iter(kinds))] if kinds else None
