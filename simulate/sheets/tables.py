"""From sheets to filled-in lines: which sheet and column is which, and which rows are filled in."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.language import say
from models.rows.scan import position
from simulate.errors import Problem
from simulate.sheets.flat import HEADERS, KIND, OPTIONAL, SLAG
from simulate.sheets.form import (
    FORMS,
    PRICES_TITLE,
    README_TITLE,
    SETTINGS_FORM,
    SETTINGS_HEADERS,
    Form,
)
from simulate.sheets.grid import Cell, Sheet

_SEARCHED = 15  # the header is looked for among so many rows
_SIMILAR = 0.75
Line = Mapping[str, Cell]  # column → cell; columns that the file lacks are absent
_SETTINGS = dict(zip(("label", "value", "source"), SETTINGS_HEADERS, strict=False))


@dataclass
class Filled:
    """What is filled in, by key of the form, with what is wrong and what is passed over.

    Attributes:
        lines: filled-in rows.
        starts: where each form begins, for what is missing from it.
        problems: with sheets and headers.
        notes: what is not read, for people.
        waiting: whether some rows could not be read, so that not everything in them was tried.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    waiting: bool = False


_TITLES = [form.title for form in (SETTINGS_FORM, *FORMS)]


def order(problem: Problem) -> tuple[int, int, int]:
    """Return where a problem comes among others: by sheet, row and column, as a person reads."""
    title, _, rest = problem.cell.rpartition("!")
    place = rest.partition(",")[0]
    try:
        row, column = position(place)
    except ValueError:  # a whole sheet
        title, row, column = place or str(problem.context.get("found", "")), -1, -1
    return (_TITLES.index(title) if title in _TITLES else -1, row, column)


def of_book(sheets: Sequence[Sheet]) -> Filled:
    """Return what is filled in in a workbook."""
    filled = Filled()
    titles = {_plain(sheet.title): sheet for sheet in sheets}
    wanted = {_plain(form.title) for form in (SETTINGS_FORM, *FORMS)}
    spare = [sheet.title for name, sheet in titles.items() if name not in wanted]
    for form in (SETTINGS_FORM, *FORMS):
        filled.lines[form.key] = []
        filled.starts[form.key] = form.title
        sheet = titles.get(_plain(form.title))
        if sheet is not None:
            _read(sheet, form, filled)
            continue
        close = "".join(closest(form.title, spare))
        if form.needed or close:
            context = {"found": form.title, "allowed": _all_titles(), "close": close}
            filled.problems.append(Problem("sheet_missing", (), context))
            spare = [title for title in spare if title != close]
        if close:  # it is read all the same, so that what is wrong in it is told too
            _read(titles[_plain(close)], form, filled)
    for title in spare:
        if title not in (README_TITLE, PRICES_TITLE):
            filled.notes.append(say("fliken {title} läses inte", title=title))
    return filled


def _all_titles() -> str:
    return ", ".join(_TITLES)


def _read(sheet: Sheet, form: Form, filled: Filled) -> None:
    if form is SETTINGS_FORM:
        headers, needed = _SETTINGS, ["label", "value"]
    else:
        headers = {column.key: column.header for column in form.columns}
        needed = [column.key for column in form.columns if column.needed]
    top, places = _header(sheet, headers, needed, filled)
    filled.problems += _merged(sheet, top, places.values())
    for row in range(top + 1, len(sheet.rows)):
        line = {key: sheet.at(row, place) for key, place in places.items()}
        if not all(cell.blank for cell in line.values()):
            filled.lines[form.key].append(line)


def _header(
    sheet: Sheet, headers: Mapping[str, str], needed: Sequence[str], filled: Filled
) -> tuple[int, dict[str, int]]:
    """Find the row of headers and the place of each; tell what is missing, double or not read."""
    top = _header_row(sheet, list(headers.values()))
    cells = [sheet.at(top, place) for place in range(len(sheet.rows[top]) if sheet.rows else 0)]
    names = [_plain(cell.value) if isinstance(cell.value, str) else "" for cell in cells]
    places: dict[str, int] = {}
    spare = {cells[i].value: i for i, name in enumerate(names) if name}
    for key, header in headers.items():
        found = [i for i, name in enumerate(names) if name == _plain(header)]
        if found:
            places[key] = found[0]
            spare.pop(cells[found[0]].value, None)
        if len(found) > 1:
            filled.problems.append(cells[found[1]].problem("header_twice"))
    for key, header in headers.items():
        if key in places:
            continue
        close = "".join(closest(header, [str(name) for name in spare]))
        if close:
            places[key] = spare.pop(close)
            filled.problems.append(cells[places[key]].problem("header_misspelt", close=header))
        elif key in needed:
            context = {"found": header, "allowed": ", ".join(headers.values())}
            filled.problems.append(Problem("header_missing", (), context, cell=sheet.place(top, 0)))
    known = (*headers.values(), *SETTINGS_HEADERS)
    for cell in (cells[place] for place in spare.values()):
        if places and cell.value not in known:
            filled.notes.append(
                say("kolumnen {name} ({cell}) läses inte", name=cell.value, cell=cell.place)
            )
    return top, places


def _header_row(sheet: Sheet, headers: Sequence[str]) -> int:
    wanted = {_plain(header) for header in headers}

    def matches(row: int) -> int:
        names = {_plain(cell) for cell in sheet.rows[row] if isinstance(cell, str)}
        return len(names & wanted)

    rows = range(min(len(sheet.rows), _SEARCHED))
    return max(rows, key=matches, default=0)


def _merged(sheet: Sheet, top: int, places: Iterable[int]) -> Iterator[Problem]:
    columns = set(places)
    for first_row, first, last_row, last in sheet.merged:
        if last_row >= top and columns & set(range(first, last + 1)):
            found = (
                f"{sheet.place(first_row, first)}:{sheet.place(last_row, last).rpartition('!')[2]}"
            )
            yield Problem("cell_merged", (), {"found": found}, cell=sheet.place(first_row, first))


def of_table(sheet: Sheet) -> Filled:
    """Return what is filled in in the flat table of a text file."""
    filled = Filled()
    for slag in SLAG.values():
        filled.lines[slag.form.key] = []
        filled.starts[slag.form.key] = ""
    for form in FORMS:
        filled.lines.setdefault(form.key, [])
        filled.starts.setdefault(form.key, "")
    headers = {header: header for header in HEADERS}
    needed = [header for header in HEADERS if header not in OPTIONAL]
    top, places = _header(sheet, headers, needed, filled)
    if KIND not in places:
        return filled
    for row in range(top + 1, len(sheet.rows)):
        cells = {header: sheet.at(row, place) for header, place in places.items()}
        if not all(cell.blank for cell in cells.values()):
            _row(cells, filled)
    return filled


def _row(cells: Mapping[str, Cell], filled: Filled) -> None:
    """Put a row of the flat table among the lines of its form."""
    kind = cells[KIND]
    name = " ".join(str(kind.value).casefold().split())
    if name not in SLAG:
        close = "".join(closest(name, list(SLAG)))
        code = "cell_blank" if kind.blank else "cell_choice"
        allowed = ", ".join(SLAG)
        filled.problems.append(kind.problem(code, header=KIND, allowed=allowed, close=close))
        return
    slag = SLAG[name]
    for header, cell in cells.items():
        stray = header not in slag.places and header != KIND and not cell.blank
        if stray and not (header == "Enhet" and str(cell.value).strip().casefold() == "kr"):
            filled.problems.append(cell.problem("cell_superfluous", allowed=name))
    line = {key: cells[header] for header, key in slag.places.items() if header in cells}
    filled.lines[slag.form.key].append(line)


def _plain(text: object) -> str:
    return " ".join(str(text).casefold().split())


def closest(name: str, names: Sequence[str]) -> list[str]:
    """Return the one of ``names`` that is meant, or nothing.

    Example:
        >>> closest("belop (kr)", ["År", "Belopp (kr)"])
        ['Belopp (kr)']
    """
    plain = {_plain(one): one for one in names}
    close = difflib.get_close_matches(_plain(name), plain, n=1, cutoff=_SIMILAR)
    return [plain[one] for one in close]
