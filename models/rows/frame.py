"""What is read of a table of persons: plain numbers by column, one entry a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TREATED = "treated"


@dataclass(frozen=True, eq=False, repr=False)
class Frame:
    """One row a person, in the order of the file. Never printed, stored or compared.

    Attributes:
        group: group of each person: :data:`TREATED`, or the name of a comparison group.
        columns: model's own name of a column → values in its canonical unit; ``None`` is missing.
        covariates: name of a covariate → values in its canonical unit. One with levels is as many
            columns of 0 and 1 as it has levels but the first, ``<name>.<level>``.
        places: row number in the file of each person, counted as a spreadsheet does (1 is the
            header).
        digest: checksum of everything that is read, for the cache.
    """

    group: tuple[str, ...]
    columns: Mapping[str, tuple[float | None, ...]]
    covariates: Mapping[str, tuple[float | None, ...]]
    places: tuple[int, ...]
    digest: str

    def __repr__(self) -> str:
        return f"Frame({len(self)} persons)"

    def __len__(self) -> int:
        return len(self.group)

    def count(self, group: str) -> int:
        """Return the number of persons in a group."""
        return self.group.count(group)


@dataclass(frozen=True)
class RowProblem:
    """Something wrong with rows: where it is, never what stands there.

    Attributes:
        code: stable name, a key of ``simulate.language.problems.PROBLEMS``.
        column: heading in the file as the scenario names it, the model's own name of the column,
            or empty.
        rows: row numbers in the file, all of them.
        context: what the message needs beside those, never a value from the file.
        key: where in the table of the scenario, when it is not where the column is named.
    """

    code: str
    column: str = ""
    rows: tuple[int, ...] = ()
    context: Mapping[str, object] = field(default_factory=dict)
    key: tuple[str, ...] = ()


class Refused(Exception):
    """A file of which nothing can be read."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem
