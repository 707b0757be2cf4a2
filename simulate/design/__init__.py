"""The design value of a measurement: what is paid if the contract pays on another one, by side.

The futures are the same, effects drawn and not set; only how they are measured differs. It is not
the value of information before a decision: it may be negative, and one side's gain is mostly the
other's loss.
"""

from __future__ import annotations

from simulate.design.designs import Design, refused, stated, varied
from simulate.design.study import Asked, Study, study

__all__ = ["Asked", "Design", "Study", "refused", "stated", "study", "varied"]
