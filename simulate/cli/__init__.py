"""The command line. Commands are imported only when they are called, so that help is quick."""

from __future__ import annotations

from simulate.cli.main import main

__all__ = ["main"]
