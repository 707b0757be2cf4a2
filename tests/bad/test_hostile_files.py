"""Files that are no slip but an accident or an attack: refused at once, and harmless to print."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from simulate.errors import BadInput, Problem
from simulate.scenario.read import load

VALID = (Path(__file__).parent / "_valid.toml").read_text(encoding="utf-8")


def refused(path: Path, text: str | bytes) -> tuple[Problem, ...]:
    """Return the problems of a file that holds ``text``."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    with pytest.raises(BadInput) as caught:
        load(path)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "[" * 100_000 + "]" * 100_000, "too_deep"),
        ("a = " + "{ b = " * 300 + "1" + " }" * 300, "too_deep"),
        ("a." * 200_000 + "a = 1\n", "too_deep"),
        ("a = " + "9" * 10_000, "integer_too_large"),
        ("a = 0x" + "f" * 10_000, "integer_too_large"),
        ('a = "' + "x" * 10_000_000 + '"', "file_too_large"),
        ('a = "x\n', "broken_toml"),
        ("[a]\n[a]\n", "broken_toml"),
        ("a = 1\na = 2\n", "broken_toml"),
        ("a = [1,\n", "broken_toml"),
        ("a = 2016-02-31\n", "broken_toml"),
        ("a = 1\rb = 2\r", "broken_toml"),
        ("<html></html>", "broken_toml"),
        (bytes(range(256)), "not_utf8"),
        ("schema = 1\n".encode("utf-16"), "not_utf8"),
        ("schema = 1\n".encode("utf-16-le"), "not_utf8"),
        ('title = "å"\n'.encode("latin-1"), "not_utf8"),
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_hostile(tmp_path: Path, text: str | bytes, code: str) -> None:
    """Each is refused for what it is, within seconds."""
    begun = time.process_time()
    assert [one.code for one in refused(tmp_path / "hostile.toml", text)] == [code]
    assert time.process_time() - begun < 5.0


@pytest.mark.parametrize("line", ["a = [1,\nb = 2", 'a = "x\nb = 2', "a = 1\na = 2", "a = 1 2"])
def test_broken_toml_is_told_in_swedish(tmp_path: Path, line: str) -> None:
    """What the library says in English is never shown, but its line is."""
    problem = refused(tmp_path / "broken.toml", line)[0]
    assert problem.line > 0
    for word in ("Expected", "Cannot", "Illegal", "Unclosed", "oläsbar", "at line"):
        assert word not in problem.text()


def test_long_text_is_read_in_no_time(tmp_path: Path) -> None:
    """Long runs of space in an amount do not make the reader think for ever."""
    begun = time.process_time()
    text = VALID.replace('"4 mkr"', '"4 x' + " " * 300_000 + 'x"')
    assert refused(tmp_path / "long.toml", text)[0].code == "unit_unknown"
    assert time.process_time() - begun < 5.0


@pytest.mark.parametrize("character", ["\\u001b", "\\u009b", "\\u202e", "\\u0000", "\\u007f"])
@pytest.mark.parametrize("where", ['title = "Kontr{0}akt"', '"tit{0}le" = "Kontrakt"'])
def test_no_message_steers_the_terminal(tmp_path: Path, character: str, where: str) -> None:
    """Control characters in names and texts are refused, and shown as a replacement mark."""
    text = VALID.replace('title = "Kontraktet"', where.format(character))
    problems = refused(tmp_path / "control.toml", text)
    assert {one.code for one in problems} == {"control_character"}
    raw = character.encode().decode("unicode_escape")
    assert all(raw not in one.text() for one in problems)
    assert all(one.line for one in problems)
