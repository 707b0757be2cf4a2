"""A stored run is the run: what is read back equals what was stored, in every figure and byte."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from models.language import LANGUAGES, speaking
from simulate.errors import BadInput
from simulate.folder import FUTURES, MANIFEST, RISK, SCENARIO, report_file
from simulate.report.page import render
from simulate.run import Result
from simulate.scenario.shipped import shipped
from simulate.store import as_plain
from simulate.stored.facts import Facts, id_of
from simulate.stored.read import Run, read, readable
from tests.support.made import made

pytestmark = pytest.mark.slow  # whole runs, or processes of their own

SCENARIOS = ("team_nystart", "team_nystart_slutredovisning", "norrkoping_fond_plan")
SMALL = Path(__file__).parents[1] / "bad" / "_valid.toml"
Both = tuple[Result, Run]


@pytest.fixture(scope="module", params=SCENARIOS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The result of a run, and the same run read back."""
    outputs = tmp_path_factory.mktemp("runs")
    result, _, folder = made(shipped()[request.param], outputs, divergences=3)
    return result, read(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small run, which no test changes."""
    return made(SMALL, tmp_path_factory.mktemp("small"), draws=1000)[2]


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A copy of a small run to damage."""
    return Path(shutil.copytree(small, tmp_path / small.name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_the_same_bytes(both: Both, language: str) -> None:
    """The page of the stored run, of the live result and in the folder are one."""
    result, stored = both
    with speaking(language):
        again = render(stored.result, stored.facts.run_id, stored.facts.versions)
        live = render(result, stored.facts.run_id)
    assert again == live
    assert again.encode() == (stored.folder / report_file(language)).read_bytes()


def test_futures_are_the_same_bits(both: Both) -> None:
    """Every variable comes back with its type, its dimensions and its place among the others."""
    live, stored = both[0].futures, both[1].result.futures
    assert list(stored) == list(live)
    assert stored.identical(live)
    assert {name: one.dtype for name, one in stored.items()} == {
        name: one.dtype for name, one in live.items()
    }


def test_all_else_is_the_same(both: Both) -> None:
    """Figures, verdict, posteriors and what else a result holds, but not how long it took."""
    result, stored = both[0], both[1].result
    for field in dataclasses.fields(Result):
        if field.name not in ("futures", "posteriors", "seconds"):
            assert getattr(stored, field.name) == getattr(result, field.name), field.name
    assert stored.verdict == result.verdict
    assert list(stored.posteriors) == list(result.posteriors)
    for block, fitted in result.posteriors.items():
        assert stored.posteriors[block].digest() == fitted.digest()
    assert as_plain(stored, both[1].facts.run_id) == as_plain(result, both[1].facts.run_id)


def test_xarray_reads_what_is_stored(both: Both) -> None:
    """The file is NetCDF to others too: only truth values are whole numbers there."""
    with xr.open_dataset(both[1].folder / FUTURES, engine="h5netcdf") as file:
        plain = file.load()
    assert plain.equals(both[0].futures)
    assert list(plain) == list(both[0].futures)


def problem(folder: Path) -> tuple[str, str, str]:
    """Return code, place and what was found of the one thing that is wrong with a run."""
    with pytest.raises(BadInput) as caught:
        read(folder)
    (one,) = caught.value.problems
    return one.code, one.key, one.words.found


@pytest.mark.parametrize("name", [SCENARIO, RISK, FUTURES])
def test_a_missing_file(folder: Path, name: str) -> None:
    """A file that lacks is named."""
    (folder / name).unlink()
    assert problem(folder) == ("run_damaged", f'"{name}"', "saknas")


@pytest.mark.parametrize("name", [SCENARIO, RISK, FUTURES])
@pytest.mark.parametrize("harm", ["cut", "bit", "foreign", "empty", "folder"])
def test_a_damaged_file(folder: Path, name: str, harm: str) -> None:
    """A single bit is enough to be told, whatever the file holds."""
    path, data = folder / name, (folder / name).read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    else:
        flipped = data[:300] + bytes([data[300] ^ 1]) + data[301:]
        cases = {"cut": data[:-1], "bit": flipped, "foreign": b"hello", "empty": b""}
        path.write_bytes(cases[harm])
    code, key, found = problem(folder)
    assert (code, key) == ("run_damaged", f'"{name}"')
    assert found.startswith(
        "går inte att läsa" if harm == "folder" else "innehållet stämmer inte med manifest.json"
    )


def test_every_damaged_file_is_told(folder: Path) -> None:
    """All at once, and how the run is made again."""
    (folder / RISK).unlink()
    (folder / FUTURES).write_bytes(b"")
    with pytest.raises(BadInput) as caught:
        read(folder)
    assert [one.key for one in caught.value.problems] == ['"risk.json"', '"result.nc"']
    for one in caught.value.problems:
        assert "scenario.toml --draws 1000 --seed 1" in one.words.remedy


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("", "run_damaged", "inte JSON"),
        ("{", "run_damaged", "inte JSON"),
        ("\xff", "run_damaged", "inte JSON"),
        ("[" * 100_000, "run_damaged", "inte JSON"),
        ("[]", "run_damaged", "[]"),
        ("{}", "run_damaged", "saknas"),
        ('{"schema": 1}', "run_schema", "körningen är sparad i format 1"),
        ('{"schema": 99}', "run_schema", "körningen är sparad i format 99"),
        ('{"schema": 2}', "run_damaged", "saknas"),
    ],
)
def test_a_damaged_manifest(folder: Path, text: str, code: str, found: str) -> None:
    """What is not a manifest of ours is told by its place."""
    (folder / MANIFEST).write_bytes(text.encode("latin-1"))
    told = problem(folder)
    assert told[0] == code
    assert told[1].startswith('"manifest.json"')
    assert told[2].startswith(found)


def change(folder: Path, changes: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest of a run."""
    plain = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    changes(plain)
    if "run_id" in plain and folder.name == plain["run_id"]:
        plain["run_id"] = id_of(plain)
    (folder / MANIFEST).write_text(json.dumps(plain), encoding="utf-8")


def older(folder: Path, name: str, text: str) -> None:
    """Make a run one of an older program, which wrote a file in its own way."""
    (folder / name).write_text(text, encoding="utf-8")

    def made_before(plain: dict[str, Any]) -> None:
        plain["code_sha256"] = "0" * 64
        plain["versions"]["socialrisk"] = "0.0.1"
        plain["files"][name] = hashlib.sha256(text.encode()).hexdigest()

    change(folder, made_before)


@pytest.mark.parametrize("key", ["seed", "draws", "versions", "code_sha256", "files", "run_id"])
def test_every_fact_is_needed(folder: Path, key: str) -> None:
    """A manifest without one of its facts is damaged, there."""
    change(folder, lambda plain: plain.__delitem__(key))
    assert problem(folder) == ("run_damaged", f'"manifest.json".{key}', "saknas")


@pytest.mark.parametrize(("key", "value"), [("seed", "1"), ("draws", 0), ("run_id", "../..")])
def test_every_fact_has_its_shape(folder: Path, key: str, value: object) -> None:
    """What stands in place of a fact is shown."""
    change(folder, lambda plain: plain.__setitem__(key, value))
    assert problem(folder) == ("run_damaged", f'"manifest.json".{key}', str(value))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (SCENARIO, "schema = 1\nolder = true\n", "scenario.toml: "),
        (RISK, '{"measures": []}', "risk.json: break_even_distance saknas"),
        (
            RISK,
            '{"break_even_distance": null, "effect_is_set": true, "measures": [{"party": "a", '
            '"measure": "no_longer", "value": 1.0, "mcse": 0.0, "unit": "sek", "status": null}]}',
            "no_longer",
        ),
        (FUTURES, "older", "result.nc: "),
    ],
)
def test_an_older_run_that_cannot_be_read(folder: Path, name: str, text: str, found: str) -> None:
    """It says which versions made it, what cannot be read, and how it is run again."""
    older(folder, name, text)
    with pytest.raises(BadInput) as caught:
        read(folder)
    (one,) = caught.value.problems
    assert one.code == "run_version"
    assert "socialrisk 0.0.1 → " in one.words.found and "programmets kod" in one.words.found
    assert found in one.words.found
    assert one.words.remedy.endswith("scenario.toml --draws 1000 --seed 1")


def test_an_older_run_that_cannot_be_shown(folder: Path) -> None:
    """A variable that the page needs and the older program did not keep is told likewise."""
    older(folder, RISK, (folder / RISK).read_text(encoding="utf-8"))
    stored = read(folder)
    lacking = dataclasses.replace(stored.result, futures=stored.result.futures.drop_vars("npv"))
    with pytest.raises(BadInput) as caught, readable(folder, stored.facts):
        lacking.futures["npv"]
    assert caught.value.problems[0].code == "run_version"


def test_an_older_run_that_can_be_read_is_read(folder: Path) -> None:
    """Another version alone is no reason to refuse, and the page says which it was."""
    older(folder, RISK, (folder / RISK).read_text(encoding="utf-8"))
    stored = read(folder)
    page = render(stored.result, stored.facts.run_id, stored.facts.versions)
    assert "0.0.1" in page.replace("<wbr>", "")
    assert "programmets kod" in stored.facts.differences()


def test_a_manifest_that_does_not_hold_together(folder: Path) -> None:
    """Another seed gives another id: what was asked cannot be changed afterwards."""
    plain = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(plain | {"seed": 2}), encoding="utf-8")
    told = problem(folder)
    assert told[:2] == ("run_damaged", '"manifest.json".run_id')
    assert told[2].endswith("hör inte till det övriga")


def test_a_fault_of_the_program_is_not_called_an_older_run(small: Path) -> None:
    """Where nothing differs an error passes as it is."""
    facts = read(small).facts
    assert isinstance(facts, Facts) and facts.differences() == ()
    with pytest.raises(KeyError), readable(small, facts):
        raise KeyError("a slip of ours")
