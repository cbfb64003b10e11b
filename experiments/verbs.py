"""What the verbs that read or make results do; each returns an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.comparison import Comparison, ask, outcome
from experiments.errors import DONE, SOME_FAILED, BadInput, Unfinished, unknown
from experiments.garbage import set_aside
from experiments.levels import FIRST, LEAST
from experiments.progress import say
from experiments.questions.asking import name_charts
from experiments.reading import reading, studies, tell_left_out
from experiments.speech import worded
from experiments.sql import answer
from experiments.store import MANIFEST, Store, stores
from experiments.study import execute
from experiments.summary import effect_tables, level_tables, records
from experiments.sweeps.spread import spread_tables
from experiments.tables import Table, show
from experiments.text import LANGUAGES
from experiments.typed_path import typed_path

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("name", "designs", "seeds", "quarters", "complete", "command")


def ask_and_show(verb: str, overrides: Sequence[str], form: str) -> int:
    """Run or continue a study, print its effects and own levels, and write its report."""
    study = ask(verb, list(overrides))
    lang = str(study.plan.settings["lang"])
    for notice in study.notices:
        say(notice)
    execute(study)
    with study.store.read_once():
        found = outcome(study.store)
        show_outcome(study.store, found, lang, form)
        if verb == "sweep":
            if study.plan.settings["design"] in ("sobol", "morris"):
                say(worded("notices.sweep_indices", design=study.plan.settings["design"]))
            name_charts(study.store.folder)
        if verb == "compare" and len(found.effects):
            _report(study.store, lang, found.effects)
    for _, row in found.failures.head(10).iterrows():
        say(
            worded(
                "notices.failed",
                design=row["design"],
                seed=row["seed"],
                run_id=row["run_id"],
                error=row["error"],
            )
        )
    if len(found.failures):
        say(worded("notices.failed_runs", count=len(found.failures), command=study.command))
        return SOME_FAILED
    return DONE


def show_outcome(store: Store, found: Comparison, lang: str, form: str) -> None:
    """Print effects and own levels."""
    if found.effects.empty:
        say(worded("notices.nothing_finished"))
        if form != "json":
            return
    quarters = int(store.manifest["quarters"])
    if store.manifest.get("ranges"):
        tables = spread_tables(store, found.effects, lang)
    else:
        tables = [
            *effect_tables(store, found.effects, lang),
            *spread_tables(store, found.effects, lang),
            *level_tables(found.levels, quarters, lang),
        ]
    data = {
        "folder": str(store.folder),
        "designs": records(store.designs()) if store.manifest.get("ranges") else [],
        "effects": records(found.effects),
        "levels": records(found.levels),
        "failures": records(found.failures),
    }
    show(tables, data, form)
    if found.levels.empty and quarters < FIRST + LEAST:
        say(worded("notices.own_levels"))


def _report(store: Store, lang: str, known: pd.DataFrame | None = None, scenario: str = "") -> Path:
    from experiments.report import write_report as write

    try:
        with set_aside():
            path = write(store.folder, lang, known, scenario, store)
    except OSError as error:
        raise Unfinished(worded("outputs.report", error=error)) from error
    say(worded("notices.report", path=path))
    return path


def write_report(folder: str, overrides: Sequence[str]) -> int:
    """Write the report of a results folder and print where it is."""
    from experiments.gallery.question import refuse_question

    options, place = reading(overrides), typed_path(folder)
    refuse_question(place, worded("outputs.made_report"))
    store = Store(place)
    tell_left_out(store)
    lang, scenario = options.get("lang", "en"), options.get("scenario", "")
    sys.stdout.write(f"{_report(store, lang, scenario=scenario)}\n")
    return DONE


def answer_sql(words: Sequence[str], form: str) -> int:
    """Answer SQL over a study, or list the studies of a results folder."""
    sql = " ".join(word for word in words if not _is_option(word))
    options = reading([w for w in words if _is_option(w)], ("results", "name", "lang"), LANGUAGES)
    results = typed_path(options.get("results", "results"))
    name = options.get("name", "")
    if not sql:
        return _list_studies(results, [choose(results, name)] if name else studies(results), form)
    store = choose(results, name)
    tell_left_out(store)
    frame = answer(store, sql)
    rows = [[_shown(value) for value in row] for row in frame.itertuples(index=False)]
    show([Table(list(map(str, frame.columns)), rows)], records(frame), form)
    return DONE


def choose(results: Path, name: str) -> Store:
    """A study by name, or the newest that can be read; raises BadInput where there is none."""
    if name:
        store = Store(results / name)
        if not (store.folder / MANIFEST).exists():
            known = [other.folder.relative_to(results).as_posix() for other in stores(results)]
            look = worded("look.lists", command=f"wotu results results={results}")
            raise unknown("study", name, known, look)
        _ = store.manifest
        return store
    found = studies(results)
    if not found:
        raise BadInput(worded("files.no_results", results=results))
    say(worded("notices.reading", folder=found[-1].folder))
    return found[-1]


def _list_studies(results: Path, found: Sequence[Store], form: str) -> int:
    data = []
    for store in found:
        facts = store.manifest
        data.append(
            {
                "name": store.folder.relative_to(results).as_posix(),
                "designs": len(facts["designs"]),
                "seeds": facts["seeds"],
                "quarters": facts["quarters"],
                "complete": store.state.get("status") == "finished" and not store.parts.flawed(),
                "command": facts["command"],
            }
        )
    if not data:
        say(worded("notices.no_results", results=results))
    rows = [[_shown(line[key]) for key in COLUMNS] for line in data]
    show([Table([worded(f"columns.{key}") for key in COLUMNS], rows, tail=2)], data, form)
    return DONE


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:,.6g}"
    return str(value)


def _is_option(word: str) -> bool:
    return word.partition("=")[0] in ("results", "name", "lang") and "=" in word
