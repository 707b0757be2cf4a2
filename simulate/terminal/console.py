"""Where figures are printed; whether somebody reads them to the end is for the program to say."""

from __future__ import annotations

import sys

from rich.console import Console


class Printed(Console):
    """A console without colours in its figures."""

    def __init__(self) -> None:
        super().__init__(highlight=False)

    def on_broken_pipe(self) -> None:
        """Let the reader who went away be heeded where every other way to end is.

        Raises:
            BrokenPipeError: always.
        """
        error = sys.exc_info()[1]
        assert error is not None
        raise error
