"""The command `wotu`: the group of its verbs, and how a verb is made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from experiments.completion import complete_key, install
from experiments.errors import BadInput, nearest
from experiments.help import Spoken
from experiments.questions.asking import Question
from experiments.speech import worded

OVERRIDES = """
Overrides are written key=value, as in Hydra: scenario, world, seeds, quarters, against, engine,
workers, results, name, lang, levers.ID.VALUE, world.BLOCK.VALUE. Several values make a sweep:
a,b,c · range(start,stop,step) · 'glob(only/*)'; scenario=[a,b] merges two scenarios.
envelope_total=600 scales each scenario to 600 m yuan a year; scenarios_from=DIR and
levers_from=FILE.py add scenarios and levers of your own. precision=0.05 adds seeds until effects
are known to 5 % (docs/results.md); engine=dask, ray or slurm uses more machines (docs/cluster.md).
"""


class Verbs(Spoken, click.Group):
    """A group that names the nearest verb when it does not know one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a verb; raises BadInput with the nearest name."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            names = self.list_commands(ctx)
            raise BadInput(
                worded("values.unknown_verb", given=args[0], nearest=nearest(args[0], names))
            )
        return super().resolve_command(ctx, args)


def _install(ctx: click.Context, _: click.Parameter, shell: str | None) -> None:
    if shell and not ctx.resilient_parsing:
        sys.stderr.write(f"wotu: {install(shell)}\n")
        ctx.exit()


EXAMPLES = """
wotu compare                        ten main levers and the whole Opinion against the baseline
wotu compare scenario=environment,vitality seeds=50
wotu run levers.rnd_subsidy.enabled=true levers.rnd_subsidy.envelope=300
wotu levers rnd_subsidy             one lever with its values and bounds
"""


@click.group(
    cls=Verbs, examples=EXAMPLES.strip(), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--install-completion",
    type=click.Choice(["auto", "bash", "zsh", "fish"]),
    is_flag=False,
    flag_value="auto",
    expose_value=False,
    is_eager=True,
    callback=_install,
    help="Install tab completion for a shell (the one in $SHELL if none is named).",
)
def wotu() -> None:
    """Ask what the Opinion's measures would do to Haidian's technology firms."""


def verb(
    examples: str,
    *,
    overrides: bool = True,
    tables: bool = True,
    question: Question | None = None,
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a verb: overrides, --format, a question's settings, and examples in its help."""

    def make(function: Callable[..., Any]) -> click.Command:
        made: Any = function
        if overrides:
            made = click.argument("overrides", nargs=-1, shell_complete=complete_key)(made)
        if tables:
            made = click.option(
                "--format",
                "form",
                type=click.Choice(["table", "md", "json"]),
                default="table",
                help="How stdout is written (default: table).",
            )(made)
        return wotu.command(
            cls=Spoken,
            examples=examples,
            overrides=OVERRIDES if overrides else "",
            question=question,
        )(made)

    return make
