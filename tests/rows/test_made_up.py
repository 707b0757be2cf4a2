"""Made-up rows: of the model, the same in every kind of file, and never taken for real ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.rows.frame import Frame
from simulate.errors import BadInput
from simulate.scenario.read import to_fit
from tests.cli.calls import Caller
from tests.rows.canaries import CANARIES
from tests.rows.tiny import VALID
from tests.rows.tiny_model import SD

FILE = "syntetisk_rader"
WARNING = "syntetiska rader: visar modellen, inte verkligheten"
COVARIATES = """
covariates.age = { column = "alder", unit = "år" }
covariates.sex = { column = "kon", levels = ["flicka", "pojke", "annat"] }
synthetic = true
"""


@pytest.fixture
def made(scenario: Path) -> Path:
    """Return a scenario whose rows are to be made, with covariates of both kinds."""
    (scenario.parent / "data").mkdir()
    text = scenario.read_text(encoding="utf-8").replace("data/rader.csv", f"data/{FILE}.csv")
    scenario.write_text(text + COVARIATES, encoding="utf-8")
    return scenario


def write(call: Caller, scenario: Path, suffix: str, *options: str) -> Path:
    """Write rows; return the file."""
    path = scenario.parent / "data" / f"{FILE}{suffix}"
    answer = call("rows", scenario, "tiny", path, *options)
    assert (answer.code, answer.err) == (0, "")
    return path


def frame_of(scenario: Path, *settings: str) -> Frame:
    """Return the rows as the model gets them."""
    source = to_fit(str(scenario), settings).scenario.evidence["tiny"].source_of_rows
    assert source is not None
    return source.frame


def test_every_kind_of_file_holds_the_same_rows(call: Caller, made: Path) -> None:
    """Comma, workbook and Parquet are read to the same digest; the seed decides the bytes."""
    digests = {}
    for suffix in (".csv", ".xlsx", ".parquet"):
        before = write(call, made, suffix).read_bytes()
        assert write(call, made, suffix, "--force").read_bytes() == before
        digests[suffix] = frame_of(made, f"evidence.tiny.rows.file=data/{FILE}{suffix}").digest
    assert len(set(digests.values())) == 1
    write(call, made, ".csv", "--force", "--seed", "2")
    assert frame_of(made).digest != digests[".csv"]


@pytest.mark.parametrize("model", sorted(CANARIES))
def test_every_model_makes_rows_that_it_can_read(
    model: str, tiny: None, call: Caller, tmp_path: Path
) -> None:
    """What a model makes is whole, in the units of the file, and good enough for itself."""
    (tmp_path / "data").mkdir()
    path = tmp_path / "scenario.toml"
    block = CANARIES[model].toml().replace("data/rader.csv", f"data/{FILE}.csv")
    text = VALID.read_text(encoding="utf-8") + block + "synthetic = true\n"
    path.write_text(text, encoding="utf-8")
    written = call("rows", path, "planted", tmp_path / "data" / f"{FILE}.csv")
    assert (written.code, written.err) == (0, "")
    checked = call("check", path)
    assert (checked.code, checked.err) == (0, "")


def test_rows_follow_what_is_stated(call: Caller, made: Path) -> None:
    """Where the parameters are set, group means are theirs within four standard errors.

    Two normal means: the false-alarm rate is 1 in 8 000.
    """
    persons = 4000
    stated = ("mean=1000", "effect=-300", "slope=0")
    options = [part for one in stated for part in ("--set", f"evidence.tiny.{one}")]
    write(call, made, ".csv", "--persons", str(persons), *options)
    frame = frame_of(made)
    days = np.array(frame.columns["days"], dtype=float)
    treated = np.array([group == "treated" for group in frame.group])
    error = 4.0 * SD / np.sqrt(persons / 2)
    assert abs(days[treated].mean() - 700.0) < error
    assert abs(days[~treated].mean() - 1000.0) < error
    assert abs(days[treated].mean() - 1000.0) > error  # the control: it would be seen


def test_the_mark_and_the_scenario_must_agree(call: Caller, made: Path) -> None:
    """Made-up rows are refused as real ones, also when only the name of the file tells."""
    path = write(call, made, ".csv")
    text = path.read_text(encoding="utf-8-sig")
    ends = [line.split(";")[-1] for line in text.splitlines()]
    assert ends == ["syntetisk", *["ja"] * 60]
    unmarked = text.replace(";syntetisk", ";annat").replace(";ja", ";x")
    for content in (text, unmarked):
        path.write_text(content, encoding="utf-8")
        assert len(frame_of(made)) == 60
        with pytest.raises(BadInput) as caught:
            frame_of(made, "evidence.tiny.rows.synthetic=false")
        assert [one.code for one in caught.value.problems] == ["rows_synthetic"]


@pytest.mark.slow
def test_whatever_rests_on_made_up_rows_says_so(call: Caller, made: Path, tmp_path: Path) -> None:
    """The page says so first and in the block; so do the terminal, the JSON and fit."""
    write(call, made, ".csv")
    outputs = tmp_path / "out"
    common = ("--output", outputs, "--quiet")
    ran = call("run", made, "--draws", "2000", "--accept-failed", *common)
    assert ran.code == 0
    page = next(outputs.glob("*/*/report.sv.html")).read_text(encoding="utf-8")
    box, _, rest = page.partition("</div>")
    assert WARNING in box
    assert WARNING in rest
    assert WARNING in " ".join(ran.out.split())
    risk = json.loads(next(outputs.glob("*/*/risk.json")).read_bytes())
    assert risk["synthetic"] == ["tiny"]
    assert WARNING in " ".join(call("fit", made, *common).out.split())
    assert call("--lang", "en", "report", "litet", "--output", outputs).code == 0
    page = next(outputs.glob("*/*/report.en.html")).read_text(encoding="utf-8")
    assert WARNING not in page
    assert "made-up rows" in page
