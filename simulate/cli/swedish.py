"""Click in Swedish: help pages, and what is said of a command line that cannot be read."""

from __future__ import annotations

import difflib
from functools import singledispatch

import click

from simulate.language.shown import clean


class Command(click.Command):
    """A command whose help page is in Swedish."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that says how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Användning: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of that line."""
        names = {"[OPTIONS]": "[FLAGGOR]", "COMMAND [ARGS]...": "KOMMANDO …"}
        return [names.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("Flaggor"):
            formatter.write_dl([record for record in records if record is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help page."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Visa hjälpen och avsluta."
        return option


def meant(name: str, names: list[str]) -> str:
    """Return the question whether one of ``names`` was meant, or nothing.

    Example:
        >>> meant("chek", ["check", "list"])
        '; menade du check?'
    """
    close = difflib.get_close_matches(name, names, n=1)
    return f"; menade du {close[0]}?" if close else ""


@singledispatch
def explain(error: click.ClickException) -> str:
    """Return what is wrong with a command line."""
    return clean(error.format_message())


@explain.register
def _(error: click.UsageError) -> str:
    if "unexpected extra" in error.message:
        extra = error.message.partition("(")[2].removesuffix(")")
        return f"för många argument: {clean(extra)}"
    return clean(error.message)


@explain.register
def _(error: click.NoSuchOption) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    close = meant(error.option_name, [name for one in params for name in one.opts])
    return f"flaggan {clean(error.option_name)} finns inte{close}"


@explain.register
def _(error: click.BadOptionUsage) -> str:
    wants = "tar inget värde" if "does not take" in error.message else "behöver ett värde"
    return f"{clean(error.option_name)} {wants}"


@explain.register
def _(error: click.BadParameter) -> str:
    choices = getattr(error.param.type, "choices", None) if error.param else None
    allowed = f"; tillåtet: {', '.join(choices)}" if choices else ""
    return f"värdet på {_name(error.param)} duger inte{allowed}"


@explain.register
def _(error: click.MissingParameter) -> str:
    return f"{_name(error.param)} saknas"


def hint(error: click.ClickException) -> str:
    """Return where help is to be found."""
    context = getattr(error, "ctx", None)
    return f"  åtgärd: se {context.command_path if context else 'simulate'} --help"


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[0]
    return (param.metavar or str(param.name)) if isinstance(param, click.Argument) else "ett värde"
