"""Drawing many charts: one after another, or kind by kind in processes; the files are the same."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from experiments.engines import Processes
from experiments.figures.study import Study
from experiments.figures.style import SLIDE
from experiments.gallery.kinds import charts
from experiments.report import names
from experiments.report.results import Results
from experiments.text import Text

FEW = 4  # kinds × languages below which starting processes costs more than it saves
Drawn = tuple[str, str, str]


@dataclass(frozen=True)
class Task:
    """The charts of one kind in one language, of the results in `folder`, to be put into `place`."""

    folder: str
    scenario: str
    kind: str
    lang: str
    place: str


def slides_study(results: Results, lang: str) -> Study:
    """The surroundings of charts on slides."""
    return replace(names.study(Text(lang), results), sheet=SLIDE)


@cache
def _opened(folder: str, scenario: str) -> Results:
    """The results of a folder, read once a process."""
    return Results(Path(folder), scenario)


def draw(task: Task) -> list[Drawn]:
    """Write the charts of a task; returns name, title and PNG of each. Raises OSError."""
    results, place = _opened(task.folder, task.scenario), Path(task.place)
    study, found = slides_study(results, task.lang), []
    for chart in charts(results, study, [task.kind]):
        chart.write(study, place)
        found.append((chart.name, chart.title, str(place / f"{chart.name}.png")))
    return found


def draw_all(tasks: Sequence[Task], workers: int = 0) -> list[list[Drawn]]:
    """Draw all tasks, in as many processes as there are cores if `workers` is 0; in their order.

    Few tasks are drawn in this process. A file depends on its chart alone, whoever draws it.
    """
    workers = min(workers or len(os.sched_getaffinity(0)), len(tasks))
    if workers < 2 or len(tasks) < FEW:
        return [draw(task) for task in tasks]
    pool = Processes(workers)
    try:
        found = [future.result() for future in [pool.submit(draw, task) for task in tasks]]
    except BaseException:  # Ctrl-C too: nobody waits for charts that nobody will look at
        pool.close(now=True)
        raise
    pool.close()
    return found
