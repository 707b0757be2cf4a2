"""Chapters of a run's report: what takes longer than a run, and is worked out when asked for.

A chapter is one line here, and one module of the package that it is about. The module has the
three functions of :class:`simulate.chapters.entry.Builder`.
"""

from __future__ import annotations

from models.language import mark
from simulate.chapters.entry import Entry

# In the order in which they stand in the report.
CHAPTERS = (
    Entry("characteristics", mark("Kontraktets egenskaper"), "simulate.operating.chapter"),
    Entry("design", mark("Vad en annan mätning är värd"), "simulate.design.chapter"),
    Entry("gates", mark("Vad insatsrådet kan veta"), "simulate.gates.chapter"),
    Entry("sensitivity", mark("Vad svaret hänger på"), "simulate.sensitivity.told.chapter"),
)
