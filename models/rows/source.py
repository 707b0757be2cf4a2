"""TOML keys of a table of persons: standard library and pydantic only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from models.rows.frame import Frame
from models.table import Flag, Identifier, Table, Text

# Key in pydantic's context of the folder that file names in a scenario start from.
FOLDER = "folder"


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

    _folder: Path | None = PrivateAttr(default=None)
    _frame: Frame | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _place(self, info: ValidationInfo) -> RowSource:
        if info.context and FOLDER in info.context:
            self._folder = info.context[FOLDER]
        return self

    @property
    def folder(self) -> Path | None:
        """Where ``file`` starts from; ``None`` when the scenario is not a file."""
        return self._folder

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
