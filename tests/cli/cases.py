"""Bad command lines, by the code of what is wrong; files are made in the test's own folder."""

from __future__ import annotations

import hashlib
import json

from simulate.provenance import run_id

VALID = "tests/bad/_valid.toml"

# Code → a command line that brings it about; {folder} holds the files that are written below.
CODES: dict[str, tuple[str, ...]] = {
    "file_missing": ("check", "{folder}/nothing.toml"),
    "file_too_large": ("check", "{folder}/large.toml"),
    "is_folder": ("check", "{folder}/"),
    "unreadable_file": ("check", "{folder}/text.toml/part.toml"),
    "scenario_unknown": ("check", "team_nystat"),
    "is_form": ("check", "{folder}/plan.xlsx"),
    "bad_draws": ("run", VALID, "--draws", "0"),
    "bad_sensitivity_draws": ("sensitivity", VALID, "--draws", "100"),
    "bad_simulations": ("diagnose", VALID, "--sbc", "3"),
    "bad_seed": ("run", VALID, "--seed", "-1"),
    "bad_persons": ("rows", "team_nystart", "skolfam2", "syntetisk.csv", "--persons", "5"),
    "rows_unmarked": ("rows", "team_nystart", "skolfam2", "{folder}/rader.csv"),
    "rows_not_used": ("rows", "team_nystart", "skolfam2", "{folder}/syntetisk.csv"),
    "bad_assignment": ("check", VALID, "--set", "x"),
    "unknown_setting": ("check", VALID, "--set", "programme.participant=1"),
    "effect_in_evidence": ("characteristics", "team_nystart_slutredovisning"),
    "design_key": ("design", VALID, "--vary", "contract.clauses.guarantee.share=0.5"),
    "design_known": ("design", "team_nystart_slutredovisning"),
    "design_nothing": ("design", "halsoobligation"),
    "no_contract": ("contract", "norrkoping_fond_plan"),
    "no_gates": ("gates", VALID),
    "bad_known": ("gates", "exempel_insatsrad", "--known", "2027-03-02:cost=1mkr"),
    "unknown_given": ("contract", VALID, "--given", "savings=1mkr"),
    "missing_given": ("contract", VALID, "--given", "delivered=true"),
    "bad_grid": ("contract", VALID, "--grid", "saving=1mkr:2mkr"),
    "picture_without_grid": ("contract", VALID, "--picture", "{folder}/bild.svg"),
    "file_exists": ("new", "{folder}/text.toml"),
    "wrong_suffix": ("new", "{folder}/plan.txt"),
    "unwritable_file": ("new", "{folder}/text.toml/plan.toml"),
    "run_unknown": ("report", "no_such_run", "--output", "{folder}"),
    "run_ambiguous": ("report", "abcd", "--output", "{folder}"),
    "not_a_run": ("report", "{folder}/a_scenario"),
    "run_damaged": ("report", "abcd00000000", "--output", "{folder}"),
    "run_schema": ("report", "abcd11111111", "--output", "{folder}"),
    "run_version": ("report", "abcd22222222", "--output", "{folder}"),
    "unknown_chapter": ("run", VALID, "--chapters", "tornado"),
    "chapters_by_another": ("report", "abcd22222222", "--chapters", "all", "--output", "{folder}"),
    "sweep_what": ("sweep", VALID),
    "sweep_empty": ("sweep", VALID, "--vary", "contract.clauses.guarantee.share= , "),
    "sweep_twice": ("sweep", VALID, "--vary", "society.inflation=1 %,2 %,1 %"),
    "sweep_range": ("sweep", VALID, "--vary", "society.inflation=1 %:2 %:1"),
    "sweep_key": ("sweep", VALID, "--vary", "contract.clauses.guarantee.shar=0.4,0.5"),
    "sweep_design": ("sweep", VALID, "--vary", "society.inflation=1 %,2 %", "--design", "lhs:0"),
    "sweep_too_large": (
        "sweep",
        VALID,
        "--vary",
        "society.inflation=0 %:2 %:3",
        "--design",
        "lhs:20001",
    ),
    "sweep_comma": ("sweep", VALID, "--vary", "society.inflation=1,5 %,2 %"),
    "sweep_file": ("sweep", VALID, "--from", "{folder}/nothing.csv"),
    "sweep_row": ("sweep", VALID, "--from", "{folder}/wide.csv"),
    "sweep_unspread": ("sweep", VALID, "--from", "{folder}/unknown.csv", "--design", "lhs:3"),
    "unwritable_folder": ("run", VALID, "--output", "{folder}/text.toml"),
    "sweep_table": ("sweep", VALID, "--from", "{folder}/empty.csv"),
    "sweep_measure": ("sweep", VALID, "--vary", "society.inflation=1 %,2 %", "--measures", "p_los"),
    "bad_workers": ("sweep", VALID, "--vary", "society.inflation=1 %,2 %", "--workers", "0"),
    "no_scheduler": (
        "sweep",
        VALID,
        "--vary",
        "society.inflation=1 %,2 %",
        "--scheduler",
        "127.0.0.1:1",
    ),
    "compare_set": (
        "compare",
        "{folder}/a_scenario/abcd22222222",
        VALID,
        "--set",
        "society.inflation=1 %",
    ),
    "compare_kinds": ("compare", VALID, "norrkoping_fond_plan"),
}

# A run that another program made, and that is whole but holds nothing of what is read today.
_OLDER = {"scenario.toml": b"schema = 1\n", "risk.json": b"{}\n", "result.nc": b"\0"}
_FACTS = {
    "schema": 2,
    "seed": 1,
    "draws": 100,
    "versions": {"socialrisk": "0.0.1"},
    "code_sha256": "0" * 64,
    "scenario_sha256": "0" * 64,
    "posterior_sha256": {},
}
_MANIFEST = {
    **_FACTS,
    "run_id": run_id(_FACTS),
    "files": {name: hashlib.sha256(data).hexdigest() for name, data in _OLDER.items()},
}

FILES: dict[str, bytes] = {
    "plan.xlsx": b"PK\x03\x04",
    "large.toml": b"#" * 1_000_001,
    "text.toml": b"schema = 1\n",
    "binary.toml": bytes(range(256)),
    "zero.toml": b"schema = 1\0",
    "wide.toml": "schema = 1\n".encode("utf-16"),
    "empty.csv": b"society.inflation;programme.delivery\r\n;\r\n",
    "wide.csv": b"society.inflation,title\r\n1,5 %,Litet\r\n",
    "unknown.csv": b"society.inflation,programme.deliver\r\n1 %,0.9\r\n2 %,0.8\r\n",
    "a_scenario/abcd00000000/manifest.json": b"{",
    "a_scenario/abcd11111111/manifest.json": b'{"schema": 1}',
    "a_scenario/abcd22222222/manifest.json": json.dumps(_MANIFEST).encode(),
    **{f"a_scenario/abcd22222222/{name}": data for name, data in _OLDER.items()},
}
