"""What is committed carries no addresses of package registries and shadows no package."""

import re
import subprocess
from pathlib import Path

import pytest

from simulate.scenario.read import load
from simulate.scenario.shipped import shipped

ROOT = Path(__file__).resolve().parents[2]
LOCK_FILES = re.compile(r"(uv\.lock|pylock.*\.toml|poetry\.lock|package-lock\.json)")
ADDRESS = re.compile(
    r"https?://(\S*/(simple|packages)(/|\s|$)|([\w-]+\.)*registry\.)"
    r"|\b(index-url|find-links)\s*="
)


def committable() -> list[Path]:
    """Return the files that git tracks or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_file_carries_the_address_of_a_registry() -> None:
    """Each machine says for itself where packages come from."""
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in committable()}
    assert ROOT / "pyproject.toml" in texts
    assert [str(path) for path, text in texts.items() if ADDRESS.search(text)] == []


def test_no_lock_file_would_be_committed() -> None:
    """Lock files carry addresses; the pins stand in `pyproject.toml`."""
    assert [str(path) for path in committable() if LOCK_FILES.fullmatch(path.name)] == []


@pytest.mark.parametrize(
    "rest",
    [
        "//a.example/simple",
        "//a.example/simple/x/",
        "//registry.example/",
        "//a.example/packages/x",
    ],
)
def test_an_address_is_recognised(rest: str) -> None:
    """Negative control: addresses of the usual shapes are found."""
    assert ADDRESS.search(f"url = 'https:{rest}")


def test_an_ordinary_address_is_let_through() -> None:
    """Negative control: sources of figures may be cited by their address."""
    assert not ADDRESS.search("source = 'https://www.example.org/a-simple-report/packages.html'")


@pytest.mark.parametrize("package", ["simulate", "models", "scenarios"])
def test_no_test_folder_shadows_a_package(package: str) -> None:
    """A folder of tests with a package's name would be imported in its place."""
    assert not any(path.is_dir() for path in (ROOT / "tests").rglob(package))


def test_rows_of_shipped_scenarios_are_shipped() -> None:
    """A shipped scenario that reads rows has them in its own package, made up and committed."""
    sources = [
        (path, spec.source_of_rows)
        for path in shipped().values()
        for spec in load(path).scenario.evidence.values()
        if spec.source_of_rows is not None
    ]
    assert sources
    there = set(committable())
    for path, source in sources:
        file = path.parent / source.file
        assert file in there
        assert file.is_relative_to(ROOT / "scenarios")  # all of which is in the wheel
        assert source.synthetic
