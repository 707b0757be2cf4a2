"""Read a scenario: bytes → text → TOML → frozen tree, with every problem at once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulate.errors import BadInput, Problem
from simulate.scenario.checks import check
from simulate.scenario.locate import line_of, lines_of
from simulate.scenario.problems import problems_of
from simulate.scenario.resolve import resolve
from simulate.scenario.settings import apply_settings
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import Scenario


@dataclass(frozen=True)
class Loaded:
    """A scenario and the plain data it was read from (with settings applied)."""

    scenario: Scenario
    raw: dict[str, Any]


def find(name: str) -> Path:
    """Return the file that ``name`` means: with a slash or .toml a path, else a shipped scenario.

    Raises:
        BadInput: no shipped scenario has that name.
    """
    if "/" in name or "\\" in name or name.endswith(".toml"):
        return Path(name)
    known = shipped()
    if name not in known:
        close = "".join(difflib.get_close_matches(name, known, n=1))
        context = {"found": name, "allowed": ", ".join(known), "close": close}
        raise BadInput([Problem("scenario_unknown", (), context)], name)
    return known[name]


def load(path: Path, settings: Iterable[str] = ()) -> Loaded:
    """Return the scenario in ``path``, changed by ``settings`` (``KEY=VALUE`` each).

    Raises:
        BadInput: with every problem that was found, each with its line.
    """
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", 0) or 0
        raise BadInput([Problem("broken_toml", (), {"found": str(error)}, line)], str(path)) from None
    except RecursionError:
        problem = Problem("broken_toml", (), {"found": "för djupt nästlad"})
        raise BadInput([problem], str(path)) from None
    problems = apply_settings(raw, settings)
    scenario: Scenario | None = None
    if not problems:
        try:
            scenario = resolve(Scenario.model_validate(raw))
            problems = list(check(scenario))
        except ValidationError as error:
            problems = problems_of(error)
    if problems or scenario is None:
        places = lines_of(text)
        raise BadInput([_located(problem, places, raw) for problem in problems], str(path))
    return Loaded(scenario, raw)


def _located(problem: Problem, places: dict[Any, int], raw: Any) -> Problem:
    line = line_of(problem.path, places, raw)
    return Problem(problem.code, problem.path, problem.context, problem.line or line)


def _text(path: Path) -> str:
    if path.is_dir():
        raise BadInput([Problem("is_folder")], str(path))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadInput([Problem("file_missing")], str(path)) from None
    except OSError as error:
        problem = Problem("unreadable_file", (), {"found": error.strerror})
        raise BadInput([problem], str(path)) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"0x{data[error.start]:02x} på plats {error.start}"
        raise BadInput([Problem("not_utf8", (), {"found": found})], str(path)) from None
    if not text.strip():
        raise BadInput([Problem("empty_file")], str(path))
    return text.replace("\r\n", "\n")
