"""simulate sweep: each cell is the run it stands for, worked out once, in any order."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from simulate.comparison.compare import compare
from simulate.comparison.sides import Side
from simulate.run import run
from simulate.scenario.read import load
from tests.cli.calls import Caller
from tests.sweep.conftest import GUARANTEE, VALID, computed, files

LOSS = "fond.p_loss.difference"
SMALL = ("--draws", "3000", "--workers", "1", "--quiet")


def swept(call: Caller, output: Path, *more: str) -> dict[str, object]:
    """Sweep the small scenario; return what is printed for programs."""
    answer = call("sweep", VALID, *more, *SMALL, "--output", output, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    found: dict[str, object] = json.loads(answer.out)
    return found


@pytest.mark.slow
def test_a_cell_is_the_run_it_stands_for(call: Caller, tmp_path: Path) -> None:
    """Every figure and every error, to the last bit: cells share random numbers with any run."""
    found = swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,45 %", "--measures",
                  "p_loss,repayment_mean,npv_mean,cvar_95")  # fmt: skip
    for cell in found["cells"]:  # type: ignore[attr-defined]
        settings = [f"{key}={value}" for key, value in cell["settings"].items()]
        alone = run(load(Path(VALID), settings).scenario, 3000, 1, tmp_path / ".cache")
        for one in cell["measures"]:
            figure = alone.figure(one["measure"], one["party"])
            assert (figure.value, figure.mcse) == (one["value"], one["mcse"])
        assert len(cell["measures"]) >= 4


@pytest.mark.slow
def test_a_difference_is_that_of_a_comparison(call: Caller, tmp_path: Path) -> None:
    """Each figure's difference from the scenario, and its error, to the last bit: in any cell."""
    found = swept(call, tmp_path, "--vary", f"{GUARANTEE}=20 %,45 %", "--vary",
                  "programme.delivery=0.7,0.9", "--measures", "repayment_mean,irr_p50")  # fmt: skip
    for cell in found["cells"]:  # type: ignore[attr-defined]
        settings = [f"{key}={value}" for key, value in cell["settings"].items()]
        sides = [Side("a", load(Path(VALID), one)) for one in ([], settings)]
        changes = compare(*sides, 3000, 1, tmp_path / ".cache").changes
        for one in cell["measures"]:
            change = changes[one["party"], one["measure"]]
            assert (one["difference"], one["difference_mcse"]) == (change.value, change.mcse)
        (loss,) = (one for one in cell["measures"] if one["measure"] == "repayment_mean")
        assert 0.0 < loss["difference_mcse"] < loss["mcse"]


@pytest.mark.slow
def test_the_base_itself(call: Caller, tmp_path: Path) -> None:
    """A cell that changes nothing is the base: no difference, no error, and no cell more."""
    table = tmp_path / "cells.csv"
    table.write_text(f"{GUARANTEE},society.inflation\n,2 %\n50 %,\n", encoding="utf-8")
    found = swept(call, tmp_path, "--from", str(table), "--set", "society.inflation=2 %")
    same, other = found["cells"]  # type: ignore[misc]
    assert same["cell"] == found["base"]["cell"]  # type: ignore[index]
    assert {one["difference"] for one in same["measures"]} <= {0.0, None}
    assert any(one["difference"] for one in other["measures"])
    assert computed(tmp_path) == 2 == len(list(tmp_path.glob(".cells/*/*.json")))


@pytest.mark.slow
def test_one_changed_cell_is_one_cell_worked_out(call: Caller, tmp_path: Path) -> None:
    """What was worked out in any sweep is found again; seed and draws make other cells."""
    swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,45 %,50 %")
    assert computed(tmp_path) == 3
    swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,45 %,55 %")
    assert computed(tmp_path) == 1
    swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,45 %,55 %")
    assert computed(tmp_path) == 0
    swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,45 %,55 %", "--seed", "2")
    assert computed(tmp_path) == 3


@pytest.mark.slow
def test_a_damaged_cell_is_worked_out_again(call: Caller, tmp_path: Path) -> None:
    """A cell that is cut short, or whose figures are changed, is not believed."""
    swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,45 %,50 %")
    before = files(tmp_path)
    base = json.loads(next(tmp_path.glob("*/sweep-*/sweep.json")).read_text("utf-8"))["base"]
    cells = sorted((tmp_path / ".cells").rglob("*.json"))
    short, changed, _ = (one for one in cells if one.stem != base["cell"])
    short.write_bytes(short.read_bytes()[:50])
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace('"unit": "sek"', '"unit": "year"', 1), encoding="utf-8")
    swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,45 %,50 %")
    assert computed(tmp_path) == 2
    assert files(tmp_path) == before


@pytest.mark.slow
def test_processes_give_the_same_bytes(call: Caller, tmp_path: Path) -> None:
    """Two processes, or this one: every file is the same."""
    vary = ("--vary", f"{GUARANTEE}=30 %:60 %:4", "--vary", "society.inflation=1 %,2 %")
    alone, both = tmp_path / "alone", tmp_path / "both"
    swept(call, alone, *vary)
    answer = call("sweep", VALID, *vary, "--draws", "3000", "--workers", "2", "--output", both)
    assert answer.code == 0
    assert "8 celler att räkna; ungefär " in answer.err and " på 2 processer." in answer.err
    assert files(both) == files(alone)
    # The cells and what they are compared with; the tables, pages and data of the sweep.
    assert len(files(alone)) == 9 + 7


@pytest.mark.slow
def test_processes_read_many_cells(call: Caller, tmp_path: Path) -> None:
    """Started before the cells are read, they tell of every bad one, and give the same bytes."""
    years = ("--vary", "first_year=2020,2024", "--vary", "last_year=2023,2026")
    many = ("--vary", f"{GUARANTEE}=30 %:60 %:15")
    told = [
        call("sweep", VALID, *years, *many, "--workers", count, "--output", tmp_path / "new",
             "--quiet", "--lang", "en") for count in ("1", "2")
    ]  # fmt: skip
    assert told[0].code == told[1].code == 2
    assert told[0].err == told[1].err and "first_year=2024" in told[0].err
    assert not (tmp_path / "new").exists()
    good = (*many, "--vary", "society.inflation=1 %:2 %:4", "--draws", "3000", "--quiet")
    for count in ("1", "2"):
        answer = call("sweep", VALID, *good, "--workers", count, "--output", tmp_path / count)
        assert (answer.code, answer.err) == (0, "")
    assert files(tmp_path / "2") == files(tmp_path / "1")
    assert len(list((tmp_path / "2").glob(".cells/*/*.json"))) == 61


@pytest.mark.slow
def test_an_input_that_only_some_cells_have_moves_nothing_else(
    call: Caller, tmp_path: Path
) -> None:
    """A cell with a factor more shares the dimension map; the others are as they would be alone."""
    key = "programme.cost_lines.staff.ceiling"
    more = '{ amount = { uniform = [2, 3], unit = "mkr" } }'
    found = swept(call, tmp_path, "--vary", f"{GUARANTEE}=40 %,50 %")
    table = tmp_path / "cells.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[GUARANTEE, key], ["40 %", ""], ["50 %", more]])
    wider = swept(call, tmp_path, "--from", str(table))
    first, second = found["cells"], wider["cells"]
    assert first[0] == second[0]  # type: ignore[index]
    assert first[1]["measures"] != second[1]["measures"]  # type: ignore[index]
    assert computed(tmp_path) == 1


def test_files(call: Caller, tmp_path: Path) -> None:
    """The same figures for Excel, for programs and for NetCDF, each with its error."""
    vary = ("--vary", f"{GUARANTEE}=30 %,45 %,50 %", "--vary", "society.inflation=0.01,0.02")
    plain = swept(call, tmp_path, *vary, "--measures", "p_loss,irr_p50")
    (folder,) = tmp_path.glob("*/sweep-*")
    wanted = [cell["measures"][0]["value"] for cell in plain["cells"]]  # type: ignore[attr-defined]
    english = (folder / "cells.csv").read_text(encoding="utf-8")
    head, *rows = csv.reader(english.splitlines())
    assert head[:5] == ["cell", GUARANTEE, "society.inflation", "fond.p_loss", "fond.p_loss.mcse"]
    assert [float(row[3]) for row in rows] == wanted
    assert all(float(row[4]) > 0 for row in rows)
    swedish = (folder / "cells.excel.csv").read_bytes()
    assert swedish.startswith(b"\xef\xbb\xbf")
    again = [line.split(";") for line in swedish.decode("utf-8-sig").split("\r\n")[1:-1]]
    assert [float(row[3].replace(",", ".")) for row in again] == wanted
    assert [row[2] for row in again[:2]] == ["0,01", "0,02"]
    book = CalamineWorkbook.from_path(str(folder / "cells.xlsx"))
    sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[3] for row in sheet[1:]] == wanted
    assert [row[1] for row in sheet[1:]] == [0.3, 0.3, 0.45, 0.45, 0.5, 0.5]  # numbers, no text
    said = book.get_sheet_by_index(1).to_python(skip_empty_area=False)
    assert [row[0] for row in said[1:]] == [one for one in sheet[0][1:] if "status" not in one]
    table = parquet.read_table(folder / "cells.parquet").to_pydict()
    assert table["fond.p_loss"] == wanted
    with xr.open_dataset(folder / "cells.nc", engine="h5netcdf") as data:
        assert data["value"].dims == (GUARANTEE, "society.inflation", "figure")
        assert list(data["society.inflation"].values) == [0.01, 0.02]
        found = data["value"].sel(figure="fond.p_loss").values
        np.testing.assert_array_equal(found.ravel(), wanted)
        assert (data["mcse"].sel(figure="fond.p_loss").values > 0).all()
        moved = data["difference"].sel(figure="fond.p_loss").values.ravel()
        np.testing.assert_array_equal(moved, [float(row[5]) for row in rows])
        np.testing.assert_array_equal(
            data["difference_mcse"].sel(figure="fond.p_loss").values.ravel(), table[f"{LOSS}.mcse"]
        )
    (base,) = (one for one in plain["base"]["measures"] if one["measure"] == "p_loss")  # type: ignore[index]
    assert table[LOSS] == [value - base["value"] for value in wanted]
    assert [row[5] for row in sheet[1:]] == pytest.approx(table[LOSS], rel=1e-12)


def test_a_sheet_of_paper_has_room_for_its_tables(call: Caller, tmp_path: Path) -> None:
    """Of all measures no table has more than four beside its keys, and each is there once."""
    swept(call, tmp_path, "--vary", f"{GUARANTEE}=30 %,50 %")
    (page,) = tmp_path.glob("*/sweep-*/svep.*.html")
    text = page.read_text(encoding="utf-8")
    heads = [re.findall(r'<th scope="col">(.*?)</th>', one) for one in text.split("<thead>")[1:]]
    assert max(map(len, heads)) == 5
    measures = [name for head in heads for name in head[1:]]
    assert sorted(measures) == sorted(2 * [*dict.fromkeys(measures)])
    assert text.index("minst") < text.index("<img")


def test_a_cell_that_looks_like_a_formula_is_text(call: Caller, tmp_path: Path) -> None:
    """A value that begins as a formula does not become one in a spreadsheet."""
    swept(call, tmp_path, "--vary", "title==1+1,@b", "--measures", "p_loss")
    (folder,) = tmp_path.glob("*/sweep-*")
    for name in ("cells.csv", "cells.excel.csv"):
        assert "'=1+1" in (folder / name).read_text(encoding="utf-8-sig")
    assert b"<f>" not in (folder / "cells.xlsx").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("vary", "pictures"),
    [
        ((f"{GUARANTEE}=30 %:50 %:3",), 2),
        ((f"{GUARANTEE}=30 %:50 %:3", "society.inflation=1 %,2 %"), 2),
        ((f"{GUARANTEE}=30 %,50 %", "society.inflation=1 %,2 %", "programme.delivery=0.8,0.9"), 2),
    ],
)
def test_the_page(call: Caller, tmp_path: Path, vary: tuple[str, ...], pictures: int) -> None:
    """A picture a measure, every figure with its error, no script, nothing from elsewhere."""
    options = [part for one in vary for part in ("--vary", one)]
    answer = call("sweep", VALID, *options, *SMALL, "--output", tmp_path, "--measures",
                  "p_loss,repayment_mean")  # fmt: skip
    assert answer.code == 0
    assert all(len(line) <= 80 for line in answer.out.splitlines() if "Svepet ligger i" not in line)
    page = next(tmp_path.glob("*/sweep-*/svep.sv.html")).read_text(encoding="utf-8")
    assert page.count("<img ") == pictures
    assert page.count("<tr>") >= 1 + len(list(tmp_path.rglob(".cells/*/*.json")))
    assert "<script" not in page and "http://" not in page and "https://" not in page
    assert "±" in page
    english = call("sweep", VALID, *options, *SMALL, "--output", tmp_path, "--measures",
                   "p_loss,repayment_mean", "--lang", "en")  # fmt: skip
    assert english.code == 0
    assert len(list(tmp_path.glob("*/sweep-*"))) == 1
    assert {one.name for one in tmp_path.glob("*/sweep-*/*.html")} == {
        "svep.sv.html",
        "svep.en.html",
    }


def test_every_bad_cell_is_told_before_anything_starts(call: Caller, tmp_path: Path) -> None:
    """Values alone first, each once; then what cannot stand together; nothing is written."""
    answer = call("sweep", VALID, "--vary", f"{GUARANTEE}=0.4,1.4,-1", "--vary",
                  "programme.delivery=0.9,2", "--output", tmp_path / "new")  # fmt: skip
    assert (answer.code, answer.out) == (2, "")
    assert "3 fel" in answer.err
    for found in (f"{GUARANTEE}=1.4", f"{GUARANTEE}=-1", "programme.delivery=2"):
        assert f"- {found}, " in answer.err
    call_too = call("sweep", VALID, "--vary", f"{GUARANTEE}=0.4,1.4", "--vary", "programme.x=1",
                    "--draws", "1", "--output", tmp_path / "new")  # fmt: skip
    assert "3 fel" in call_too.err  # draws, a value and a key, at once
    together = call("sweep", VALID, "--vary", "first_year=2020,2024", "--vary",
                    "last_year=2023,2026", "--output", tmp_path / "new")  # fmt: skip
    assert together.code == 2
    assert "first_year=2024" in together.err
    assert not (tmp_path / "new").exists()


def test_unknown_columns(call: Caller, tmp_path: Path) -> None:
    """A column that is no key of the scenario is told with what was probably meant."""
    table = tmp_path / "cells.csv"
    table.write_text("society.inflation,programme.deliver\n1 %,0.9\n2 %,0.8\n", encoding="utf-8")
    answer = call("sweep", VALID, "--from", table, "--output", tmp_path / "new")
    assert answer.code == 2
    assert "1 fel" in answer.err and "--from: nyckeln programme.deliver finns inte" in answer.err
    assert "menade du programme.delivery?" in answer.err


@pytest.mark.parametrize(
    ("scenario", "measures", "told"),
    [
        (VALID, "p_insolvent", "måttet p_insolvent finns inte"),
        ("norrkoping_fond_plan", "p_full", "måttet p_full finns inte"),
        (VALID, " , ", "finns inte bland resultatens mått"),
    ],
)
def test_measures_of_another_scenario(
    call: Caller, tmp_path: Path, scenario: str, measures: str, told: str
) -> None:
    """A measure that this scenario has no figure of is told, instead of a sweep of nothing."""
    answer = call("sweep", scenario, "--vary", "society.inflation=1 %", "--measures", measures,
                  "--output", tmp_path / "new")  # fmt: skip
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert not (tmp_path / "new").exists()


def test_an_id_that_is_varied(call: Caller, tmp_path: Path) -> None:
    """A sweep is named after the scenario as it stands, whatever its cells are called."""
    assert swept(call, tmp_path, "--vary", "id=en,annan", "--measures", "p_loss")["scenario"] == (
        "litet"
    )
