"""Write the version of every package, transitive ones too, into `pyproject.toml`.

The pins stand there as constraints because `uv.lock` carries addresses and is not committed.
Present pins are kept, so a second run changes nothing; `--upgrade` drops them first.
uv resolves in a temporary copy: when it fails, everything stays as it was.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = "# >>> pins"
END = "# <<< pins"
EXPORT = ("export", "--quiet", "--no-hashes", "--no-emit-project", "--no-annotate", "--no-header")
ALL = ("--all-groups",)
BUILD = ("--only-group", "build")


def split(text: str) -> tuple[str, str]:
    """Return what stands before the pins, with the opening marker line, and what follows them."""
    lines = text.splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if line.startswith(START)]
    ends = [i for i, line in enumerate(lines) if line.startswith(END)]
    if len(starts) != 1 or len(ends) != 1 or starts > ends:
        raise ValueError(f"pyproject.toml: needs one line `{START}`, then one line `{END}`")
    return "".join(lines[: starts[0] + 1]), "".join(lines[ends[0] :])


def resolve(pyproject: str, *selections: tuple[str, ...]) -> list[list[str]]:
    """Return, for each selection of groups, `name==version ; marker` of every package."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text(pyproject, encoding="utf-8")
        shutil.copy(ROOT / ".python-version", folder)
        return [export(folder, *groups) for groups in selections]


def export(folder: str, *groups: str) -> list[str]:
    """Return what uv chooses for the groups of the project in the folder, one line a package."""
    uv = os.environ.get("UV", "uv")  # `uv run` says which uv it is
    command = [uv, *EXPORT, "--project", folder, *groups]
    printed = subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return printed.stdout.splitlines()


def table(key: str, pins: list[str]) -> str:
    """Return the pins as a TOML array, one a line."""
    return "".join([f"{key} = [\n", *(f'    "{pin}",\n' for pin in pins), "]\n"])


def pinned(text: str, *, upgrade: bool) -> str:
    """Return `pyproject.toml` with the versions that uv chooses, holding on to present pins."""
    before, after = split(text)
    # The build runs in an environment of its own, which reads a list of its own.
    everything, build = resolve(before + after if upgrade else text, ALL, BUILD)
    pins = table("constraint-dependencies", everything)
    new = before + pins + table("build-constraint-dependencies", build) + after
    tomllib.loads(new)  # never write a file that cannot be read
    return new


def main() -> int:
    """Rewrite the pins and say whether anything changed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    upgrade = parser.parse_args().upgrade
    path = ROOT / "pyproject.toml"
    old = path.read_text(encoding="utf-8")
    try:
        new = pinned(old, upgrade=upgrade)
    except subprocess.CalledProcessError:
        print("pins: uv could not resolve; pyproject.toml is unchanged", file=sys.stderr)
        return 1
    if new == old:
        print("pins: unchanged")
        return 0
    path.write_text(new, encoding="utf-8")
    print("pins: pyproject.toml rewritten; see `git diff pyproject.toml`")
    return 0


if __name__ == "__main__":
    sys.exit(main())
