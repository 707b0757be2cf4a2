"""simulate completion: the script that makes a shell complete commands, scenarios and runs."""

from __future__ import annotations

import click

from models.language import mark
from simulate.cli import completing, swedish
from simulate.cli.main import COMPLETE, group


@click.command(
    name="completion",
    cls=swedish.Command,
    help=mark(
        "Skriv det skript som gör att skalet kompletterar kommandon, scenarier och körningar med "
        "Tab. I bash: source <(simulate completion bash)"
    ),
)
@click.argument("shell", type=click.Choice(completing.SHELLS), metavar=mark("SKAL"))
def command(shell: str) -> None:
    """Print the script of a shell."""
    completing.register()
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(group, {}, "simulate", COMPLETE).source().encode(), nl=False)
