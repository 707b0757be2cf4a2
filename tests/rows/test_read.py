"""Reading rows: what may stand in a file in many ways comes out as the same frame."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.quantity import DAYS, SEK, YEARS
from models.rows.encoding import encoding_of
from models.rows.frame import Frame, Refused
from models.rows.numbers import numbers
from models.rows.place import place_of
from models.rows.read import Reads, Unfit, read
from models.rows.source import RowSource
from tests.rows.cases import book
from tests.rows.tiny import ROWS, lines

READS = Reads({"days": DAYS, "cost": SEK}, ("days",), ("days", "sex"))


def source(**changes: Any) -> RowSource:
    """Return where the rows are."""
    return RowSource.model_validate({**ROWS, "file": "rader.csv", **changes})


def frame(folder: Path, **changes: Any) -> Frame:
    """Return the rows in a folder."""
    return read(source(**changes), READS, folder)


def refused(folder: Path, **changes: Any) -> list[tuple[str, tuple[int, ...]]]:
    """Return what is wrong with the rows in a folder."""
    with pytest.raises(Unfit) as caught:
        frame(folder, **changes)
    return [(one.code, one.rows) for one in caught.value.problems]


def text_of(rows: list[list[str]], separator: str = ";") -> str:
    """Return rows as text."""
    return "".join(separator.join(line) + "\r\n" for line in rows)


@pytest.mark.parametrize("separator", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    """As Excel, LibreOffice or R save it: the same frame, å and ä in the groups among it."""
    (tmp_path / "rader.csv").write_bytes(text_of(lines(), separator).encode(encoding))
    (tmp_path / "plain.csv").write_text(text_of(lines()), encoding="utf-8")
    assert frame(tmp_path).digest == frame(tmp_path, file="plain.csv").digest
    assert frame(tmp_path).count("comparison") == 6


def test_the_separator_is_the_one_that_finds_the_headings(tmp_path: Path) -> None:
    """More commas than semicolons in a heading do not make it a file of commas."""
    rows = [["barn", "grupp", "a, b, c, d", "hvb_dygn"]]
    rows += [[one, group, "1,5", days] for one, group, days in lines()[1:]]
    (tmp_path / "rader.csv").write_text(text_of(rows), encoding="utf-8")
    assert len(frame(tmp_path)) == 12


def test_a_hint_to_excel_is_no_row(tmp_path: Path) -> None:
    """Excel does not show the line, so it is not counted."""
    content = "sep=,\r\n" + text_of(lines({4: "x"}), ",")
    (tmp_path / "rader.csv").write_text(content, encoding="utf-8", newline="")
    assert refused(tmp_path) == [("rows_not_a_number", (4,))]


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    """Blank lines count and are no persons; a cell of two lines is one row."""
    rows = lines({7: "x"})
    rows.insert(3, ["", "", ""])
    rows[5][0] = '"två\nrader"'
    (tmp_path / "rader.csv").write_text(text_of(rows), encoding="utf-8", newline="")
    assert refused(tmp_path) == [("rows_not_a_number", (8,))]
    cells = [[*line[:2], int(line[2]) if line[2].isdigit() else line[2]] for line in rows[1:]]
    (tmp_path / "rader.xlsx").write_bytes(book([rows[0], *cells]))
    assert refused(tmp_path, file="rader.xlsx") == [("rows_not_a_number", (8,))]


def test_missing_is_refused_or_kept(tmp_path: Path) -> None:
    """An empty cell or NA is a missing value only where the scenario says that it is modelled."""
    rows = lines({2: "", 3: "na"})
    rows = [[*line, end] for line, end in zip(rows, ["kon", "", *["f", "p"] * 6], strict=False)]
    (tmp_path / "rader.csv").write_text(text_of(rows), encoding="utf-8")
    sex = {"sex": {"column": "kon", "levels": ["f", "p"]}}
    assert refused(tmp_path, covariates=sex) == [("rows_missing", (2, 3)), ("rows_missing", (2,))]
    kept = frame(tmp_path, covariates=sex, missing="model")
    assert kept.columns["days"][:3] == (None, None, 40.0)
    assert kept.covariates["sex.p"][:3] == (None, 0.0, 1.0)
    assert len(kept) == 12


def test_units_are_converted(tmp_path: Path) -> None:
    """Thousands of kronor become kronor, months become years; a wrong unit is told of its key."""
    rows = [[*line, end, month] for line, end, month in
            zip(lines(), ["kr", *["1 254,5"] * 11, "0"],
                ["mån", *map(str, range(12))], strict=True)]  # fmt: skip
    (tmp_path / "rader.csv").write_text(text_of(rows), encoding="utf-8")
    columns = {**ROWS["columns"], "cost": {"column": "kr", "unit": "tkr"}}
    months = {"age": {"column": "mån", "unit": "månader"}}
    found = frame(tmp_path, columns=columns, covariates=months)
    assert found.columns["cost"][0] == 1_254_500.0
    assert found.covariates["age"][6] == pytest.approx(0.5)
    for unit, code in ((None, "unit_missing"), ("år", "unit_kind"), ("riksdaler", "unit_unknown")):
        columns["cost"] = {"column": "kr", **({"unit": unit} if unit else {})}
        assert [one for one, _ in refused(tmp_path, columns=columns)] == [code]


def test_the_digest_is_of_what_is_read(tmp_path: Path) -> None:
    """Names of persons and unread columns do not change it; one cell and the order do."""
    path = tmp_path / "rader.csv"

    def digest(rows: list[list[str]]) -> str:
        path.write_text(text_of(rows), encoding="utf-8")
        return frame(tmp_path).digest

    first = digest(lines())
    renamed = [[f"x{one[0]}" if at else one[0], *one[1:], "y"] for at, one in enumerate(lines())]
    assert digest(renamed) == first
    assert digest(lines({2: "21"})) != first
    rows = lines()
    assert digest([rows[0], rows[2], rows[1], *rows[3:]]) != first


@pytest.mark.parametrize(
    "file",
    ["../rader.csv", "a/../../rader.csv", "/etc/rader.csv", "..\\rader.csv", "C:rader.csv",
     "C:\\rader.csv", "\\\\server\\rader.csv", "data\\..\\..\\rader.csv", "ut/rader.csv",
     "lank.csv", "a\0.csv"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(tmp_path: Path, file: str) -> None:
    """Upwards, from the root, on a drive, or by a link: nothing outside the folder is opened."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "rader.csv").write_text(text_of(lines()), encoding="utf-8")
    (folder / "ut").symlink_to(tmp_path)
    (folder / "lank.csv").symlink_to(tmp_path / "rader.csv")
    with pytest.raises(Refused) as caught:
        place_of(file, folder)
    assert caught.value.problem.code == "rows_outside"


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """So is one that the folder itself lies behind."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rader.csv").write_text(text_of(lines()), encoding="utf-8")
    (tmp_path / "in" / "lank.csv").symlink_to("rader.csv")
    (tmp_path / "bakom").symlink_to("in")
    assert place_of("lank.csv", tmp_path / "bakom") == (tmp_path / "in" / "rader.csv").resolve()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """It is refused instead of waited for."""
    os.mkfifo(tmp_path / "rader.csv")
    assert refused(tmp_path) == [("rows_no_file", ())]


@pytest.mark.slow  # writes them
def test_a_million_rows_are_refused_at_once(tmp_path: Path) -> None:
    """Within seconds, and without the file in memory."""
    with (tmp_path / "rader.csv").open("w", encoding="utf-8") as file:
        file.write("barn;grupp;hvb_dygn\n")
        file.writelines(f"b{at};insats;{at % 300}\n" for at in range(1_000_000))
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from tests.rows.test_read import refused\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"print(refused(Path({str(tmp_path)!r})))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
    )
    told, grown = done.stdout.splitlines()
    assert told == "[('rows_too_many', ())]"
    assert time.monotonic() - begun < 30.0  # two seconds on a machine that does nothing else
    assert int(grown) < 40_000  # kB


def test_text_needs_no_heavy_library(tmp_path: Path) -> None:
    """Reading CSV imports none of those that a fit, a workbook or Parquet needs."""
    (tmp_path / "rader.csv").write_text(text_of(lines()), encoding="utf-8")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from models.quantity import DAYS\n"
        "from models.rows.read import Reads, read\n"
        "from models.rows.source import RowSource\n"
        f"source = RowSource.model_validate({ROWS | {'file': 'rader.csv'}!r})\n"
        f"assert len(read(source, Reads({{'days': DAYS}}), Path({str(tmp_path)!r}))) == 12\n"
        "heavy = {'numpy', 'pandas', 'pyarrow', 'python_calamine', 'xarray'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


WRITTEN = st.decimals(0, 36_525, places=2)


@settings(max_examples=200, deadline=None)
@given(st.lists(WRITTEN, min_size=1, max_size=8), st.sampled_from(",."), st.booleans())
def test_numbers_are_read_as_they_are_written(values: list[Any], mark: str, spaced: bool) -> None:
    """With either decimal mark and with or without spaces between thousands, nothing is lost."""
    spelt = [f"{value:,.2f}" if spaced else f"{value:.2f}" for value in values]
    cells = [one.replace(",", " ").replace(".", mark) for one in spelt]
    found = numbers(cells, range(2, len(cells) + 2), DAYS, "dygn")
    assert found.values == [float(value) for value in values]
    assert found.wrong == {}
    assert list(found.marks) == [mark]


@pytest.mark.parametrize(
    ("cells", "code", "rows"),
    [
        (["1.254", "12.500"], "rows_unclear", [2, 3]),
        (["1,254", "12,5"], "", []),
        (["0.125", "0.250"], "", []),
        (["1.254.000", "5"], "rows_unclear", [2]),
        (["1.254,50", "5"], "rows_unclear", [2]),
        (["1e3", "2E+02"], "", []),
        (["12 dygn", "٣"], "rows_not_a_number", [2, 3]),
        (["=1+1", "0x1F"], "rows_not_a_number", [2, 3]),
        ([True, "SANT"], "rows_not_a_number", [2, 3]),
        ([float("nan"), "1e400"], "rows_not_finite", [2, 3]),
        (["9" * 61, 1], "rows_not_a_number", [2]),
        ([36_526, -0.1], "rows_out_of_range", [2, 3]),
    ],
)
def test_strict_numbers(cells: list[Any], code: str, rows: list[int]) -> None:
    """What can be read in two ways, or in none, is refused; what cannot be misread is not."""
    found = numbers(cells, (2, 3), DAYS, None)
    assert found.wrong.get(code, []) == rows
    assert bool(found.wrong) == bool(code)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever bytes are called CSV, a workbook or Parquet are refused in words."""
    folder = tmp_path_factory.mktemp("bytes")
    heads = {"csv": b"barn;grupp;hvb_dygn\n", "xlsx": b"PK\x03\x04", "parquet": b"PAR1"}
    for suffix, head in heads.items():
        (folder / f"rader.{suffix}").write_bytes(head + data)
        assert refused(folder, file=f"rader.{suffix}")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.integers(1, 7))
def test_the_encoding_does_not_depend_on_the_pieces(data: bytes, size: int) -> None:
    """A letter may be cut between two pieces."""
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    if len(data) > 3 and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert encoding_of(pieces) == encoding_of([data])


def test_an_age_below_nought_is_refused(tmp_path: Path) -> None:
    """The unit of a covariate decides what it may be."""
    rows = [[*line, age] for line, age in
            zip(lines(), ["alder", "-1", *map(str, range(11))], strict=True)]  # fmt: skip
    (tmp_path / "rader.csv").write_text(text_of(rows), encoding="utf-8")
    years = {"age": {"column": "alder", "unit": "år"}}
    assert YEARS.lowest == 0.0
    assert refused(tmp_path, covariates=years) == [("rows_out_of_range", (2,))]
