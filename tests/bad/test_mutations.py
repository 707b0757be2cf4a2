"""Hundreds of slips in the shipped scenarios: each is read, or refused with line and remedy."""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from simulate.errors import BadInput, Problem
from simulate.language.problems import PROBLEMS
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped

pytestmark = pytest.mark.slow  # a hundred files, each read and checked
MUTATIONS = 300
# What a value is replaced by: every type of TOML, and numbers and units of every wrong kind.
VALUES: list[Any] = [
    [], {}, [1, 2], ["a"], {"a": 1}, [[[]]], True, "", "x", "Ä b", "12,5", "1e6 kr", "kommun2",
    0, -1, -0.5, 1.4, 2**62, 1e300, float("nan"), float("inf"),
    "40 %", "7 mkr", "3 år", "7 kr/dygn", "-3 dygn", "-5 %",
    dt.date(1999, 1, 1), dt.datetime(2020, 1, 1, 1, 1), dt.time(1, 2),
    {"value": "1,2"}, {"value": {}}, {"uniform": [1, 2, 3]}, {"normal": {"mean": 0, "sd": 1}},
    {"pert": [3, 2, 1]}, {"beta": {"a": 1, "b": []}}, {"discrete": {"values": [], "weights": []}},
    {"interval": [1, 2], "family": []}, {"evidence": "a.b"}, {"type": []}, {"model": {}},
    "\x1b[31mred", "a\u202eb",
]  # fmt: skip
NOT_FOR_PEOPLE = re.compile(r"<class|None|Number\(|Fixed\(|datetime|\x1b|\{[a-z_]+\}")


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of everything below ``node``."""
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in parts:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def mutate(raw: Any, rng: random.Random) -> None:
    """Make one slip: leave out, misspell, repeat or replace something."""
    path = rng.choice(list(places(raw)))
    node = raw
    for part in path[:-1]:
        node = node[part]
    last = path[-1]
    how = rng.choice(["leave out", "misspell", "repeat", "replace", "replace", "replace"])
    if how == "leave out":
        del node[last]
    elif how == "misspell" and isinstance(last, str):
        node[last[:-1] + "x"] = node.pop(last)
    elif how == "repeat" and isinstance(node, list):
        node.append(copy.deepcopy(node[last]))
    else:
        node[last] = copy.deepcopy(rng.choice(VALUES))


def refused(path: Path) -> tuple[Problem, ...]:
    """Return the problems of a file, none if it is read; any other exception is a failure."""
    try:
        load(path)
    except BadInput as error:
        assert error.problems
        return error.problems
    return ()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Problem, ...]]:
    """The problems of each mutated file that was refused."""
    rng = random.Random(20160321)
    raws = [tomllib.loads(path.read_text(encoding="utf-8")) for path in shipped().values()]
    path = tmp_path_factory.mktemp("mutations") / "mutated.toml"
    problems = []
    for _ in range(MUTATIONS):
        raw = copy.deepcopy(rng.choice(raws))
        for _ in range(rng.choice([1, 1, 1, 2, 4])):
            mutate(raw, rng)
        path.write_text(tomli_w.dumps(raw), encoding="utf-8")
        problems.append(refused(path))
    return [one for one in problems if one]


def test_most_slips_are_refused(found: list[tuple[Problem, ...]]) -> None:
    """Nine mutations of ten are refused; the others leave a scenario that makes sense."""
    assert len(found) > 0.9 * MUTATIONS


def test_each_problem_has_a_line_and_a_key(found: list[tuple[Problem, ...]]) -> None:
    """Every problem of every refused file says where it is."""
    for problems in found:
        for problem in problems:
            assert problem.line > 0, problem
            assert problem.key, problem


def test_each_problem_is_said_to_a_person(found: list[tuple[Problem, ...]]) -> None:
    """Found, allowed and remedy are filled in, without gaps and without Python."""
    for problems in found:
        for problem in problems:
            assert problem.code in PROBLEMS
            words = problem.words
            for part in (words.found, words.allowed, words.remedy):
                assert part.strip(" –"), problem
                assert not NOT_FOR_PEOPLE.search(part), part


def test_nothing_is_said_twice(found: list[tuple[Problem, ...]]) -> None:
    """No problem of a file is told more than once."""
    for problems in found:
        said = [(one.code, one.path, one.text()) for one in problems]
        assert len(set(said)) == len(said)
