"""What is installed is what `pyproject.toml` pins, down to the last transitive package."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
UV = PYPROJECT["tool"]["uv"]


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Return whether the marker holds on this machine, for any of the extras asked for."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def pins(key: str) -> dict[str, str]:
    """Return name and version of each pin that applies on this machine."""
    listed = [Requirement(line) for line in UV[key]]
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in listed
        if applies(pin, set())
    }


def closure(requirements: list[str]) -> Iterator[str]:
    """Yield the name of every package that the requirements lead to on this machine."""
    waiting = [Requirement(line) for line in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, frozenset(requirement.extras)) in seen:
            continue
        seen.add((name, frozenset(requirement.extras)))
        yield name
        further = [Requirement(line) for line in requires(name) or []]
        waiting += [each for each in further if applies(each, requirement.extras)]


def roots() -> list[str]:
    """Return what the project asks for by name: to run and to be developed."""
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    return [line for line in asked if applies(Requirement(line), set())]


@pytest.mark.parametrize("key", ["constraint-dependencies", "build-constraint-dependencies"])
def test_every_pin_names_one_exact_version(key: str) -> None:
    """A range or a wildcard is not a pin."""
    for line in UV[key]:
        (specifier,) = Requirement(line).specifier
        assert specifier.operator == "==", line
        assert "*" not in specifier.version, line


def test_installed_versions_are_the_pinned_ones() -> None:
    """Every needed package is installed in the version that is pinned; run `uv sync` if not."""
    pinned = pins("constraint-dependencies")
    installed = {name: version(name) for name in closure(roots())}
    assert installed == {name: pinned.get(name) for name in installed}


def test_every_needed_package_is_reached() -> None:
    """The walk over the requirements gets to packages that nobody asks for by name."""
    assert {"numba", "pytensor", "pydantic-core", "mypy-extensions"} <= set(closure(roots()))


def test_a_package_that_is_not_installed_is_not_passed_over() -> None:
    """Negative control: the walk fails where the environment is incomplete."""
    with pytest.raises(PackageNotFoundError):
        list(closure(["socialrisk-needs-no-such-package"]))


def test_the_build_backend_is_pinned() -> None:
    """Builds take place in an environment of their own, with pins of their own."""
    build = pins("build-constraint-dependencies")
    backends = {Requirement(line).name for line in PYPROJECT["build-system"]["requires"]}
    assert backends == set(PYPROJECT["dependency-groups"]["build"])
    assert backends <= build.keys()
    assert build.items() <= pins("constraint-dependencies").items()
