"""What a run says of itself in its manifest: what was asked, and what it was made with."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.language import say
from simulate.errors import BadInput, Problem
from simulate.folder import MANIFEST, SCENARIO, checksum
from simulate.language.shown import shown
from simulate.provenance import SCHEMA, code_hash, run_id, versions

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Facts(BaseModel):
    """The manifest of a run.

    Attributes:
        run_id: name of the run folder.
        seed, draws: what was asked.
        scenario_sha256: of the scenario as it was resolved.
        versions: of the program and its libraries, by name.
        code_sha256: of the files of the program.
        posterior_sha256: of each evidence block's posterior.
        rows_sha256: of the rows of each evidence block that rests on any.
        files: checksum of every file in the folder whose bytes repeat, reports apart.
    """

    # What a later version adds is not read, and does no harm.
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    schema_version: Annotated[int, Field(alias="schema")]
    run_id: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    draws: Annotated[int, Field(ge=1)]
    scenario_sha256: Sha256
    versions: dict[str, str]
    code_sha256: Sha256
    posterior_sha256: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")], Sha256]
    rows_sha256: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")], Sha256] = {}
    files: dict[str, Sha256]

    @property
    def asked(self) -> dict[str, int]:
        """The options of ``simulate run`` that ask for the same again."""
        return {"draws": self.draws, "seed": self.seed}

    def differences(self) -> tuple[str, ...]:
        """Return what the run was made with that is not what runs now, by name; often nothing."""
        now = versions()
        then = self.versions
        names = [name for name in {**now, **then} if now.get(name) != then.get(name)]
        found = [f"{name} {then.get(name, '–')} → {now.get(name, '–')}" for name in names]
        if self.code_sha256 != code_hash():
            found.append(say("programmets kod"))
        return tuple(found)


def facts_of(folder: Path) -> Facts:
    """Return the manifest of a run folder.

    Raises:
        BadInput: it is missing, damaged, or of a version that this program does not know.
    """
    try:
        plain = json.loads((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise _damaged(folder, (), unreadable(error)) from None
    except (ValueError, RecursionError):
        raise _damaged(folder, (), say("inte JSON")) from None
    if isinstance(plain, dict) and plain.get("schema") not in (SCHEMA, None):
        context = {"found": plain["schema"], "allowed": SCHEMA, "again": rerun(folder)}
        raise BadInput([Problem("run_schema", (MANIFEST, "schema"), context)], str(folder))
    try:
        facts = Facts.model_validate(plain)
    except ValidationError as error:
        raise _damaged(folder, *first_fault(error)) from None
    if facts.run_id != id_of(plain):
        raise _damaged(folder, ("run_id",), say("{run} hör inte till det övriga", run=facts.run_id))
    return facts


def id_of(plain: Mapping[str, Any]) -> str:
    """Return the id that a run with these facts has; what came of it is no part of its id."""
    return run_id({key: value for key, value in plain.items() if key not in ("run_id", "files")})


def first_fault(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """Return where a file of ours does not have its shape, and what stands there."""
    found = error.errors(include_url=False)[0]
    place = tuple(part for part in found["loc"] if part != "[key]")
    return place, say("saknas") if found["type"] == "missing" else shown(found["input"])


def unreadable(error: OSError) -> str:
    """Return why the system could not read a file, in few words."""
    missing = isinstance(error, FileNotFoundError)
    return say("saknas") if missing else say("går inte att läsa ({reason})", reason=_name(error))


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


def _damaged(folder: Path, place: tuple[str | int, ...], found: str) -> BadInput:
    context = {"found": found, "again": rerun(folder)}
    return BadInput([Problem("run_damaged", (MANIFEST, *place), context)], str(folder))


def refuse_damaged(folder: Path, facts: Facts, files: Iterable[str]) -> None:
    """Refuse files that are missing, or whose bytes are not those that the run wrote.

    Raises:
        BadInput: with every such file.
    """
    again = rerun(folder, facts.asked)
    problems = []
    for file in files:
        try:
            same = checksum(folder / file) == facts.files.get(file)
            found = "" if same else say("innehållet stämmer inte med {file}", file=MANIFEST)
        except OSError as error:
            found = unreadable(error)
        if found:
            problems.append(Problem("run_damaged", (file,), {"found": found, "again": again}))
    if problems:
        raise BadInput(problems, str(folder))


def rerun(folder: Path, asked: Mapping[str, Any] | None = None) -> str:
    """Return the command that runs the scenario in a run folder again.

    Example:
        >>> rerun(Path("outputs/a/b"), {"draws": 100, "seed": 1}).replace(chr(92), "/")
        'simulate run outputs/a/b/scenario.toml --draws 100 --seed 1'
    """
    path = str(folder / SCENARIO)
    place = f'"{path}"' if " " in path else path
    return f"simulate run {place}" + "".join(
        f" --{name} {value}" for name, value in (asked or {}).items()
    )
