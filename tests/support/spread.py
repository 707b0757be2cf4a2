"""Which cases of a long family run by default, and which wait for the slow suite."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import pytest


def slow_but[T](
    cases: Iterable[T], default: Collection[T], name: Callable[[T], str] | None = None
) -> list[Any]:
    """Return all cases for `parametrize`; those not in ``default`` are marked as slow.

    A case of ``default`` that is not among them is an error, so that none is lost by a new name.
    """
    cases = list(cases)
    gone = [one for one in default if one not in cases]
    if gone:
        raise ValueError(f"not among the cases: {gone}")
    return [
        pytest.param(
            one,
            marks=() if one in default else (pytest.mark.slow,),
            id=None if name is None else name(one),
        )
        for one in cases
    ]
