"""What a reader of values passes over in silence: errors, formulas not worked out, merged cells.

The library that reads workbooks gives an empty text for a cell with an error and for a formula
that no program has worked out; so the file itself is looked through for them, before it is read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

LARGEST_PART = 100_000_000
LAST_ROW, LAST_COLUMN = 20_000, 256
_REPEATED = 50  # a flaw that is repeated is told so many times at most
Attributes = dict[str, str]
Range = tuple[int, int, int, int]  # first row and column, last row and column, counted from 0


@dataclass(frozen=True)
class Flaw:
    """A cell that shows no value of its own.

    Attributes:
        code: ``cell_error`` or ``cell_formula``.
        found: what it shows instead.
    """

    code: str
    found: str = ""


def position(name: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of a cell that is named ``AB7``.

    Raises:
        ValueError: it is no name of a cell.

    Example:
        >>> position("A1"), position("AB7")
        ((0, 0), (6, 27))
    """
    bare = name.replace("$", "")
    digits = bare.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    column = 0
    for letter in bare[: len(bare) - len(digits)]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if not digits.isascii() or not digits.isdecimal() or not column:
        raise ValueError(name)
    return int(digits) - 1, column - 1


class Beyond(Exception):
    """A sheet goes on further than it was to be looked through."""


@dataclass
class Found:
    """What is found in one sheet.

    Attributes:
        flaws: by row and column, counted from 0.
        merged: merged cells.
        last_row: rows that are one too many.
        stops: whether to give up at the first cell beyond.
        outermost: a filled cell beyond, if there is one.
    """

    last_row: int = LAST_ROW
    stops: bool = False
    flaws: dict[tuple[int, int], Flaw] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    outermost: tuple[int, int] | None = None

    def filled(self, row: int, column: int) -> None:
        """Note that a cell holds something.

        Raises:
            Beyond: it lies too far out, and that is the end of it.
        """
        if row >= self.last_row or column >= LAST_COLUMN:
            if self.stops:
                raise Beyond
            self.outermost = self.outermost or (row, column)


def scan_xlsx(book: zipfile.ZipFile) -> dict[str, Found]:
    """Return what is found in each sheet of an Excel workbook, by its name.

    Raises:
        ValueError: it is not such a workbook.
    """
    return {name: scan_sheet(book, sheet, Found()) for name, sheet in sheets_of(book).items()}


@dataclass(frozen=True)
class Part:
    """Where a sheet lies in an Excel workbook.

    Attributes:
        path: in the archive.
        uncalculated: the book was written by a program that leaves all working out to Excel.
    """

    path: str
    uncalculated: bool


def sheets_of(book: zipfile.ZipFile) -> dict[str, Part]:
    """Return the sheets of an Excel workbook, by name and in its order.

    Raises:
        ValueError: it is not such a workbook.
    """
    names: dict[str, str] = {}
    targets: dict[str, str] = {}
    uncalculated: list[str] = []

    def workbook(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            names[attributes["name"]] = attributes["id"]
        elif tag == "calcPr" and attributes.get("fullCalcOnLoad") in ("1", "true"):
            uncalculated.append(tag)

    def relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes["Id"]] = attributes["Target"]

    _walk(book, "xl/workbook.xml", workbook)
    _walk(book, "xl/_rels/workbook.xml.rels", relation)
    return {
        name: Part(_inside(targets[relation_id]), bool(uncalculated))
        for name, relation_id in names.items()
        if relation_id in targets
    }


def _inside(target: str) -> str:
    return PurePosixPath("/xl", target).as_posix().lstrip("/")


def scan_sheet(book: zipfile.ZipFile, sheet: Part, found: Found) -> Found:
    """Return ``found`` with what is found in one sheet of an Excel workbook.

    Raises:
        ValueError: the sheet cannot be read.
        Beyond: it is larger than ``found`` puts up with.
    """
    return _Worksheet(sheet.uncalculated, found).scan(book, sheet.path)


class _Worksheet:
    """One walk through the XML of a worksheet."""

    def __init__(self, uncalculated: bool, found: Found) -> None:
        self.uncalculated = uncalculated
        self.found = found
        self.row, self.column = -1, -1
        self.kind, self.formula, self.value, self.reading = "", False, "", False

    def scan(self, book: zipfile.ZipFile, part: str) -> Found:
        """Return what is found in a part of the file."""
        # One that stops at the first row too many need not be small.
        largest = book.getinfo(part).file_size if self.found.stops else LARGEST_PART
        _walk(book, part, self.begin, self.end, self.text, largest)
        return self.found

    def begin(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "c":
            place = attributes.get("r")
            self.row, self.column = position(place) if place else (self.row, self.column + 1)
            self.kind, self.formula, self.value = attributes.get("t", ""), False, ""
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "is"):
            self.reading = True
        elif tag == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.found.merged.append((*position(first), *position(last or first)))

    def text(self, text: str) -> None:
        """Characters of an element."""
        if self.reading:
            self.value += text[: 100 - len(self.value)] if len(self.value) < 100 else ""

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("v", "is"):
            self.reading = False
        if tag != "c":
            return
        if self.value or self.formula:
            self.found.filled(self.row, self.column)
        if self.kind == "e":
            self.found.flaws[self.row, self.column] = Flaw("cell_error", self.value)
        elif self.formula and (self.uncalculated or (not self.value and self.kind != "str")):
            self.found.flaws[self.row, self.column] = Flaw("cell_formula")


def scan_ods(book: zipfile.ZipFile) -> dict[str, Found]:
    """Return what is found in each sheet of an OpenDocument workbook, by its name.

    Raises:
        ValueError: it is not such a workbook.
    """
    return _Content().scan(book)


class _Content:
    """One walk through the XML of an OpenDocument workbook."""

    def __init__(self) -> None:
        self.found: dict[str, Found] = {}
        self.now = Found()
        self.row, self.rows, self.column = 0, 1, 0
        self.error, self.columns, self.value = False, 1, ""

    def scan(self, book: zipfile.ZipFile) -> dict[str, Found]:
        """Return what is found, by sheet."""
        _walk(book, "content.xml", self.begin, self.end, self.text)
        return self.found

    def begin(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "table":
            self.now = self.found.setdefault(attributes.get("name", ""), Found())
            self.row = 0
        elif tag == "table-row":
            self.rows = int(attributes.get("number-rows-repeated", "1"))
            self.column = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: Attributes) -> None:
        self.columns = int(attributes.get("number-columns-repeated", "1"))
        self.error = "error" in (attributes.get("value-type"), attributes.get("calc-type"))
        self.value = ""
        kind = attributes.get("value-type")
        if kind or "formula" in attributes:
            self.now.filled(self.row + self.rows - 1, self.column + self.columns - 1)
        if "formula" in attributes and not kind:
            self._flaw(Flaw("cell_formula"))
        rows = int(attributes.get("number-rows-spanned", "1"))
        columns = int(attributes.get("number-columns-spanned", "1"))
        if rows * columns > 1:
            last = (self.row + rows - 1, self.column + columns - 1)
            self.now.merged.append((self.row, self.column, *last))

    def _flaw(self, flaw: Flaw) -> None:
        for row in range(min(self.rows, _REPEATED)):
            for column in range(min(self.columns, _REPEATED)):
                self.now.flaws[self.row + row, self.column + column] = flaw

    def text(self, text: str) -> None:
        """Characters of an element."""
        self.value = (self.value + text)[:100]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("table-cell", "covered-table-cell"):
            if self.error:
                self._flaw(Flaw("cell_error", self.value.strip()))
            self.column += self.columns
        elif tag == "table-row":
            self.row += self.rows


def _walk(
    book: zipfile.ZipFile,
    part: str,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    largest: int = LARGEST_PART,
) -> None:
    """Go through a part of the file, element by element, names without their prefix.

    Raises:
        ValueError: the part is missing, too large, no XML, or has declarations of its own, which
            no spreadsheet writes but which can be made to grow without end.
    """

    def declared(*_: Any) -> None:
        raise ValueError(part)

    def started(tag: str, attributes: Attributes) -> None:
        local: Attributes = {}
        for name, value in attributes.items():
            prefix, _, bare = name.rpartition(":")
            local["calc-type" if prefix == "calcext" and bare == "value-type" else bare] = value
        begin(tag.rpartition(":")[2], local)

    parser = expat.ParserCreate()
    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = declared
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        if book.getinfo(part).file_size > largest:
            raise ValueError(part)
        with book.open(part) as file:
            parser.ParseFile(file)
    except (KeyError, expat.ExpatError, zipfile.BadZipFile, NotImplementedError) as error:
        raise ValueError(part) from error
