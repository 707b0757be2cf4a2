"""simulate completion: what bash really offers, and what other shells are told."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulate.cli.main import COMMANDS, COMPLETE
from simulate.scenario.shipped import shipped
from tests.cli.calls import ROOT, Caller
from tests.support.spread import slow_but

BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="needs bash")
SCRIPTS = Path(sys.executable).parent
ENVIRONMENT = {"PATH": f"{SCRIPTS}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nowhere"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to work in, with a scenario file, runs, and what else lies there."""
    here = tmp_path_factory.mktemp("work")
    (here / "own.toml").touch()
    (here / "notes.txt").touch()
    for run in ("outputs/own/abcd00000000", "outputs/own/abce00000000", "elsewhere/x/ffff00000000"):
        (here / run).mkdir(parents=True)
        (here / run / "manifest.json").touch()
    (here / "outputs" / ".cache").mkdir()
    return here


def offered(folder: Path, *words: str) -> set[str]:
    """Return what bash is offered after the words, the last of which is being written."""
    line = " ".join(f"'{word}'" for word in words)
    script = (
        "source <(simulate completion bash)\n"
        f"COMP_WORDS=(simulate {line}); COMP_CWORD={len(words)}\n"
        'compopt() { COMPREPLY+=("<$2>"); }\n'
        "_simulate_completion simulate\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    done = subprocess.run(
        [str(BASH), "--norc", "-c", script],
        cwd=folder,
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return set(done.stdout.split("\n")) - {""}


# What is on the line → what is offered; <…> is what bash is left to complete itself.
CASES: list[tuple[tuple[str, ...], set[str]]] = [
    (("",), set(COMMANDS)),
    (("ver",), {"verify"}),
    (("run", ""), {*shipped(), "own.toml"}),
    (("check", "team"), {name for name in shipped() if name.startswith("team")}),
    (("run", "./"), {"<default>"}),
    (("report", ""), {"own", "abcd00000000", "abce00000000"}),
    (("report", "abcd"), {"abcd00000000"}),
    (("verify", "--output", "elsewhere", ""), {"x", "ffff00000000"}),
    (("report", "outputs/"), {"<dirnames>"}),
    (("show", "ow"), {"own", "own.toml"}),
    (("show", "--format", ""), {"text", "json", "csv"}),
    (("run", "own.toml", "--chapters", "sens"), {"sensitivity"}),
    (
        ("report", "own", "--chapters", "sensitivity,"),
        {"sensitivity,characteristics", "sensitivity,design", "sensitivity,gates"},
    ),
    (("completion", ""), {"bash", "zsh", "fish", "powershell"}),
    (("report", "--o"), {"--output"}),
]


# A process each, so these first: a command, a file, a run, a choice, several at once, an option.
SOON = {
    ("",),
    ("run", ""),
    ("report", "abcd"),
    ("show", "--format", ""),
    ("report", "own", "--chapters", "sensitivity,"),
    ("report", "--o"),
}


@needs_bash
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        pytest.param(*case, id=" ".join(case[0]), marks=() if case[0] in SOON else pytest.mark.slow)
        for case in CASES
    ],
)
def test_what_bash_is_offered(folder: Path, words: tuple[str, ...], wanted: set[str]) -> None:
    """The function that the script defines answers, called as bash calls it."""
    assert offered(folder, *words) == wanted


@needs_bash
def test_tab_in_bash(folder: Path) -> None:
    """A person at a terminal writes four letters and Tab, and the rest of the id appears."""
    terminal, far_end = pty.openpty()
    bash = subprocess.Popen(
        [str(BASH), "--norc", "--noprofile", "-i"],
        cwd=folder,
        env={**ENVIRONMENT, "TERM": "dumb"},
        stdin=far_end,
        stdout=far_end,
        stderr=far_end,
        start_new_session=True,
    )
    os.close(far_end)
    try:
        os.write(terminal, b"source <(simulate completion bash); echo rea''dy\n")
        until(terminal, b"ready")
        os.write(terminal, b"simulate report abcd\t")
        until(terminal, b"abcd00000000")
    finally:
        os.close(terminal)
        bash.wait(timeout=60)


def until(terminal: int, wanted: bytes) -> None:
    """Wait until a terminal shows something."""
    shown, end = b"", time.monotonic() + 60
    while wanted not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 4096)
    assert wanted in shown, shown


def answered(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Return what the program answers a shell, and the modules that it took."""
    code = (
        "import atexit, sys\n"
        "sys.argv = ['simulate']\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from simulate.cli import main\n"
        "main()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT), **environment},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )


def test_powershell(folder: Path) -> None:
    """Asked as PowerShell asks: value and help on a line, nothing where files are meant."""
    asked = {
        COMPLETE: "powershell_complete",
        "COMP_WORDS": "simulate ver",
        "COMP_INCOMPLETE": "ver",
    }
    assert answered(folder, **asked).stdout == f"verify\t{COMMANDS['verify']}\n"
    asked |= {"COMP_WORDS": "simulate report ", "COMP_INCOMPLETE": ""}
    lines = answered(folder, **asked).stdout.split("\n")
    assert "abcd00000000\tabcd00000000" in lines
    asked |= {"COMP_WORDS": "simulate run ./o", "COMP_INCOMPLETE": "./o"}
    assert answered(folder, **asked).stdout.strip() == ""


@pytest.mark.parametrize(
    "words",
    slow_but(
        ["", "report ", "show t", "verify --output o", "schema --"], ["", "report ", "show t"]
    ),
)
def test_it_is_light(folder: Path, words: str) -> None:
    """Tab takes no library that is slow to import, and the names of commands not even pydantic."""
    asked = {COMPLETE: "bash_complete", "COMP_WORDS": f"simulate {words}"}
    asked["COMP_CWORD"] = str(1 + words.count(" "))
    found = set(answered(folder, **asked).stderr.split())
    assert not found & {"numpy", "xarray", "pandas", "scipy", "matplotlib", "rich", "jinja2"}
    if not words:
        assert "pydantic" not in found
        assert not [name for name in found if name.endswith("_command")]


@pytest.mark.parametrize(
    ("shell", "part"),
    [
        ("bash", "complete -o nosort -F _simulate_completion simulate"),
        ("zsh", "compdef _simulate_completion simulate"),
        ("fish", "complete --no-files --command simulate"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName simulate"),
    ],
)
def test_a_script_for_each_shell(call: Caller, shell: str, part: str) -> None:
    """It is printed alone, for the program by its name."""
    answer = call("completion", shell)
    assert (answer.code, answer.err) == (0, "")
    assert part in answer.out
    assert COMPLETE in answer.out


def test_an_unknown_shell(call: Caller) -> None:
    """What there is is told."""
    answer = call("completion", "cmd")
    assert (answer.code, answer.out) == (2, "")
    assert "powershell" in answer.err
