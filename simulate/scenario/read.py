"""Read a scenario: bytes → text → TOML → frozen tree, with every problem at once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.language import say
from simulate import errors
from simulate.errors import BadInput, Problem
from simulate.language.shown import clean
from simulate.language.system import reason
from simulate.scenario.checks import check
from simulate.scenario.compose import Composed, composed, unsourced
from simulate.scenario.limits import DEEPEST, LARGEST_FILE, limits, long_key
from simulate.scenario.locate import Places, line_of, lines_of, real_path
from simulate.scenario.partial import sound
from simulate.scenario.prices import apply_prices
from simulate.scenario.problems import problems_of
from simulate.scenario.resolve import is_number, numbers, resolve
from simulate.scenario.rows import read_rows
from simulate.scenario.settings import apply_settings, note_settings, path_of
from simulate.scenario.shipped import shipped
from simulate.scenario.syntax import broken
from simulate.scenario.tree.scenario import ContractScenario, FundScenario, kind_of

AnyScenario = ContractScenario | FundScenario

# Forms to fill in, by how their names end, and by how the bytes of workbooks begin.
_FORMS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Loaded:
    """A scenario and the plain data it was read from (with parts and settings in it).

    Attributes:
        scenario, raw: those two.
        path: the file.
        parts: files beside it that it takes investments from.
        place: gives a problem its line in the file.
    """

    scenario: AnyScenario
    raw: dict[str, Any]
    path: Path = field(default=Path(), compare=False)
    parts: tuple[Path, ...] = field(default=(), compare=False)
    place: Callable[[Problem], Problem] = field(default=lambda one: one, compare=False, repr=False)

    @property
    def with_contract(self) -> ContractScenario:
        """The scenario, where it has a contract.

        Raises:
            BadInput: it is of another kind.
        """
        if not isinstance(self.scenario, ContractScenario):
            raise BadInput([Problem("no_contract", ("contract",))], self.scenario.id)
        return self.scenario


def find(name: str) -> Path:
    """Return the file that ``name`` means: a shipped scenario, or with a slash or suffix a path.

    Raises:
        BadInput: no shipped scenario has that name.
    """
    if Path(name).suffix.lower() in _FORMS or "/" in name or "\\" in name or name.endswith(".toml"):
        return Path(name)
    known = shipped()
    if name not in known:
        close = "".join(difflib.get_close_matches(name, known, n=1))
        context = {"found": name, "allowed": ", ".join(known), "close": close}
        raise BadInput([Problem("scenario_unknown", (), context)], name)
    return known[name]


def load(path: Path, settings: Iterable[str] = (), data: Path | None = None) -> Loaded:
    """Return the scenario in ``path``, changed by ``settings`` (``KEY=VALUE`` each).

    Args:
        path: of the scenario.
        settings: changes.
        data: folder that files of rows about persons start from. Left out, no rows are read; then
            the scenario can be described and shown, but not fitted.

    Raises:
        BadInput: with every problem that was found, each with its line.
    """
    return _load(path, tuple(settings), data, ())


def _load(
    path: Path, settings: tuple[str, ...], data: Path | None, above: tuple[Path, ...]
) -> Loaded:
    """Read one file; ``above`` are the files that it is a part of."""
    text = _text(path)
    stack = (*above, path.resolve())
    made = composed(_parsed(text, path), stack, lambda part: _load(part, (), None, stack))
    raw = made.raw
    problems = made.problems or apply_settings(raw, settings)
    scenario: AnyScenario | None = None
    if unfit := list(limits(raw)):
        problems += unfit
    elif not made.problems:  # what lacks a part would be wrong in many more ways
        scenario, found = _tree(made, settings, data)
        problems += found
    place = _Placed(text, made, settings)
    if problems or scenario is None:
        placed = [one if one.file else place(one) for one in problems]
        raise BadInput(sorted(placed, key=lambda one: (one.file, one.line)), str(path))
    return Loaded(scenario, raw, path, tuple(made.files), place)


def with_rows(loaded: Loaded, folder: Path) -> Loaded:
    """Return a scenario with the rows about persons that its evidence rests on.

    Args:
        loaded: as read without them.
        folder: that the names of the files start from; outside a run, that of the scenario.

    Raises:
        BadInput: with every problem of every file, each with its line in the scenario.
    """
    scenario, problems = read_rows(loaded.scenario, folder)
    if problems:
        placed = sorted(map(loaded.place, problems), key=lambda one: one.line)
        raise BadInput(placed, str(loaded.path))
    return replace(loaded, scenario=scenario)


def to_fit(name: str, settings: Iterable[str] = (), data: Path | None = None) -> Loaded:
    """Return the scenario that ``name`` means, with its rows: all that a fit needs.

    Args:
        name: as in :func:`find`.
        settings: as in :func:`load`.
        data: folder that files of rows start from; left out, that of the scenario.

    Raises:
        BadInput: with every problem that was found, each with its line.
    """
    path = find(name)
    return load(path, settings, data or path.parent)


def tree_of(raw: dict[str, Any], settings: tuple[str, ...] = ()) -> AnyScenario:
    """Return the scenario in plain data, with keys and sources filled in, before any check.

    Args:
        raw: with ``settings`` applied. Changed in place: named prices are filled in, and numbers
            among the settings are given their own source.
        settings: ``KEY=VALUE`` each.

    Raises:
        ValidationError: it does not have the shape of a scenario.
    """
    apply_prices(raw)
    kind = kind_of(raw)
    scenario = kind.model_validate(raw)
    if settings:
        note_settings(raw, settings, partial(is_number, scenario))
        scenario = kind.model_validate(raw)
    return resolve(scenario)


def _tree(
    made: Composed, settings: tuple[str, ...], data: Path | None
) -> tuple[AnyScenario | None, list[Problem]]:
    """The scenario, or as much of its problems as can be told when part of it cannot be read."""
    raw = made.raw
    try:
        scenario = tree_of(raw, settings)
    except ValidationError as error:
        part, unsound = sound(kind_of(raw), raw)
        _, found = read_rows(part, data, unsound) if data is not None else (part, [])
        return None, [*problems_of(error), *check(resolve(part), unsound), *found]
    problems = [*unsourced(made, numbers(scenario)), *check(scenario)]
    if data is not None:
        scenario, found = read_rows(scenario, data)
        problems += found
    return scenario, problems


class _Placed:
    """Gives problems their line, and the key as it stands in the file."""

    def __init__(self, text: str, made: Composed, settings: tuple[str, ...]) -> None:
        self.raw: Any = made.raw
        self.origins = made.origins
        self.text = text
        self.set = [real_path(path_of(one), self.raw) for one in settings]

    @cached_property
    def places(self) -> Places:
        """The lines; looked for only when something is wrong."""
        return lines_of(self.text)

    def __call__(self, problem: Problem) -> Problem:
        path = self._written(problem.path)
        real = real_path(path, self.raw)
        if problem.line or any(real[: len(one)] == one for one in self.set):
            return replace(problem, path=path)
        if not path or str(path[0]).startswith("--"):
            return problem
        # What is missing at the top is missing from the table that begins on the first line.
        taken = next((by for one, by in self.origins.items() if path[: len(one)] == one), path)
        line = line_of(path, self.places, self.raw) or line_of(taken, self.places, self.raw) or 1
        return replace(problem, path=path, line=line)

    def _written(self, path: errors.Path) -> errors.Path:
        """Leave out what the reader put in: a limit written as an amount has no key ``amount``."""
        node: Any = self.raw
        for depth, part in enumerate(real_path(path, self.raw)):
            if not isinstance(node, dict | list):
                return path[:depth]
            try:
                node = node[part]  # type: ignore[index]  # a part that does not fit ends the walk
            except (KeyError, IndexError, TypeError):
                return path
        return path


def _parsed(text: str, path: Path) -> dict[str, Any]:
    if problems := _too_long(text):
        raise BadInput(problems, str(path))
    try:
        return {key: _copied(value) for key, value in _toml(text).items()}
    except ValueError as error:  # also integers with more digits than Python reads
        raise BadInput([broken(error, text)], str(path)) from None
    except RecursionError:
        raise BadInput([Problem("too_deep", (), {"allowed": DEEPEST})], str(path)) from None


@lru_cache(maxsize=1)
def _toml(text: str) -> dict[str, Any]:
    """The last file that was read: a sweep reads the same one for every cell."""
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def _too_long(text: str) -> tuple[Problem, ...]:
    return tuple(long_key(text))


def _copied(node: Any) -> Any:
    """Return tables and lists anew; nothing else in TOML can be changed."""
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(one) for one in node] if isinstance(node, list) else node


def _text(path: Path) -> str:
    data, problem = read_bytes(path, LARGEST_FILE)
    if problem is not None:
        raise BadInput([problem], str(path))
    if path.suffix.lower() in _FORMS or data.startswith(_BOOKS):
        form = path if path.suffix.lower() in _FORMS else path.with_suffix(".xlsx")
        again = f"simulate new --from {form} {path.with_suffix('.toml').name}"
        context = {"found": path.name, "again": clean(again)}
        raise BadInput([Problem("is_form", (), context)], str(path))
    try:
        text, at = data.decode("utf-8-sig"), data.find(0)
    except UnicodeDecodeError as error:
        text, at = "", error.start
    if at >= 0:
        found = say("{byte} på plats {place}", byte=f"0x{data[at]:02x}", place=at)
        raise BadInput([Problem("not_utf8", (), {"found": found})], str(path)) from None
    if not text.strip():
        raise BadInput([Problem("empty_file")], str(path))
    return text.replace("\r\n", "\n")


def read_bytes(path: Path, largest: int) -> tuple[bytes, Problem | None]:
    """Return what a file holds, or why it cannot be read.

    Args:
        path: the file.
        largest: number of bytes that are too many.
    """
    if path.is_dir():
        return b"", Problem("is_folder")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except FileNotFoundError:
        return b"", Problem("file_missing")
    except (OSError, ValueError) as error:
        return b"", Problem("unreadable_file", (), {"found": reason(error)})
    if len(data) > largest:
        return b"", Problem("file_too_large", (), {"allowed": f"{largest // 1000} kB"})
    return data, None
