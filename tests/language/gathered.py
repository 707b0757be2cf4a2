"""The script that gathers messages, for the tests to ask."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gather_words", ROOT / ".ci" / "words.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


words = _script()


@functools.cache
def gathered(book: Any) -> Any:
    """Return the catalogue of a book, gathered once for all tests: nobody changes it."""
    return book.catalog()
