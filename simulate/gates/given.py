"""What was really known at a meeting, as it is written on a command line."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from models.quantity import COUNT, SIGNED_SEK, QuantityError
from models.units import parse_quantity
from simulate.errors import Problem
from simulate.gates.actual import Data
from simulate.scenario.tree.gates import StageGates

_KINDS = {"cost": SIGNED_SEK, "expected": SIGNED_SEK, "persons": COUNT}


def read_all(texts: Sequence[str], gates: StageGates, problems: list[Problem]) -> tuple[Data, ...]:
    """Return what was known at each meeting, which is told of once.

    Args:
        texts: as :func:`read` has them.
        gates: whose meetings they are.
        problems: what was wrong so far.
    """
    found = [one for text in texts if (one := read(text, gates, problems)) is not None]
    times = Counter(one.day for one in found)
    twice = [day for day, count in times.items() if count > 1]
    problems += [Problem("sweep_twice", ("--known",), {"found": str(day)}) for day in twice]
    return tuple(found)


def read(text: str, gates: StageGates, problems: list[Problem]) -> Data | None:
    """Return what a text says was known; what it does not say right is added to ``problems``.

    Args:
        text: ``2018-05-10:cost=38 mkr,expected=36 mkr,persons=45``.
        gates: whose meetings they are.
        problems: what was wrong so far.
    """
    day, _, rest = text.partition(":")
    given = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    wanted = {"cost", "persons"} | ({"expected"} if gates.yardstick_known else set())
    try:
        meeting = dt.date.fromisoformat(day.strip())
        values = {name: parse_quantity(_plain(given[name]), _KINDS[name]) for name in wanted}
    except (ValueError, KeyError, QuantityError):
        meeting, values = dt.date.min, {}
    sound = set(given) == wanted and meeting in gates.meetings
    if not sound or min(values.values()) <= 0.0 or values["persons"] % 1.0:
        example = f"{gates.meetings[-1]}:cost=40mkr,"
        example += "expected=38mkr," if gates.yardstick_known else ""
        allowed = ", ".join(map(str, gates.meetings))
        context = {"found": text, "allowed": allowed, "example": f'"{example}persons=40"'}
        problems.append(Problem("bad_known", ("--known",), context))
        return None
    return Data(meeting, values["cost"], values.get("expected"), int(values["persons"]))


def _plain(text: str) -> object:
    """Return a bare number as one; what has a unit as it is written."""
    try:
        return float(text)
    except ValueError:
        return text
