"""The help of the command line, in the language of the command: `wotu sweep --help lang=zh`.

English stands where a verb, an option or a setting is declared, Chinese in
conf/text/zh/messages/help.yaml; lines of Chinese are broken there, since click breaks at spaces.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from experiments.speech import language, reworded

if TYPE_CHECKING:
    from experiments.questions.asking import Question


class _Formatter(click.HelpFormatter):
    """click's, whose headings are in the language of the command."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or reworded("help.usage", "Usage: "))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_headed(heading, heading)}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class Spoken(click.Command):
    """A command that tells its help in the language of the command line.

    `question` adds its settings, `overrides` what overrides are, `examples` lines to type.
    """

    context_class = _Context

    def __init__(
        self,
        *args: Any,
        examples: str = "",
        overrides: str = "",
        question: Question | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.examples, self.overrides, self.question = examples, overrides, question

    def paragraphs(self) -> list[str]:
        """What the command does, its first paragraph a summary."""
        return _paragraphs(reworded(f"help.verbs.{self.name}", inspect.cleandoc(self.help or "")))

    def told(self) -> str:
        """All that stands between usage and options; in Chinese, lines are marked as broken already."""
        parts, more = self.paragraphs(), _paragraphs(reworded("help.overrides", self.overrides))
        if language() == "zh":
            parts, more = [[_kept(part.splitlines()) for part in some] for some in (parts, more)]
        if self.question is not None:
            heading = "Settings of this question and their defaults"
            parts.append(_listed("settings", heading, self.question.told(self.name or "")))
        if self.overrides:
            parts += more
        if self.examples:
            examples = reworded(f"help.examples.{self.name}", self.examples)
            parts.append(_listed("examples", "Examples", examples.splitlines()))
        return "\n\n".join(parts)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what `told` says."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.told())

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, and the verbs of a group."""
        rows = [
            (record[0], self._option(param.opts[-1].lstrip("-"), record[1]))
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        ]
        with formatter.section("Options"):
            formatter.write_dl(rows)
        if isinstance(self, click.Group):
            verbs = [(name, self.commands[name]) for name in self.list_commands(ctx)]
            with formatter.section("Commands"):
                formatter.write_dl(
                    [
                        (name, verb.paragraphs()[0])
                        for name, verb in verbs
                        if isinstance(verb, Spoken)
                    ]
                )

    def _option(self, name: str, english: str) -> str:
        everywhere = reworded(f"help.options.every.{name}", english)
        return reworded(f"help.options.{self.name}.{name}", everywhere)


def _paragraphs(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text.strip())


def _listed(key: str, heading: str, lines: Iterable[str]) -> str:
    return _kept([_headed(key, heading), *(f"  {line}" for line in lines)])


def _headed(key: str, heading: str) -> str:
    return reworded(f"help.headings.{key}", f"{heading}:")


def _kept(lines: Iterable[str]) -> str:
    """A paragraph that click does not break anew."""
    return "\n".join(["\b", *lines])
