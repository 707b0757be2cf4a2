"""Bad command lines, by the code of what is wrong; files are made in the test's own folder."""

from __future__ import annotations

VALID = "tests/bad/_valid.toml"

# Code → a command line that brings it about; {folder} holds the files that are written below.
CODES: dict[str, tuple[str, ...]] = {
    "file_missing": ("check", "{folder}/nothing.toml"),
    "file_too_large": ("check", "{folder}/large.toml"),
    "is_folder": ("check", "{folder}/"),
    "unreadable_file": ("check", "{folder}/text.toml/part.toml"),
    "scenario_unknown": ("check", "team_nystat"),
    "bad_draws": ("run", VALID, "--draws", "0"),
    "bad_seed": ("run", VALID, "--seed", "-1"),
    "bad_assignment": ("check", VALID, "--set", "x"),
    "unknown_setting": ("check", VALID, "--set", "programme.participant=1"),
    "no_contract": ("contract", "norrkoping_fond_plan"),
    "unknown_given": ("contract", VALID, "--given", "savings=1mkr"),
    "missing_given": ("contract", VALID, "--given", "delivered=true"),
    "file_exists": ("new", "{folder}/text.toml"),
    "wrong_suffix": ("new", "{folder}/plan.txt"),
    "unwritable_file": ("new", "{folder}/text.toml/plan.toml"),
}

FILES: dict[str, bytes] = {
    "large.toml": b"#" * 1_000_001,
    "text.toml": b"schema = 1\n",
    "binary.toml": bytes(range(256)),
    "zero.toml": b"schema = 1\0",
    "wide.toml": "schema = 1\n".encode("utf-16"),
}
