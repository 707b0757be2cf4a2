"""The run folder: written under a temporary name and moved in place, so nothing is half-done.

``outputs/<scenario>/<run id>/`` holds ``scenario.toml``, ``manifest.json``, ``posterior/*.nc``,
``result.nc``, ``risk.json``, ``report.sv.html``; ``chapter.*.json`` where chapters were asked for;
and ``timings.json``, which alone may differ between two runs of the same thing.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w
import xarray as xr

from models.language import SWEDISH, say, speaking
from simulate.errors import RunFailed
from simulate.folder import (
    FUTURES,
    MANIFEST,
    RISK,
    SCENARIO,
    TIMINGS,
    checksum,
    data_files,
    posterior_file,
)
from simulate.language.system import reason
from simulate.provenance import manifest, run_id
from simulate.run import Result
from simulate.scenario.register import hindsight
from simulate.scenario.rows import digests as row_digests
from simulate.scenario.rows import synthetic_blocks

_TEMPORARY = ".making."
# Rows of a variable that are packed together; the default is so small that reading takes longer.
_CHUNK = 8192
_ABANDONED_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Stored:
    """Where a run lies.

    Attributes:
        folder: of the run.
        existed: whether it was there already; then it was compared and left.
        differing: files whose bytes differ from what was there.
    """

    folder: Path
    existed: bool
    differing: tuple[str, ...]


def identity(result: Result, raw: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the manifest of a result, and its run id."""
    digests = {block: fitted.digest() for block, fitted in result.posteriors.items()}
    rows = row_digests(result.scenario)
    facts = manifest(raw, result.seed, result.draws, digests, rows)
    return facts, run_id(facts)


def as_plain(result: Result, name: str) -> dict[str, Any]:
    """Return what ``risk.json`` and ``--format json`` hold.

    The same bytes whatever language is spoken: programs go by the codes, and the reasons, which
    are there for people, are Swedish.
    """
    with speaking(SWEDISH):
        verdict = result.verdict
    made_up = synthetic_blocks(result.scenario)
    return {
        "scenario": result.scenario.id,
        "run_id": name,
        "seed": result.seed,
        "draws": result.draws,
        "hindsight": [{"key": one.key, "reason": one.reason} for one in hindsight(result.scenario)],
        **({"synthetic": list(made_up)} if made_up else {}),
        "effect_is_set": not result.couples,
        "break_even_distance": result.break_even_distance,
        "measures": [_figure(figure) for figure in result.figures],
        "diagnostics": {
            "verdict": verdict.verdict,
            "codes": list(verdict.codes),
            "reasons": list(verdict.reasons),
        },
    }


def _figure(figure: Any) -> dict[str, Any]:
    plain = {
        "party": figure.party,
        "measure": figure.measure,
        "value": figure.value,
        "mcse": figure.mcse,
        "unit": figure.unit,
        "status": figure.status,
    }
    extra = {"given": figure.given, "atom": figure.atom}
    return plain | {key: value for key, value in extra.items() if value is not None}


def dump(plain: Mapping[str, Any]) -> str:
    """Return JSON that people can read and that never differs for equal content."""
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def save(result: Result, raw: Mapping[str, Any], outputs: Path, pages: Mapping[str, str]) -> Stored:
    """Write the run folder, or compare with the one that is there and leave it.

    A page in a language that the folder lacks is added to it.

    Args:
        result: of the run.
        raw: the scenario as plain data.
        outputs: folder of all runs.
        pages: further text files by name, such as the report.

    Raises:
        RunFailed: the folder cannot be written.
    """
    facts, name = identity(result, raw)
    folder = outputs / result.scenario.id / name
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder.parent)
        with tempfile.TemporaryDirectory(prefix=_TEMPORARY, dir=folder.parent) as temporary:
            made = Path(temporary) / name
            _write(made, result, raw, facts, name, pages)
            if not _move(made, folder):
                return _kept(made, folder, pages)
    except OSError as error:
        raise RunFailed(
            say("{folder}: kan inte skrivas ({reason})", folder=folder, reason=reason(error)),
            say("välj en annan mapp med --output"),
        ) from error
    return Stored(folder, False, ())


def _kept(made: Path, folder: Path, pages: Mapping[str, str]) -> Stored:
    """Compare with the folder that is there; add a page in a language that it lacks."""
    lacking = [name for name in pages if not (folder / name).exists()]
    found = compared(made, folder)
    differing = tuple(name for name in found if not found[name] and name not in lacking)
    for name in () if differing else lacking:
        add(folder, name, pages[name])
    return Stored(folder, True, differing)


def add(folder: Path, name: str, text: str) -> Path:
    """Write one more file into a run folder; return its path. One with the same bytes is left.

    Raises:
        RunFailed: the folder cannot be written.
    """
    path, data = folder / name, text.encode("utf-8")
    temporary = folder / f".{name}.{os.getpid()}.part"
    try:
        if path.is_file() and path.read_bytes() == data:
            return path
        try:
            temporary.write_bytes(data)
            os.replace(temporary, path)  # noqa: PTH105  # atomic on every platform
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise RunFailed(
            say("{path}: kan inte skrivas ({reason})", path=path, reason=reason(error)),
            say("kontrollera att det finns plats och att mappen får ändras"),
        ) from error
    return path


def _move(made: Path, folder: Path) -> bool:
    """Move a finished folder in place; return whether there was none, also if one came just now."""
    if folder.exists():
        return False
    try:
        os.replace(made, folder)  # noqa: PTH105  # atomic on every platform
    except OSError:
        if folder.exists():
            return False
        raise
    return True


def _sweep(parent: Path) -> None:
    """Remove what killed runs left behind, once it is too old to belong to a run that lives."""
    for left in parent.glob(f"{_TEMPORARY}*"):
        if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _write(
    folder: Path,
    result: Result,
    raw: Mapping[str, Any],
    facts: Mapping[str, Any],
    name: str,
    pages: Mapping[str, str],
) -> None:
    (folder / "posterior").mkdir(parents=True)
    _texts(folder, {SCENARIO: tomli_w.dumps(raw), RISK: dump(as_plain(result, name))})
    for block, fitted in result.posteriors.items():
        fitted.write(folder / posterior_file(block))
    _netcdf(result.futures, folder / FUTURES)
    files = {file: checksum(folder / file) for file in data_files(result.posteriors)}
    manifest = dump({"run_id": name, **facts, "files": files})
    timings = dump({"seconds": dict(result.seconds)})
    _texts(folder, {MANIFEST: manifest, TIMINGS: timings, **pages})


def _texts(folder: Path, texts: Mapping[str, str]) -> None:
    for file, text in texts.items():
        (folder / file).write_bytes(text.encode("utf-8"))


def _netcdf(futures: xr.Dataset, path: Path) -> None:
    plain = futures.map(lambda one: one.astype("i1") if one.dtype == bool else one)
    encoding = {
        name: {
            "zlib": True,
            "complevel": 1,
            "shuffle": True,
            "chunksizes": (min(one.shape[0], _CHUNK), *one.shape[1:]),
        }
        for name, one in plain.data_vars.items()
    }
    # Made in memory: where the disk is full HDF5 ends the whole program instead of saying so.
    made = io.BytesIO()
    plain.to_netcdf(made, engine="h5netcdf", encoding=encoding)
    path.write_bytes(made.getbuffer())


def compared(made: Path, there: Path) -> dict[str, bool]:
    """Return, for each file in ``made``, whether ``there`` holds the same bytes.

    How long it took is left out.
    """
    names = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    return {name: _same(made / name, there / name) for name in names if name != TIMINGS}


def _same(made: Path, there: Path) -> bool:
    return there.is_file() and there.read_bytes() == made.read_bytes()
