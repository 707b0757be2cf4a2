"""The smallest evidence that reads rows, and a scenario that rests on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, ClassVar, Literal

from models import cache
from models import quantity as q
from models.evidence import EVIDENCE
from models.number import Days, SignedDays
from models.rows.source import RowSource
from models.spec import Evidence

VALID = Path(__file__).parents[1] / "bad" / "_valid.toml"


class Tiny(Evidence):
    """Days of persons; the functions are in ``tiny_model.py``."""

    QUANTITIES: ClassVar = {"mean": q.DAYS}
    COLUMNS: ClassVar = {"days": q.DAYS, "cost": q.SEK}
    headline: ClassVar = "mean"
    titles: ClassVar = {"mean": "Medel", "effect": "Effekt", "slope": "Lutning"}

    model: Literal["tiny"]
    rows: RowSource
    mean: Days
    effect: SignedDays
    slope: SignedDays

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """Kronor are optional."""
        return ("days",)

    @property
    def may_lack(self) -> tuple[str, ...]:
        """Who has no days adds nothing."""
        return ("days",)


def know() -> None:
    """Let the program know the model, whose files do not lie among the others."""
    from tests.rows import tiny_model

    own = cache._code
    EVIDENCE["tiny"] = Tiny
    sys.modules["models.tiny.model"] = tiny_model
    cache._code = lambda name: {} if name == "tiny" else own(name)


ROWS: dict[str, Any] = {
    "file": "data/rader.csv",
    "person": "barn",
    "group": {"column": "grupp", "treated": "insats", "comparison": "jämförelse"},
    "columns": {"days": {"column": "hvb_dygn", "unit": "dygn"}},
}
TABLE = """
[evidence.tiny]
model = "tiny"
mean = { lognormal = { median = 300, sigma = 0.5 } }
effect = { normal = { mean = 0, sd = 100 } }
slope = { normal = { mean = 0, sd = 10 } }
sampling = { draws = 200, tune = 300, chains = 2 }

[evidence.tiny.rows]
file = "data/rader.csv"
person = "barn"
group = { column = "grupp", treated = "insats", comparison = "jämförelse" }
columns.days = { column = "hvb_dygn", unit = "dygn" }
"""


def lines(days: dict[int, str] | None = None, count: int = 12) -> list[list[str]]:
    """Return headings and a line a person; ``days`` replace those of the first persons by row."""
    changed = days or {}
    body = [
        [f"b{row}", "insats" if row % 2 else "jämförelse", changed.get(row, str(10 * row))]
        for row in range(2, count + 2)
    ]
    return [["barn", "grupp", "hvb_dygn"], *body]


def written(folder: Path, rows: list[list[str]], separator: str = ";") -> Path:
    """Write rows as CSV below a folder; return the file."""
    path = folder / "data" / "rader.csv"
    path.parent.mkdir(exist_ok=True)
    text = "".join(separator.join(line) + "\n" for line in rows)
    path.write_text(text, encoding="utf-8", newline="")
    return path
