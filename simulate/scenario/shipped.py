"""The scenarios that come with the program: the same files serve docs, tests and users."""

from __future__ import annotations

from pathlib import Path

import scenarios


def folder() -> Path:
    """Return the folder of the shipped scenarios."""
    return Path(scenarios.__file__).parent


def shipped() -> dict[str, Path]:
    """Return the shipped scenario files by name, sorted."""
    return {path.stem: path for path in sorted(folder().glob("*.toml"))}
