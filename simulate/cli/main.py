"""The group of commands, and what happens to errors: no traceback for a person who made a slip."""

from __future__ import annotations

import importlib
import os
import sys
from gettext import gettext
from typing import TYPE_CHECKING

import click

from models.language import mark, say, say_count
from simulate.cli import swedish
from simulate.errors import BadInput, RunFailed
from simulate.interrupts import exit_code, heeded
from simulate.language.shown import clean
from simulate.language.system import reason

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Set by the script that `simulate completion` prints, when a shell asks.
COMPLETE = "_SIMULATE_COMPLETE"

# Name → what it does, in the order of use. A command is one module of the same name here.
COMMANDS = {
    "new": mark("Skapa ett eget scenario: en förklarad början, en kopia, eller ur en blankett."),
    "run": mark("Simulera ett scenario: anpassa, dra, mät, betala, värdera och rapportera."),
    "check": mark("Kontrollera ett scenario: alla fel på en gång, med rad och åtgärd."),
    "fit": mark("Anpassa evidensen och visa vad data har lärt, utan att dra framtider."),
    "diagnose": mark("Granska evidensen: lärt, antaget, återskapat, konvergerat, och i pengar."),
    "sensitivity": mark("Visa vad svaret hänger på, när det går illa, och värdet av att veta mer."),
    "describe": mark("Beskriv ett scenario och dess avtal i numrerad text, före varje dragning."),
    "characteristics": mark(
        "Visa vad ett kontrakt gör vid varje sann effekt, och vad som flyttar det."
    ),
    "gates": mark("Visa vad varje insatsråd kan veta, och vad rätten att sluta är värd."),
    "design": mark("Visa vad en annan mätning hade ändrat för varje sida, i kronor."),
    "contract": mark("Betala ut ett kontrakt på angivna utfall, utan sannolikheter."),
    "sweep": mark("Räkna ett scenario för många värden på dess nycklar; fortsätter efter avbrott."),
    "compare": mark("Jämför två scenarier eller körningar under samma slumptal, del för del."),
    "report": mark("Skriv rapporten på ett språk, ur en körning som redan är gjord."),
    "show": mark("Visa vad en sparad körning kom fram till, eller ett scenarios fil."),
    "verify": mark("Gör om en sparad körning från början och jämför varje fil."),
    "rows": mark("Skriv syntetiska rader för ett evidensblock: modellen, inte verkligheten."),
    "schema": mark("Skriv scenariofilens JSON Schema, för redigerare."),
    "completion": mark("Skriv det skript som gör att skalet kompletterar med Tab."),
    "list": mark("Lista de medföljande scenarierna, eller prislistan."),
}


class _ReaderGone(Exception):
    """Whoever read what is printed went away; click would end with 1 before this is heard of."""


class LazyGroup(swedish.Command, click.Group):
    """Knows the commands by name and imports one only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"simulate.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what a shell is offered, without importing any command."""
        from click.shell_completion import CompletionItem

        named = [
            CompletionItem(name, help=say(does))
            for name, does in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        # Not the group's own way, which imports every command for its help.
        return [*named, *swedish.said(click.Command.shell_complete(self, ctx, incomplete))]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called, or the name that was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is called."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _ReaderGone from None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, say(does)) for name, does in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    help=mark("Riskmodell för sociala investeringar: sanning, mätning och betalning hålls isär."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    package_name="socialrisk",
    prog_name="simulate",
    message="%(prog)s %(version)s",
    help=mark("Visa versionen och avsluta."),
)
def group() -> None:
    """Read the options of the program itself; click calls the command."""


def main() -> None:
    """Run the program. Ends with 0 when all is well, 1 when a run fails, 2 on bad input."""
    _tolerant_output()
    if COMPLETE in os.environ:
        from simulate.cli import completing

        completing.register()
    with heeded(), swedish.speak(swedish.asked(sys.argv[1:], os.environ)):
        code = _code()
    sys.exit(code)


def _code() -> int:
    """Run the program; return what it ends with, after what went wrong has been said."""
    code: object = 0
    try:
        code = group.main(standalone_mode=False)
    except BadInput as error:
        report(error)
        code = 2
    except RunFailed as error:
        code = _failed(error)
    except MemoryError:
        code = _failed(RunFailed(say("minnet räcker inte"), say("färre --draws")))
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.Abort:
        click.echo(say("Avbrutet."), err=True)
        code = exit_code()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        code = 2
    except click.ClickException as error:
        click.echo(swedish.explain(error), err=True)
        code = error.exit_code
    except _ReaderGone:  # as `simulate list | head -1` does
        _silenced()
        code = 0
    except OSError as error:
        if error.errno is None:
            raise
        code = _failed(_unusable(error))
    return code if isinstance(code, int) else 0


def _failed(error: RunFailed) -> int:
    click.echo(say("Fel: {message}", message=_lines(error)), err=True)
    return 1


def _unusable(error: OSError) -> RunFailed:
    """Return what is said of a file that the system refuses, wherever that happens."""
    if error.filename is None:  # what is printed goes to a file, and that cannot be written
        _silenced()
        found = say("utskriften kan inte skrivas ({reason})", reason=reason(error))
        return RunFailed(found, say("kontrollera att det finns plats där den hamnar"))
    found = say("{path} går inte att använda ({reason})", path=error.filename, reason=reason(error))
    return RunFailed(found, say("kontrollera att det finns plats och att mappen får ändras"))


def _silenced() -> None:
    """Let nothing more be printed, not even what is left when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report(error: BadInput) -> None:
    """Write every problem with an input to stderr."""
    count = len(error.problems)
    head = f"{clean(error.origin)}: " if error.origin else ""
    click.echo(head + say_count("{count} fel", "{count} fel", count), err=True)
    for problem in error.problems:
        click.echo(f"- {problem.text()}", err=True)
    if error.note:
        click.echo(error.note, err=True)


def _lines(error: Exception) -> str:
    """Return what an error says, line by line, harmless to print."""
    return "\n".join(clean(line) for line in str(error).split("\n"))


def _tolerant_output() -> None:
    """Let a terminal that lacks a letter show another instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
