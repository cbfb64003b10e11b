"""Mistakes in a command line, which click finds, in the language of the command."""

from __future__ import annotations

import click

from experiments.speech import reworded

NAMED = (click.NoSuchOption, click.MissingParameter)


def sentence(error: Exception) -> str:
    """One sentence for a mistake, with the help to look at where click found it."""
    if not isinstance(error, click.UsageError):
        return str(error)
    where = f" (`{error.ctx.command_path} --help`)" if error.ctx else ""
    told = error.format_message().rstrip(".")
    kind = type(error).__name__ if isinstance(error, NAMED) else "UsageError"
    param = getattr(error, "param", None)
    name = param.human_readable_name if param is not None else ""
    option = getattr(error, "option_name", "")
    return reworded(f"usage.{kind}", told, problem=told, name=name, option=option) + where
