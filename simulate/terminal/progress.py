"""Progress on stderr, and only on a terminal."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from models.language import mark, say

_NAMES = {
    "draws": mark("Drar framtider"),
    "report": mark("Skriver rapport"),
    "effects": mark("Sätter effekten"),
    "measurements": mark("Mäter på andra sätt"),
    "meetings": mark("Går igenom mötena"),
    "indices": mark("Byter ett tal i taget"),
    "tornado": mark("Flyttar ett tal i taget"),
    "switches": mark("Söker var svaret vänder"),
    "check": mark("Kontrollerar celler"),
    "cells": mark("Räknar celler"),
}


class Bars:
    """A bar for each stage; called with (stage, share done)."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Bars:
        if self._shown:
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._progress.stop()

    def __call__(self, stage: str, share: float) -> None:
        """Move the bar of a stage."""
        if not self._shown:
            return
        if stage not in self._tasks:
            known = _NAMES.get(stage)
            title = say(known) if known else say("Anpassar {stage}", stage=stage)
            self._tasks[stage] = self._progress.add_task(title, total=1.0)
        self._progress.update(self._tasks[stage], completed=share)
