"""`wotu figures` and `wotu figure`: write the charts of stored results; nothing is run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from experiments.errors import DONE, BadInput, Unfinished
from experiments.gallery.asked import STAGES
from experiments.gallery.attribution import VERB
from experiments.gallery.draw import Task, draw_all, slides_study
from experiments.gallery.kinds import KINDS, known, refuse
from experiments.gallery.question import question_of
from experiments.progress import say
from experiments.reading import languages, reading, tell_left_out
from experiments.report.places import folder as folder_of
from experiments.report.results import Results
from experiments.speech import worded
from experiments.store import MANIFEST
from experiments.tables import Table, show
from experiments.typed_path import typed_path

__all__ = ["FOLDER", "opened", "show_figures", "slides_study", "stage_of"]
FOLDER = "figures"
# Where a single design, a coalition or a point, is of no interest unless scenario= names it.
ANSWERS = {VERB: ("waterfall",), "sweep": ("swept",)}


def show_figures(folder: str, kinds: Sequence[str], overrides: Sequence[str], form: str) -> int:
    """Write charts of some kinds (all of them if none is named) and list them with their findings."""
    for kind in kinds:
        known(kind)
    options = reading(overrides)
    place = typed_path(folder)
    verb = question_of(place)
    if verb:
        kinds, inside = stage_of(verb, place, kinds)
        results = opened(str(inside), options.get("scenario", ""))
    else:
        results = opened(folder, options.get("scenario", ""))
        named = bool(options.get("scenario")) and str(results.manifest["verb"]) != VERB
        kinds = kinds or (() if named else ANSWERS.get(str(results.manifest["verb"]), ()))
    langs = languages(options.get("lang", "en"))
    targets = {lang: folder_of(results, FOLDER, lang, place) for lang in langs}
    tasks = [
        Task(str(results.folder), results.scenario, kind, lang, str(target))
        for lang, target in targets.items()
        for kind in kinds or KINDS
    ]
    try:
        drawn = draw_all(tasks)
    except OSError as error:
        raise Unfinished(worded("outputs.charts", error=error)) from error
    rows = [list(row) for found in drawn for row in found]
    for lang, target in targets.items():
        count = sum(len(f) for f, task in zip(drawn, tasks, strict=True) if task.lang == lang)
        if kinds and not count:
            raise refuse(kinds[0], results)
        say(worded("notices.charts_written", count=count, target=target))
    heads = ["chart", "finding", "file"]
    data = [dict(zip(heads, row, strict=True)) for row in rows]
    headings = [worded(f"columns.{head}") for head in heads[:2]]
    show([Table(headings, [row[:2] for row in rows], left=2)], data, form)
    return DONE


def stage_of(verb: str, folder: Path, kinds: Sequence[str]) -> tuple[Sequence[str], Path]:
    """The kinds of chart wanted from a question's folder, and the stage they are told from.

    They are all that it allows if none is named. Raises BadInput for another kind, and for a stage
    that is not there.
    """
    allowed, stage = STAGES[verb]
    if not set(kinds) <= set(allowed):
        raise BadInput(
            worded(
                "outputs.one_chart",
                folder=folder,
                verb=verb,
                allowed=worded("look.and").join(allowed),
            )
        )
    kinds = kinds or allowed
    if not (folder / stage / MANIFEST).exists():
        lacking = worded(f"needs.{known(kinds[0]).needs}")
        raise BadInput(worded("outputs.chart_lacks", folder=folder, kind=kinds[0], lacking=lacking))
    return kinds, folder / stage


def opened(folder: str, scenario: str = "") -> Results:
    """The results of a folder; raises BadInput where there is no finished pair."""
    results = Results(typed_path(folder), scenario)
    tell_left_out(results.store)
    _ = results.focus
    return results
