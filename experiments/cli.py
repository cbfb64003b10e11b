"""The command line: one verb a question. Imports are lazy, so that help and completion are quick.

stdout carries only tables or JSON; progress, notices and errors go to stderr. Exit codes: 0 done,
1 some runs failed, 2 bad input, 130 interrupted.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from experiments.completion import complete_name, complete_pair
from experiments.errors import (
    BAD_INPUT,
    DONE,
    INTERRUPTED,
    SOME_FAILED,
    BadInput,
    Interrupted,
    Unfinished,
)
from experiments.garbage import seldom
from experiments.questions.asking import Question
from experiments.questions.settings import QUESTIONS
from experiments.speech import speaking, worded
from experiments.usage import sentence
from experiments.wotu import verb, wotu


@verb(
    "wotu run scenario=opinion_2014\nwotu run levers.guidance_fund.enabled=true seeds=8 world=small"
)
@click.option("-m", "--multirun", is_flag=True, help="Compare several configurations.")
def run(overrides: tuple[str, ...], form: str, multirun: bool) -> int:
    """Run one scenario beside its reference and print the headline table."""
    from experiments.verbs import ask_and_show

    return ask_and_show("compare" if multirun else "run", overrides, form)


@verb(
    "wotu compare\nwotu compare 'scenario=glob(only/*)' world=small seeds=10\n"
    "wotu compare scenario=opinion_2014 levers.guidance_fund.envelope=60,80,100\n"
    "wotu compare scenario=opinion_2014 world=haidian_2014,funding_winter lang=zh"
)
@click.option("-m", "--multirun", is_flag=True, help="Accepted for Hydra's habits; means the same.")
def compare(overrides: tuple[str, ...], form: str, multirun: bool) -> int:
    """Compare every combination with the reference: paired effects, figures, report.

    With nothing said: ten main levers alone and the whole Opinion against the baseline, 20 seeds,
    40 quarters.
    """
    from experiments.verbs import ask_and_show

    return ask_and_show("compare", overrides, form)


@verb(
    "wotu sweep levers.guidance_fund.envelope='interval(20,100)' levers.rnd_subsidy.share=bounds\n"
    "wotu sweep design=sobol n=64 world=small seeds=4 world.demand.district_share=bounds\n"
    "wotu sweep design=morris n=20 scenario=only/rnd_subsidy levers.rnd_subsidy=bounds"
)
def sweep(overrides: tuple[str, ...], form: str) -> int:
    """Fill ranges of levers' and worlds' values with points and pair each with the reference.

    A range is interval(a,b), or bounds for the declared bounds; BLOCK=bounds is a range for every
    number of a block that has both. design=lhs (n points), sobol (n base samples, n × (k + 2)
    points), morris (n trajectories, n × (k + 1) points) or grid (n values of each range).
    Several scenarios, worlds or values are crossed with the points. With no scenario= it is the whole
    Opinion, or the baseline plus the levers that levers.ID.enabled=true switches on.
    """
    from experiments.verbs import ask_and_show

    return ask_and_show("sweep", overrides, form)


@verb("wotu levers\nwotu levers rnd_subsidy\nwotu levers --format json lang=zh", overrides=False)
@click.argument("words", nargs=-1, shell_complete=complete_name("levers"))
def levers(words: tuple[str, ...], form: str) -> int:
    """List the levers, or one in full.

    One lever: the Opinion's words, mechanism, terms it writes, values with units, bounds and
    grades, and how it can disappoint. levers_from=FILE.py adds your own.
    """
    from experiments.lever_catalogue import show_levers

    return show_levers(words, form)


@verb("wotu clauses\nwotu clauses '三(一)3' lang=zh\nwotu clauses 4 --format md", overrides=False)
@click.argument("words", nargs=-1, shell_complete=complete_name("clauses"))
def clauses(words: tuple[str, ...], form: str) -> int:
    """List the Opinion's sentences and the lever of each, or why it has none.

    A clause, section or part is named as in the document, 三(一)3, or in digits, 3(1)3; its levers
    then follow in full.
    """
    from experiments.lever_catalogue import show_clauses

    return show_clauses(words, form)


@verb("wotu scenarios\nwotu scenarios scenarios_from=~/mine", overrides=False)
@click.argument("words", nargs=-1)
def scenarios(words: tuple[str, ...], form: str) -> int:
    """List the scenarios, what each switches on, and its planned outlay."""
    from experiments.catalogue import show_scenarios

    return show_scenarios(words, form)


@verb("wotu worlds\nwotu worlds funding_winter", overrides=False)
@click.argument("words", nargs=-1, shell_complete=complete_name("worlds"))
def worlds(words: tuple[str, ...], form: str) -> int:
    """List the worlds, or every value of one with unit, bounds, grade and source."""
    from experiments.catalogue import show_worlds

    return show_worlds(words, form)


@verb("wotu metrics\nwotu metrics --format json", overrides=False)
@click.argument("words", nargs=-1)
def metrics(words: tuple[str, ...], form: str) -> int:
    """List the metrics: name, unit, definition, direction."""
    from experiments.catalogue import show_metrics

    return show_metrics(words, form)


@verb(
    "wotu interactions world=small seeds=20\nwotu interactions first_purchase+rnd_subsidy seeds=40",
    overrides=False,
)
@click.argument("words", nargs=-1, shell_complete=complete_pair)
def interactions(words: tuple[str, ...], form: str) -> int:
    """Simulate what pairs of levers do together beyond what each does alone.

    With no pair named: those of scenarios/interactions.yaml, each on its own metric beside the sign
    expected and why. A named pair, lever+lever, is told on the headline metrics too; with more
    than two levers it is the first against the others together.
    """
    from experiments.questions.interactions_shown import show_interactions

    return show_interactions(words, form)


@verb(
    "wotu report results/mine lang=zh\nwotu report results/mine scenario=demand_pull",
    overrides=False,
    tables=False,
)
@click.argument("folder", type=click.Path())
@click.argument("overrides", nargs=-1)
def report(folder: str, overrides: tuple[str, ...]) -> int:
    """Write the HTML report of stored results and print its path; nothing is run.

    lang= is en, zh or both (one page with a switch). It is about the whole Opinion, else the scenario
    with most levers; scenario= makes one about another, FOLDER/report.SCENARIO.html.
    """
    from experiments.verbs import write_report

    return write_report(folder, overrides)


@verb(
    "wotu figures results/mine\nwotu figures results/mine lang=zh scenario=only/rnd_subsidy",
    overrides=False,
)
@click.argument("folder", type=click.Path())
@click.argument("overrides", nargs=-1)
def figures(folder: str, overrides: tuple[str, ...], form: str) -> int:
    """Write every chart that stored results allow: PNG, SVG, PDF, the CSV drawn, alt text.

    They go to FOLDER/figures/LANG; scenario= chooses which one is looked at, and its charts go to
    FOLDER/figures/SCENARIO/LANG; lang= is en, zh or both.
    """
    from experiments.gallery.shown import show_figures

    return show_figures(folder, (), overrides, form)


@verb("wotu figure groups results/mine\nwotu figure forest results/mine lang=zh", overrides=False)
@click.argument("kind")
@click.argument("folder", type=click.Path())
@click.argument("overrides", nargs=-1)
def figure(kind: str, folder: str, overrides: tuple[str, ...], form: str) -> int:
    """Write the charts of one kind; an unknown kind names those that are known."""
    from experiments.gallery.shown import show_figures

    return show_figures(folder, (kind,), overrides, form)


@verb(
    "wotu slides results/mine\nwotu slides results/mine lang=zh --pptx",
    overrides=False,
    tables=False,
)
@click.argument("folder", type=click.Path())
@click.argument("overrides", nargs=-1)
@click.option("--pptx", is_flag=True, help="An editable presentation too (the extra `slides`).")
def slides(folder: str, overrides: tuple[str, ...], pptx: bool) -> int:
    """Write a 16:9 deck of stored results and print where it is; nothing is run.

    FOLDER/slides.LANG.pdf; one about another scenario, scenario=, is FOLDER/slides.SCENARIO.LANG.pdf.
    """
    from experiments.slides.write import show_slides

    return show_slides(folder, overrides, pptx=pptx)


@verb(
    "wotu story results/mine --firm gazelle\nwotu story 1a2b3c4d --firm failure lang=zh",
    overrides=False,
)
@click.argument("run")
@click.argument("overrides", nargs=-1)
@click.option(
    "--firm", default="random", help="A uid, random, gazelle or failure (default: random)."
)
def story(run: str, overrides: tuple[str, ...], form: str, firm: str) -> int:
    """Tell one followed firm's life in both runs of a pair, in words and a picture.

    RUN is the id of a stored run (results= says where), or a folder with seed= and scenario=.
    The picture goes to FOLDER/stories, with the firm and the seed in its name.
    """
    from experiments.story.shown import show_story

    return show_story(run, firm, overrides, form)


@verb(
    'wotu results\nwotu results name=mine "SELECT design, avg(firms) FROM series GROUP BY design"',
    overrides=False,
)
@click.argument("words", nargs=-1)
def results(words: tuple[str, ...], form: str) -> int:
    """Ask the store in SQL; without SQL, list the studies.

    Tables: series, groups, flows, sizes, terms, firms, links, events, runs, designs, effects,
    variance (docs/results.md).
    `name=` chooses a study, else the newest.
    """
    from experiments.verbs import answer_sql

    return answer_sql(words, form)


@verb("wotu reproduce 1a2b3c4d5e6f7a8b\nwotu reproduce 1a2b3c4d results=~/results", overrides=False)
@click.argument("run_id")
@click.argument("overrides", nargs=-1)
@click.option("--run/--no-run", "again", default=True, help="Run it again and compare the numbers.")
def reproduce(run_id: str, overrides: tuple[str, ...], form: str, again: bool) -> int:
    """Print the exact command and configuration of a stored run, run it, and compare."""
    from experiments.reproduce import reproduce as repeat

    return repeat(run_id, overrides, form, again=again)


@verb("wotu bench\nwotu bench --format json", overrides=True)
@click.option("--quick", is_flag=True, help="One short run each: an order of magnitude.")
def bench(overrides: tuple[str, ...], form: str, quick: bool) -> int:
    """Measure the speed: firm-quarters a second and core, time by phase, ratio to plain Mesa."""
    from experiments.bench import main as measure

    return measure([*overrides, *(["--quick"] if quick else []), "--format", form])


def _question(name: str, question: Question) -> click.Command:
    """A verb on top of sweeps, `wotu attribute` for instance; experiments/<name>_shown.py answers."""

    def answer(overrides: tuple[str, ...], form: str) -> int:
        return import_module(f"experiments.questions.{name}_shown").answer(overrides, form)

    answer.__name__, answer.__doc__ = name, question.help
    return verb("\n".join(question.examples), question=question)(answer)


for _name, _asked in QUESTIONS.items():
    _question(_name, _asked)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line in this process and return its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    with speaking(words):
        return _answer(words)


def _answer(words: Sequence[str]) -> int:
    try:
        code = wotu.main(args=list(words), prog_name="wotu", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        return _help_on_stderr(error)
    except (BadInput, click.UsageError) as error:
        return _tell(sentence(error), BAD_INPUT)
    except Unfinished as error:
        return _tell(str(error), SOME_FAILED)
    except Interrupted as error:
        return _tell(str(error), INTERRUPTED)
    except (KeyboardInterrupt, click.Abort):
        again = shlex.join(["wotu", *words])
        return _tell(worded("notices.interrupted", command=again), INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    return int(code or 0)


def _help_on_stderr(error: click.exceptions.NoArgsIsHelpError) -> int:
    sys.stderr.write(f"{error.format_message()}\n")
    return BAD_INPUT


def _tell(message: str, code: int) -> int:
    sys.stderr.write(f"wotu: {' '.join(message.split())}\n")
    return code


def entry() -> None:
    """The console script."""
    import signal

    seldom()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
