"""Help, list, check and contract."""

from __future__ import annotations

import json

import pytest

from simulate.cli.main import COMMANDS
from tests.cli.calls import Caller, modules_after
from tests.cli.cases import VALID

FULL = ("--given", "saving=-7.5mkr", "--given", "school_points=18", "--drawn", "7.5mkr")


def given(saving: str, delivered: str) -> list[str]:
    """Return a call of contract on stated outcomes of Team Nystart, 7.5 mkr drawn."""
    outcomes = (f"saving={saving}", "school_points=18", f"delivered={delivered}")
    stated = [part for outcome in outcomes for part in ("--given", outcome)]
    return ["contract", "team_nystart", *stated, "--drawn", "7.5mkr"]


def test_help(call: Caller) -> None:
    """Help lists every command, in Swedish, on stdout."""
    answer = call("--help")
    assert (answer.code, answer.err) == (0, "")
    assert all(f"  {name} " in answer.out for name in COMMANDS)
    for word in ("Usage", "Options", "Commands", "Show this message", "exit."):
        assert word not in answer.out


@pytest.mark.parametrize("command", list(COMMANDS))
def test_help_of_each_command(call: Caller, command: str) -> None:
    """Each command has a help page in Swedish."""
    answer = call(command, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Användning: simulate {command} [FLAGGOR]")
    for word in ("Usage", "Options", "Show this message", "default", "required"):
        assert word not in answer.out


def test_version(call: Caller) -> None:
    """The version is one line."""
    answer = call("--version")
    assert answer.code == 0
    assert answer.out.startswith("simulate ")


def test_help_is_light() -> None:
    """Help imports no command, and neither pydantic nor numpy."""
    found = modules_after("--help")
    assert "click" in found
    assert not found & {"numpy", "pydantic", "rich", "xarray"}
    assert not [name for name in found if name.endswith("_command")]


def test_check_is_light() -> None:
    """Check imports neither numpy, xarray, scipy nor PyMC."""
    found = modules_after("check", "team_nystart")
    assert "pydantic" in found
    assert not found & {"numpy", "xarray", "scipy", "pymc", "pandas", "matplotlib", "arviz_base"}


def test_list(call: Caller) -> None:
    """List names every shipped scenario with its title, for people and for programs."""
    answer = call("list")
    assert (answer.code, answer.err) == (0, "")
    names = [line.split()[0] for line in answer.out.splitlines()]
    assert {"team_nystart", "team_nystart_slutredovisning", "halsoobligation"} <= set(names)
    rows = json.loads(call("list", "--format", "json").out)
    assert [row["scenario"] for row in rows] == names
    assert all(row["title"] for row in rows)


def test_check(call: Caller) -> None:
    """Check says that all is well, how many numbers are assumed, and what is hindsight."""
    answer = call("check", "team_nystart")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("team_nystart: inga fel. ")
    assert "i efterhand: programme.participants" in answer.out
    plain = call("check", VALID, "--format", "json")
    assert json.loads(plain.out) == {"scenario": "litet", "problems": []}


@pytest.mark.parametrize(
    ("saving", "delivered", "payment"),
    [
        ("-7.5mkr", "true", 3_000_000.0),
        ("-7.5mkr", "false", 0.0),
        ("4mkr", "false", 2_400_000.0),
        ("4mkr", "true", 5_400_000.0),
    ],
)
def test_contract_as_json(call: Caller, saving: str, delivered: str, payment: float) -> None:
    """The published contract pays to the öre, and says what is not published."""
    answer = call(*given(saving, delivered), "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    plain = json.loads(answer.out)
    assert plain["payment_sek"] == payment
    assert sum(plain["clauses"].values()) == payment
    assert plain["given"]["delivered"] is (delivered == "true")
    assert plain["unstated"]


def test_contract_as_text(call: Caller) -> None:
    """People see the amount with two decimals, and the part of each clause."""
    answer = call(*given("-7.5mkr", "true"))
    assert (answer.code, answer.err) == (0, "")
    assert "3 000 000,00 kr" in answer.out.replace("\u202f", " ")
    assert "Garanti" in answer.out
    assert "Detta framgår inte av offentliga källor:" in answer.out


def test_contract_pays_its_own_cases(call: Caller) -> None:
    """Without --given the scenario's own cases are paid out."""
    plain = json.loads(call("contract", "halsoobligation", "--format", "json").out)
    assert [case["payment_sek"] for case in plain] == [33_000_000.0, 24_000_000.0]


def test_list_of_prices(call: Caller) -> None:
    """The price list is shown to people, programs and Excel alike."""
    answer = call("list", "--prices")
    assert (answer.code, answer.err) == (0, "")
    names = [line.split()[0] for line in answer.out.splitlines()]
    assert "hvb_dygn_helsingborg_unga_2016" in names
    rows = json.loads(call("list", "--prices", "--format", "json").out)
    assert [row["id"] for row in rows] == names
    assert all(row["source"] for row in rows)
    table = call("list", "--prices", "--format", "csv").out.splitlines()
    assert table[0] == "\ufeffid;kr;unit;price_year;payer;basis;source;vintage;note"
    assert len(table) == len(names) + 1


def test_listing_prices_is_light() -> None:
    """The price list needs no library for numbers or workbooks."""
    found = modules_after("list", "--prices", "--format", "csv")
    assert not found & {"numpy", "xarray", "xlsxwriter", "python_calamine"}
