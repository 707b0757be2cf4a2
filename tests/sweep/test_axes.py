"""What is varied: values, ranges, designs and tables, and everything that is wrong with them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from simulate.errors import Problem
from simulate.sweep.axes import MOST_CELLS, Settings, cells_of, read_axes
from simulate.sweep.table import read_table


def cells(*vary: str, design: str = "grid", seed: int = 1) -> tuple[Settings, ...]:
    """Return the cells of a design that has nothing wrong with it."""
    problems: list[Problem] = []
    found = cells_of(read_axes(vary, problems), design, seed, problems)
    assert problems == []
    return found


def codes(*vary: str, design: str = "grid") -> list[str]:
    """Return the codes of what is wrong."""
    problems: list[Problem] = []
    cells_of(read_axes(vary, problems), design, 1, problems)
    return [one.code for one in problems]


def test_a_grid_has_every_combination() -> None:
    """The last key moves fastest."""
    found = cells("a.b=1,2", "c=x,y,z")
    assert [dict(one) for one in found[:4]] == [
        {"a.b": "1", "c": "x"},
        {"a.b": "1", "c": "y"},
        {"a.b": "1", "c": "z"},
        {"a.b": "2", "c": "x"},
    ]
    assert len(set(found)) == 6


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("a=0:1:3", ["0", "0.5", "1"]),
        ("a=20 %:60 %:5", ["20 %", "30 %", "40 %", "50 %", "60 %"]),
        ("a=1:3 mkr:2", ["1 mkr", "3 mkr"]),
        ("a=-0.1:0.2:4", ["-0.1", "0", "0.1", "0.2"]),
        ("a=1, 5 %", ["1", "5 %"]),
        ("a=122,244,488", ["122", "244", "488"]),
        ("a=1 %,2 %", ["1 %", "2 %"]),
        ("a={ pert = [1, 2, 3] }, 0.4", ["{ pert = [1, 2, 3] }", "0.4"]),
        ('a="x,y",z', ['"x,y"', "z"]),
    ],
)
def test_values(written: str, values: list[str]) -> None:
    """Numbers are evenly spaced, without the tails of binary fractions; lists are as written."""
    assert [dict(one)["a"] for one in cells(written)] == values


@pytest.mark.parametrize(
    ("vary", "found"),
    [
        (["a=0:1:1"], ["sweep_range"]),
        (["a=1:0:5"], ["sweep_range"]),
        (["a=0:1:x"], ["sweep_range"]),
        (["a=1 mkr:2 tkr:3"], ["sweep_range"]),
        (["a=x:y:3"], ["sweep_range"]),
        (["a"], ["bad_assignment"]),
        (["=1"], ["bad_assignment"]),
        (["a="], ["sweep_empty"]),
        (["a=1", "a=2"], ["sweep_twice"]),
        (["a=x,x"], ["sweep_twice"]),
        (["a=1, 1"], ["sweep_twice"]),
        (["a=1,1"], ["sweep_comma"]),
        (["a=0,4,0,5"], ["sweep_comma"]),
        (["a=1,5 %,2 %"], ["sweep_comma"]),
        (["a=0.5 %,1,5%"], ["sweep_comma"]),
        (["a=1,5 mkr:2,5 mkr:3"], ["sweep_comma"]),
        (["a=0,4:0,6:3"], ["sweep_comma"]),
        (["a=-1e308:1e308:3"], ["sweep_range"]),
        (["a=0:1:200", "b=0:1:200"], ["sweep_too_large"]),
        (["a=0:1:1", "b=", "c"], ["sweep_range", "sweep_empty", "bad_assignment"]),
    ],
)
def test_what_is_wrong(vary: list[str], found: list[str]) -> None:
    """Every slip of every axis is told."""
    assert codes(*vary) == found


def test_as_many_values_as_there_may_be() -> None:
    """Are read in a moment: no value is held against every other."""
    begun = time.process_time()
    assert len(cells("a=" + ",".join(f"x{place}" for place in range(MOST_CELLS)))) == MOST_CELLS
    assert time.process_time() - begun < 4.0  # a tenth; a quarter of a minute, pair by pair


def test_a_hypercube_covers_each_axis() -> None:
    """One cell in each of N equal parts of every range; again the same; another seed, others."""
    found = cells("a=0:1:2", "b=10 %:20 %:2", "c=x,y", design="lhs:10")
    assert sorted(int(float(dict(one)["a"]) * 10) for one in found) == list(range(10))
    shares = [float(dict(one)["b"].removesuffix(" %")) for one in found]
    assert sorted(int(share - 10) for share in shares) == list(range(10))
    assert [dict(one)["c"] for one in found].count("x") == 5
    assert cells("a=0:1:2", "b=10 %:20 %:2", "c=x,y", design="lhs:10") == found
    assert cells("a=0:1:2", design="lhs:10", seed=2) != cells("a=0:1:2", design="lhs:10")


def test_unknown_designs() -> None:
    """A hypercube has at least one cell, and no more than a grid may have."""
    assert [codes("a=1", design=one) for one in ("lhs", "lhs:0", "latin", "lhs:-1")] == [
        ["sweep_design"]
    ] * 4
    assert codes("a=1", design=f"lhs:{MOST_CELLS + 1}") == ["sweep_too_large"]


def read(folder: Path, text: str) -> tuple[tuple[Settings, ...], list[str]]:
    """Return the cells of a table, and the codes of what is wrong with it."""
    file = folder / "cells.csv"
    file.write_text(text, encoding="utf-8-sig")
    problems: list[Problem] = []
    return read_table(file, problems), [one.code for one in problems]


def test_tables(tmp_path: Path) -> None:
    """As Excel writes them in Swedish and in English; a blank leaves the key as it is."""
    english = read(tmp_path, "a.b,c\r\n0.4,1 mkr\r\n,2 mkr\r\n\r\n")
    assert english == (((("a.b", "0.4"), ("c", "1 mkr")), (("c", "2 mkr"),)), [])
    swedish = read(tmp_path, "a.b;c\n0,4;1,5 mkr\n;2 mkr\n")
    assert swedish == (((("a.b", "0.4"), ("c", "1.5 mkr")), (("c", "2 mkr"),)), [])


@pytest.mark.parametrize(
    "written",
    [
        b"\xef\xbb\xbfa.b;c\r\n1,5 %;1 250 000,50 kr\r\n;;;\r\n\r\n",
        b"sep=;\r\na.b;c;\r\n1,5 %;1\xa0250\xa0000,50 kr;\r\n",
        "a.b\tc\n1,5 %\t1 250 000,50 kr\n".encode("utf-16"),
        b"a.b;c\r1,5 %;1 250 000,50 kr\r;\r",
        b'"a.b","c"\n"1.5 %","1 250 000.50 kr"\n',
    ],
)
def test_tables_as_they_come(tmp_path: Path, written: bytes) -> None:
    """Whatever parts cells, ends lines or stands blank to the right, the cells are the same."""
    (tmp_path / "cells.csv").write_bytes(written)
    problems: list[Problem] = []
    (found,) = read_table(tmp_path / "cells.csv", problems)
    plain = [(key, value.replace("\xa0", " ")) for key, value in found]
    assert (plain, problems) == ([("a.b", "1.5 %"), ("c", "1 250 000.50 kr")], [])


def test_exponents(tmp_path: Path) -> None:
    """As Excel writes small numbers; a lone column has nothing else that a comma could part."""
    assert read(tmp_path, "a\n1,2\n") == (((("a", "1.2"),),), [])
    assert read(tmp_path, "a;b\n1,50E-02;x\n") == (((("a", "1.50E-02"), ("b", "x")),), [])


@pytest.mark.parametrize("text", ["", "a,b\n", "a,b\n,\n", "\n1\n"])
def test_empty_tables(tmp_path: Path, text: str) -> None:
    """A table without cells or without headings is refused."""
    assert read(tmp_path, text) == ((), ["sweep_table"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2,3\n", ["sweep_row"]),
        ("a;;b\n1;2;3\n", ["sweep_row"]),
        ("a;b;a\n1;2;3\n4;5;6;7\n", ["sweep_twice", "sweep_row"]),
        ('a;b\n1;"2\n3;4\n', ["sweep_file"]),
        ("a\n" + "1\n" * (MOST_CELLS + 1), ["sweep_too_large"]),
    ],
)
def test_broken_tables(tmp_path: Path, text: str, found: list[str]) -> None:
    """No value is left out, and none wins over another, without a word."""
    assert read(tmp_path, text) == ((), found)
