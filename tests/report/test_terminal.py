"""Tables and paragraphs in the terminal fit it, and keep what belongs together."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from simulate.language.numbers import THIN, number
from simulate.terminal.grid import grid, shared, write
from simulate.terminal.lines import folded

WORDS = st.lists(st.text("abcå", min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)


def _printed(width: int, *rows: tuple[str, ...]) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    console.print(grid(console, [f"k{place}" for place in range(len(rows[0]))], rows))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


@given(rows=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5))
def test_a_table_is_no_wider_than_the_terminal(rows: list[tuple[str, ...]]) -> None:
    """Whatever it holds, and no word is lost."""
    lines = _printed(60, *rows)
    assert max(map(len, lines)) <= 60
    for row in rows:
        for word in " ".join(row).split():
            assert any(word in line for line in lines)


@given(count=st.integers(min_value=1, max_value=13))
def test_no_figure_is_cut_however_many_columns(count: int) -> None:
    """Also where there is only room for one space between two columns."""
    lines = _printed(80, ("en ganska lång förklaring",) * count, ("±\u00a00,1",) * count)
    assert max(map(len, lines)) <= 80
    assert not any("…" in line for line in lines)
    assert sum(line.count("±") for line in lines) == count


@given(columns=st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_column_gives_way_before_a_word_does(columns: list[list[str]]) -> None:
    """Widths fit; no column is narrower than its longest word unless the words do not fit."""
    widths = shared(columns, 70)
    longest = [max(len(word) for text in column for word in text.split()) for column in columns]
    assert sum(widths) <= 70
    if sum(longest) <= 70:
        assert all(width >= word for width, word in zip(widths, longest, strict=True))


def test_a_number_is_not_broken() -> None:
    """Not between its thousands, nor before per cent, nor in a paragraph."""
    assert folded(f"{number(1980)} i svansarna", 6)[0] == f"1{THIN}980"
    assert folded("av alla 90 % här", 9) == ["av alla", "90 % här"]
    console = Console(file=io.StringIO(), width=20)
    write(console, f"effektivt antal 12{THIN}345")
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines() == ["effektivt antal", f"12{THIN}345"]


def test_no_number_of_eight_columns_is_broken() -> None:
    """Columns stand closer, and then a heading breaks, before an amount or a range does."""
    heads = (
        *("Effekt, i e_F", "Sant sparat, mkr", "Betalas, mkr", "Nio av tio, mkr"),
        *("Hela det dragna", "Mer än garantin", "Bara garantin", "Andel av det dragna"),
    )
    row = ("−0,25", "−22,61", "10,04", "3,60–10,00", "10 %", "99,9 %", "40 %", "60 %")
    for width in (80, 70, 60):
        console = Console(file=io.StringIO(), width=width)
        console.print(grid(console, heads, [row]))
        assert isinstance(console.file, io.StringIO)
        lines = console.file.getvalue().splitlines()
        assert max(map(len, lines)) <= width
        assert any(all(text in line for text in row) for line in lines), width


def test_a_narrow_terminal_breaks_no_number() -> None:
    """At forty signs a number parts from its unit, and is whole all the same."""
    heads = ("Mått", "A", "B", "B minus A", "Fel i skillnaden")
    row = (
        "Sannolikhet för förlust",
        "2,05\u00a0mkr",
        "60\u00a0%",
        "−2\u00a0procentenheter",
        "±\u00a00,003",
    )
    console = Console(file=io.StringIO(), width=40)
    console.print(grid(console, heads, [row]))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert max(map(len, lines)) <= 40
    for text in ("2,05", "60", "−2", "0,003"):
        assert any(text in line.split() for line in lines), text
