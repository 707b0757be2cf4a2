"""simulate fit: what was learned, from posteriors that lie in the cache or are fitted now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import fit as fitting
from models.cache import cache_key
from models.timings import TIMINGS, Timing, about, moves, read
from simulate.language.numbers import duration
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.cli.calls import Caller
from tests.cli.cases import VALID
from tests.support.made import pretend

NAME = "team_nystart_slutredovisning"
SMALL = """
[evidence.skola]
model = "grade_change"
negative = 7
neutral = 22
positive = 17
undeterminable = 4
not_due = 10
source = "prov"
kind = "assumption"
sampling = { draws = 100, tune = 100, chains = 2 }

[evidence.skola.prior]
shift = { normal = { mean = 0, sd = 0.5 } }
half_width = { lognormal = { median = 0.6, sigma = 0.5 } }
extra_step = { beta = { a = 1, b = 3 } }
"""


def _never(*_: object, **__: object) -> None:
    pytest.fail("fitted again")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose cache holds the evidence; anything that is fitted is a failure."""
    pretend(load(shipped()[NAME]), tmp_path)
    monkeypatch.setattr(fitting, "fit", _never)
    return tmp_path


def test_what_was_learned_is_told(call: Caller, folder: Path) -> None:
    """Every block is told with its statement, its table and its verdict; nothing is fitted."""
    answer = call("fit", NAME, "--output", folder)
    assert (answer.code, answer.err) == (0, "")
    words = " ".join(answer.out.split())
    for said in ("Redan anpassad.", "Sd före data", "Kvot", "antagande", "Diagnos: godkänd"):
        assert said in words
    assert words.count("Redan anpassad.") == 2


def test_a_certain_number_has_nothing_to_learn(call: Caller, folder: Path) -> None:
    """It has no spread before or after: dashes and a plain phrase stand for noughts."""
    words = " ".join(call("fit", NAME, "--output", folder).out.split())
    assert "– – – inget: talet är" in words
    assert "angivet utan" in words and "fast tal" not in words


def test_for_programs(call: Caller, folder: Path) -> None:
    """The keys are stable, and the same bytes come in any language."""
    answers = [
        call("fit", NAME, "--format", "json", "--lang", lang, "--output", folder)
        for lang in ("sv", "en")
    ]
    assert answers[0].out == answers[1].out
    plain = json.loads(answers[0].out)
    assert plain["scenario"] == NAME
    block = plain["evidence"][0]
    assert set(block) == {
        "block", "model", "fitted_before", "statement", "learning", "diagnostics",
    }  # fmt: skip
    assert block["fitted_before"] is True
    assert set(block["learning"][0]) == {
        "parameter", "prior_sd", "posterior_sd", "ratio", "learned", "moved_by",
    }  # fmt: skip
    assert block["diagnostics"]["verdict"] == "pass"


@pytest.mark.parametrize(
    "setting",
    [
        "contract.cap=10mkr",
        "programme.participants=50",
        "outcomes.social_cost.cashable.long_run=0.7",
        "parties.finansiar.discount_rate=5 %",
    ],
)
def test_a_changed_contract_never_refits(call: Caller, folder: Path, setting: str) -> None:
    """What is not evidence leaves the key of every block alone: nothing is fitted."""
    before, after = load(shipped()[NAME]).scenario, load(shipped()[NAME], (setting,)).scenario
    for block, spec in before.evidence.items():
        assert cache_key(block, spec, before.fit_seed) == cache_key(
            block, after.evidence[block], after.fit_seed
        )
    answer = call("fit", NAME, "--set", setting, "--output", folder)
    assert (answer.code, answer.err) == (0, "")


def test_a_changed_prior_refits(folder: Path) -> None:
    """The control: a changed prior is another posterior, which the cache does not hold."""
    after = load(shipped()[NAME], ("evidence.kostnad.prior.between_place_sd=0.1",)).scenario
    before = load(shipped()[NAME]).scenario
    assert cache_key("kostnad", before.evidence["kostnad"], 1) != cache_key(
        "kostnad", after.evidence["kostnad"], 1
    )


def test_a_failed_diagnosis_ends_with_one(call: Caller, tmp_path: Path) -> None:
    """The reason and its remedy are told, and the program ends with 1."""
    pretend(load(shipped()[NAME]), tmp_path, divergences=3)
    answer = call("fit", NAME, "--output", tmp_path)
    assert answer.code == 1
    assert "3 divergenta steg" in answer.out and "Åtgärd" in answer.out


def test_without_evidence_there_is_nothing_to_fit(call: Caller, tmp_path: Path) -> None:
    """That is an answer, not an error."""
    answer = call("fit", VALID, "--output", tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert "ingen evidens att anpassa" in answer.out


def test_how_long_it_takes(tmp_path: Path) -> None:
    """The estimate is a rule of thumb, then by this machine's earlier fits of the same model."""
    spec = load(shipped()[NAME]).scenario.evidence["kostnad"]
    assert about(spec, tmp_path) == (12.0 + moves(spec) / 2000.0, 0)
    known = [
        Timing("cost_comparison", moves(spec) // 2, 10.0, 2.0),
        Timing("grade_change", 10, 99.0, 99.0),
    ]
    (tmp_path / TIMINGS).write_text(json.dumps([vars(one) for one in known]), encoding="utf-8")
    assert about(spec, tmp_path) == (14.0, 1)
    (tmp_path / TIMINGS).write_text("[{", encoding="utf-8")
    assert read(tmp_path) == []
    assert duration(61.0) == "60 sekunder"


@pytest.mark.slow  # a fit
def test_a_cold_fit_says_how_long_it_takes(call: Caller, tmp_path: Path) -> None:
    """Before it begins; afterwards it is timed, kept and not made again."""
    path = tmp_path / "small.toml"
    path.write_text(Path(VALID).read_text(encoding="utf-8") + SMALL, encoding="utf-8")
    first = call("fit", path, "--output", tmp_path)
    assert "Anpassar skola: ungefär" in first.err
    assert "Anpassad nu." in first.out
    (timing,) = read(tmp_path / ".cache")
    assert (timing.model, timing.moves) == ("grade_change", 400)
    again = call("fit", path, "--output", tmp_path)
    assert again.err == ""
    assert "Redan anpassad." in again.out
