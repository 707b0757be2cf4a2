"""Click in the language that is spoken: what it says itself, and the help pages of our commands.

Click looks its own words up with :func:`gettext.gettext`, in the catalogue that :func:`speak`
names; ours stand in the code in Swedish, marked, and are said when a page is written.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from models.language import CATALOGUES, LANGUAGES, SWEDISH, mark, say, speaking
from simulate.errors import remedy
from simulate.language.shown import clean

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE = "SIMULATE_LANG"
DOMAIN = "click"
_PIECES = {"[OPTIONS]": mark("[FLAGGOR]"), "COMMAND [ARGS]...": mark("KOMMANDO …")}


def asked(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that a command line asks for, found before click reads it.

    What is no language is left for click to refuse, in the language that is asked for otherwise.

    Example:
        >>> asked(["list", "--lang", "en"], {}), asked(["list"], {"SIMULATE_LANG": "en"})
        ('en', 'en')
    """
    said = [environment.get(VARIABLE, "")]
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            said.append(value if equals else "".join(arguments[place + 1 : place + 2]))
    return next((name for name in reversed(said) if name in LANGUAGES), SWEDISH)


@contextmanager
def speak(name: str) -> Iterator[None]:
    """Speak a language inside a ``with`` block, and let click speak it too."""
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = name
    try:
        with speaking(name):
            yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        os.environ |= {} if before is None else {"LANGUAGE": before}


class Command(click.Command):
    """A command with ``--lang``, whose help page is in the language that is spoken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        option = click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            envvar=VARIABLE,
            expose_value=False,
            help=mark("Språk; annars det i miljövariabeln SIMULATE_LANG, annars sv."),
        )
        self.params.append(option)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what a shell is offered."""
        return said(super().shell_complete(ctx, incomplete))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the line that says how the command is called."""
        return [say(_PIECES.get(piece, piece)) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        with formatter.section(gettext.gettext("Options")):
            formatter.write_dl([_record(option, ctx) for option in options])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help page."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = mark("Visa hjälpen och avsluta.")
        return option


def said(items: list[CompletionItem]) -> list[CompletionItem]:
    """Return what a shell is offered, with its help in the language that is spoken."""
    for item in items:
        item.help = say(item.help) if item.help else None
    return items


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    names, text = option.get_help_record(ctx) or ("", "")
    if option.metavar:
        names = names.replace(option.metavar, say(option.metavar))
    return names, text.replace(option.help, say(option.help)) if option.help else text


def explain(error: click.ClickException) -> str:
    """Return what is wrong with a command line, and where help is to be found."""
    context = getattr(error, "ctx", None)
    place = context.command_path if context else "simulate"
    wrong = say("Fel: {message}", message=clean(error.format_message()))
    return f"{wrong}\n  {remedy(say('se {command} --help', command=place))}"
