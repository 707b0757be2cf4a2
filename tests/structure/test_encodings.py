"""Text has the same encoding on every machine: whoever opens, reads or pipes it says which.

Ruff holds files to it where it sees that something is a path (PLW1514); here it is the name of
the call that counts, and processes are held to it too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("simulate", "models", "scenarios", "benchmarks", "tests", ".ci")
PROCESSES = ("run", "Popen", "call", "check_call", "check_output")
# What has such a name and is no text: a file by its number, a part of an archive, a paragraph.
OTHERS = ("os.open", "book.open", "formatter.write_text")
BINARY = ("rb", "wb", "ab", "xb", "r+b", "rb+", "w+b")
# Call → place of its encoding among the arguments without a name.
TEXTS = {"read_text": 0, "write_text": 1}


def sources() -> list[Path]:
    """Return every Python file of the project."""
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def unnamed(code: str) -> Iterator[int]:
    """Yield the line of each call that reads, writes or pipes text in an encoding it leaves out."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            if "encoding" not in given and _text(node, given):
                yield node.lineno


def _text(node: ast.Call, given: dict[str | None, ast.expr]) -> bool:
    """Whether a call is one of text."""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if ast.unparse(node.func) in OTHERS:
        return False
    if name in TEXTS:
        return len(node.args) <= TEXTS[name]
    if name == "open":
        modes = [given.get("mode"), *node.args[:2]]
        return not any(isinstance(one, ast.Constant) and one.value in BINARY for one in modes)
    return name in PROCESSES and any(
        _true(given.get(key)) for key in ("text", "universal_newlines")
    )


def _true(value: ast.expr | None) -> bool:
    return value is not None and not (isinstance(value, ast.Constant) and not value.value)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_text_names_its_encoding(path: Path) -> None:
    """No call leaves it to the machine how text is spelt."""
    assert list(unnamed(path.read_text(encoding="utf-8"))) == []


def test_a_call_that_does_not_is_found() -> None:
    """Negative control: text without an encoding is found; bytes, or text with one, is not."""
    found = (
        "run(a, text=True)",
        "Popen(a, universal_newlines=True)",
        "check_output(a, text=maybe)",
        "path.read_text()",
        "path.write_text(a)",
        "open(a)",
        "path.open('w')",
    )
    let_through = (
        "run(a, text=True, encoding='utf-8')",
        "run(a, text=False)",
        "run(a)",
        "path.read_text('utf-8')",
        "path.write_text(a, encoding='utf-8')",
        "open(a, 'rb')",
        "path.open('wb')",
        "path.open(mode='rb')",
    )
    assert [code for code in found if not list(unnamed(code))] == []
    assert [code for code in let_through if list(unnamed(code))] == []
