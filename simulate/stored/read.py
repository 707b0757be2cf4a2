"""A run folder read back into the result that was stored in it, without fitting or drawing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xarray as xr
from pydantic import BaseModel, ConfigDict, ValidationError

from models.netcdf import dataset, opened
from models.posterior import read as read_posterior
from simulate.errors import BadInput, Problem
from simulate.folder import FUTURES, RISK, SCENARIO, data_files, posterior_file
from simulate.risk.measures import MEASURES
from simulate.risk.risk import Figure
from simulate.run import Result
from simulate.scenario.read import Loaded, load
from simulate.stored.facts import Facts, facts_of, first_fault, refuse_damaged, rerun


@dataclass(frozen=True, eq=False)
class Run:
    """A run as it was stored.

    Attributes:
        folder: where it lies.
        facts: its manifest.
        loaded: the scenario, and the plain data that it was read from.
        result: what the run found; how long it took is left out.
    """

    folder: Path
    facts: Facts
    loaded: Loaded
    result: Result


class Measured(BaseModel):
    """A figure as ``risk.json`` holds it; its attributes are those of :class:`Figure`."""

    model_config = ConfigDict(frozen=True, strict=True)

    party: str
    measure: str
    value: float | None
    mcse: float | None
    unit: str
    status: str | None
    given: float | None = None
    atom: float | None = None

    def figure(self) -> Figure:
        """Return the figure, with what the registry of measures says of it.

        Raises:
            KeyError: there is no such measure any longer.
        """
        measure = _MEASURES[self.measure]
        return Figure(**self.model_dump(), title=measure.title, key=measure.key)


class Risk(BaseModel):
    """What of ``risk.json`` cannot be had from the other files.

    Attributes:
        measures: the figures, in the order of the registry.
        break_even_distance, effect_is_set: as in the result.
    """

    model_config = ConfigDict(frozen=True)

    measures: tuple[Measured, ...]
    break_even_distance: float | None
    effect_is_set: bool


_MEASURES = {measure.name: measure for measure in MEASURES}


def read(folder: Path) -> Run:
    """Return the run in ``folder``.

    Raises:
        BadInput: files are missing, damaged or not of this run, each told; or the run was made
            by another version of the program, and this one cannot read it.
    """
    facts = facts_of(folder)
    refuse_damaged(folder, facts, data_files(facts.posterior_sha256))
    with readable(folder, facts):
        loaded = load(folder / SCENARIO)
        risk = Risk.model_validate(json.loads((folder / RISK).read_bytes()))
        result = Result(
            scenario=loaded.scenario,
            seed=facts.seed,
            draws=facts.draws,
            posteriors={
                block: _whole(read_posterior, folder / posterior_file(block))
                for block in loaded.scenario.evidence
            },
            futures=_whole(_futures, folder / FUTURES),
            figures=tuple(one.figure() for one in risk.measures),
            break_even_distance=risk.break_even_distance,
            couples=not risk.effect_is_set,
            seconds={},
        )
    return Run(folder, facts, loaded, result)


@contextmanager
def readable(folder: Path, facts: Facts) -> Iterator[None]:
    """Say of what cannot be read or shown, though it is whole, that another version made it.

    Where nothing differs between then and now the error is a fault of the program and passes.

    Raises:
        BadInput: something in the block failed, and other versions made the run.
    """
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, BadInput) as error:
        differing = facts.differences()
        if not differing:
            raise
        context = {
            "found": _reason(error),
            "differing": ", ".join(differing),
            "again": rerun(folder, facts.asked),
        }
        raise BadInput([Problem("run_version", (), context)], str(folder)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, BadInput):
        first = error.problems[0]
        return f"{SCENARIO}: {first.key}: {first.words.found}"
    if isinstance(error, ValidationError):
        place, found = first_fault(error)
        return f"{RISK}: {'.'.join(map(str, place))} {found}"
    return f"{type(error).__name__}: {error}"


def _whole[Read](read: Callable[[Path], Read], path: Path) -> Read:
    """Read a file whose bytes are those that were written: what fails is the format, not the disk.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        return read(path)
    except OSError as error:
        raise ValueError(f"{path.name}: {error}") from None


def _futures(path: Path) -> xr.Dataset:
    with opened(path) as file:
        return dataset(file)
