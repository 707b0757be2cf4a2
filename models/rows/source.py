"""TOML keys of a table of persons: standard library and pydantic only."""

from __future__ import annotations

from collections import Counter
from typing import Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from models.rows.frame import TREATED, Frame
from models.table import Flag, Identifier, Table, Text, refuse


class Column(Table):
    """Where a number is found.

    Attributes:
        column: heading in the file.
        unit: of the bare numbers in the file, as in a scenario: ``dygn``, ``kr``, ``tkr``, ``år``.
            Left out, the canonical unit where a bare number is unambiguous.
    """

    column: Text
    unit: Text | None = None


class Covariate(Column):
    """What tells persons apart before anything was done: age, sex, placement at entry.

    Attributes:
        levels: what may stand in the column, when it is words; the first is what the others are
            compared with.
    """

    levels: tuple[Text, ...] | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.levels is None:
            return self
        if self.unit is not None:
            raise refuse("rows_level_unit", found=self.unit, at="unit")
        if len(set(self.levels)) < max(2, len(self.levels)):
            raise refuse("rows_levels", found=list(self.levels), at="levels")
        return self


class Groups(Table):
    """Who had the programme.

    Attributes:
        column: heading in the file.
        treated: what stands there for those who had it.
        comparison: what stands there for the others: one group, or several by name.
    """

    column: Text
    treated: Text
    comparison: Text | dict[Identifier, Text]

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if TREATED in self.compared:
            raise refuse("reserved_name", found=TREATED, at="comparison")
        values = (self.treated, *self.compared.values())
        if len(set(values)) < len(values) or len(values) < 2:
            raise refuse("rows_groups", found=", ".join(values))
        return self

    @property
    def compared(self) -> dict[str, str]:
        """Comparison groups: name → what stands in the file."""
        single = isinstance(self.comparison, str)
        return {"comparison": self.comparison} if single else dict(self.comparison)  # type: ignore[arg-type,dict-item]  # mypy does not follow `single`


class RowSource(Table):
    """A file with one row a person.

    Attributes:
        file: CSV, XLSX or Parquet, from the folder of the scenario and inside it.
        sheet: of a workbook that has several.
        person: heading of the column that tells persons apart; a person stands there once.
        group: who had the programme; left out where the model has no comparison.
        columns: the model's own name of what it needs → where it is.
        covariates: by name.
        missing: ``refuse`` an empty cell, or ``model`` it as missing at random. No person is ever
            left out silently.
        synthetic: the rows are made up; the report says so.
    """

    file: Text
    sheet: Text | None = None
    person: Text
    group: Groups | None = None
    columns: dict[Identifier, Column] = Field(min_length=1)
    covariates: dict[Identifier, Covariate] = Field(default_factory=dict)
    missing: Literal["refuse", "model"] = "refuse"
    synthetic: Flag = False

    _frame: Frame | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _columns_apart(self) -> Self:
        counts = Counter(self.headings)
        if twice := [heading for heading, count in counts.items() if count > 1]:
            raise refuse("rows_column_shared", found=", ".join(twice))
        return self

    @property
    def apart(self) -> tuple[str, ...]:
        """Names of the covariates of a frame, without looking at one: ``age``, ``sex.pojke``."""
        named = {name: one.levels for name, one in self.covariates.items()}
        return tuple(
            key
            for name, levels in named.items()
            for key in ([f"{name}.{level}" for level in levels[1:]] if levels else [name])
        )

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is looked for in the file."""
        group = (self.group.column,) if self.group else ()
        mapped = (*self.columns.values(), *self.covariates.values())
        return (self.person, *group, *(one.column for one in mapped))

    @property
    def frame(self) -> Frame:
        """The rows that were read.

        Raises:
            RuntimeError: they have not been read.
        """
        if self._frame is None:
            raise RuntimeError("the rows have not been read")
        return self._frame

    def holding(self, frame: Frame) -> RowSource:
        """Return the same source with its rows."""
        held = self.model_copy()
        held._frame = frame
        return held
