"""No file is longer than a person reads in one go."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("models", "simulate", "tests", "benchmarks", ".ci")
LINES = 400


def test_no_file_is_too_long() -> None:
    """A file that grows beyond this holds a second idea, which has a file of its own."""
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    assert len(files) > len(FOLDERS)
    sizes = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {file.relative_to(ROOT).as_posix(): n for file, n in sizes.items() if n > LINES} == {}
