"""The shape of what is said of a problem."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The three parts of a message; each is a template over the problem's context.

    All three are gathered as messages, as if they were marked.
    """

    found: str
    allowed: str
    remedy: str
