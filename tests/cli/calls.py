"""Calling the program as a person does, within this process or in one of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulate.cli import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """How a call ended, and what it wrote."""

    code: int
    out: str
    err: str


class Caller:
    """Calls the program within this process, from the root of the project."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.patch = patch
        self.capture = capture
        patch.chdir(ROOT)

    def __call__(self, *arguments: str | Path) -> Answer:
        """Return the answer to a call; any exception but the end of the program is a failure."""
        self.patch.setattr(sys, "argv", ["simulate", *map(str, arguments)])
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written = self.capture.readouterr()
        assert isinstance(ended.value.code, int)
        return Answer(ended.value.code, written.out, written.err)


def subprocess_call(*arguments: str | Path) -> Answer:
    """Call the program in a process of its own."""
    code = "import sys; from simulate.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def modules_after(*arguments: str) -> set[str]:
    """Return the top-level modules and those of ``simulate.cli`` that a call has imported."""
    code = (
        "import atexit, sys\n"
        "def tell():\n"
        "    print('\\n'.join(sys.modules), file=sys.stderr)\n"
        "atexit.register(tell)\n"
        "from simulate.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n"))
