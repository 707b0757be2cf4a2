"""What a shell is offered after Tab. Nothing here imports more than it takes to list names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    split_arg_string,
)

from simulate.scenario.shipped import shipped
from simulate.stored.find import runs


def scenarios(incomplete: str) -> list[CompletionItem]:
    """Return the shipped scenarios and the scenario files here; else let the shell find files."""
    names = [*shipped(), *(path.name for path in sorted(Path().glob("*.toml")))]
    return _those(names, incomplete) or [CompletionItem(incomplete, type="file")]


def stored_runs(incomplete: str, outputs: Path) -> list[CompletionItem]:
    """Return the scenarios that have been run and the ids of their runs; else folders."""
    found = list(runs(outputs))
    names = [*dict.fromkeys(one.parent.name for one in found), *(one.name for one in found)]
    return _those(names, incomplete) or [CompletionItem(incomplete, type="dir")]


def either(incomplete: str, outputs: Path) -> list[CompletionItem]:
    """Return runs and scenarios."""
    items = [*stored_runs(incomplete, outputs), *scenarios(incomplete)]
    named = {item.value: item for item in items if item.type == "plain"}
    return list(named.values()) or [CompletionItem(incomplete, type="file")]


def chapters(incomplete: str) -> list[CompletionItem]:
    """Return the chapters that may follow those that are written already."""
    from simulate.chapters.asked import ALL, NAMES

    before, comma, begun = incomplete.rpartition(",")
    written = before.split(",")
    names = [name for name in NAMES if name not in written] if comma else [*NAMES, ALL]
    return [CompletionItem(f"{before}{comma}{name}") for name in names if name.startswith(begun)]


def _those(names: list[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


class PowerShell(ShellComplete):
    """Completion for PowerShell, which click does not know. Not tested on Windows."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $position)
    $line = $ast.ToString()
    $end = [Math]::Min($line.Length, $position - $ast.Extent.StartOffset)
    $env:COMP_WORDS = $line.Substring(0, $end)
    $env:COMP_INCOMPLETE = $word
    $env:%(complete_var)s = "powershell_complete"
    try {
        & %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new(
                $value, $value, 'ParameterValue', $help)
        }
    }
    finally {
        Remove-Item Env:COMP_WORDS, Env:COMP_INCOMPLETE, Env:%(complete_var)s
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is completed, and that one."""
        words = split_arg_string(os.environ["COMP_WORDS"])
        incomplete = os.environ.get("COMP_INCOMPLETE", "")
        done = words[1:-1] if incomplete and words[-1:] == [incomplete] else words[1:]
        return done, incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """Return a line: what is inserted, and what is said of it, which must be something."""
        return f"{item.value}\t{item.help or item.value}"

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return nothing where files are meant: PowerShell then completes them itself."""
        return list(_plain(super().get_completions(args, incomplete)))


def _plain(items: list[CompletionItem]) -> Iterator[CompletionItem]:
    yield from (item for item in items if item.type == "plain")


SHELLS = ("bash", "zsh", "fish", PowerShell.name)


def register() -> None:
    """Tell click of the shell that it does not know."""
    add_completion_class(PowerShell)
