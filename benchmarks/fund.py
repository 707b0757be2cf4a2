"""A fund of many investments: time and memory against its size, each size in a process of its own.

The fund is made up: every investment costs something in three years and saves something in six,
on two lines with uncertain count, price and cashable share, in one of six nämnder.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

SIZES = (20, 100, 500)
DRAWS = 16_384
FIRST, LAST = 2020, 2031
NAMNDER = 6


@dataclass(frozen=True)
class Size:
    """One size of the fund.

    Attributes:
        investments: how many.
        reading: seconds from plain data to a checked scenario.
        running: seconds of :data:`DRAWS` futures.
        memory: peak of the process, MB.
    """

    investments: int
    reading: float
    running: float
    memory: float


def _sure(value: object) -> dict[str, object]:
    return {"value": value, "source": "påhittat", "kind": "assumption"}


def _unsure(**distribution: object) -> dict[str, object]:
    return {**distribution, "source": "påhittat", "kind": "assumption"}


def _party(name: str, kind: str, **more: object) -> dict[str, Any]:
    role = "fund" if kind == "fund" else "provider"
    return {
        "name": name,
        "type": kind,
        "roles": [role],
        "discount_rate": _sure("2.5 %"),
        **more,
    }


def raw(investments: int) -> dict[str, Any]:
    """Return a made-up fund as plain data."""
    namnder = {
        f"namnd_{k}": _party(
            f"Nämnd {k}", "namnd", forvaltning="Kontor", budget_frame=_sure("900 mkr/år")
        )
        for k in range(NAMNDER)
    }
    return {
        "schema": 1,
        "id": "stor_fond",
        "title": "Påhittad fond",
        "signed": dt.date(2020, 1, 1),
        "first_year": FIRST,
        "last_year": LAST,
        "fit_seed": 1,
        "society": {"discount_rate": _sure("3.5 %"), "inflation": _sure("2 %")},
        "parties": {"fonden": _party("Fonden", "fund"), **namnder},
        "fund": {
            "party": "fonden",
            "capital": {str(FIRST): _sure(f"{4 * investments} mkr")},
            "aterforing": {"rule": "lesser"},
        },
        "investments": {f"insats_{k}": _investment(k) for k in range(investments)},
    }


def _investment(k: int) -> dict[str, Any]:
    namnd, start = f"namnd_{k % NAMNDER}", FIRST + k % 3
    years = [str(start + 1 + j) for j in range(6)]
    lines = [
        {
            "id": f"rad_{number}",
            "title": "Färre dygn",
            "type": "days",
            "falls_on": namnd,
            "days": {year: _unsure(gamma={"mean": "400 dygn", "cv": 0.3}) for year in years},
            "price": _unsure(lognormal={"median": "2500 kr/dygn", "sigma": 0.1}),
            "cashable": _unsure(beta={"a": 6, "b": 4}),
            "realised": _unsure(gamma={"mean": 0.8, "cv": 0.7}),
        }
        for number in range(2)
    ]
    return {
        "title": f"Insats {k}",
        "granted": dt.date(start, 1, 1),
        "provider": namnd,
        "costs": {str(start + j): _sure("1 mkr") for j in range(3)},
        "effects": lines,
    }


def one(investments: int) -> Size:
    """Return the time of one size, in this process."""
    from models.language import speaking
    from simulate.run import simulate
    from simulate.scenario.checks import check
    from simulate.scenario.read import tree_of

    with speaking("sv"):
        begun = time.perf_counter()
        scenario = tree_of(raw(investments))
        if problems := list(check(scenario)):
            raise ValueError(problems[0])
        read = time.perf_counter()
        simulate(scenario, {}, DRAWS, 1)
        done = time.perf_counter()
    return Size(investments, read - begun, done - read, _peak())


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def sizes() -> list[Size]:
    """Return every size, each timed in a new process."""
    found = []
    for investments in SIZES:
        code = (
            "import dataclasses, json; from benchmarks import fund; "
            f"print(json.dumps(dataclasses.asdict(fund.one({investments}))))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
        )
        found.append(Size(**json.loads(done.stdout)))
    return found


def exponent(found: list[Size]) -> float:
    """Return b of the least squares fit: seconds ∝ investments to the power of b."""
    x = np.log([one.investments for one in found])
    y = np.log([one.running for one in found])
    return float(np.polyfit(x, y, 1)[0])
