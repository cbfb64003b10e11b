"""What the verbs that read or make results do; each returns an exit code."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.comparison import Comparison, ask, outcome
from experiments.errors import DONE, SOME_FAILED, BadInput, Unfinished, unknown
from experiments.levels import FIRST, LEAST
from experiments.progress import say
from experiments.reading import reading, studies, tell_left_out
from experiments.sql import answer
from experiments.store import MANIFEST, Store, stores
from experiments.study import execute
from experiments.summary import effect_tables, level_tables, records
from experiments.sweeps.spread import spread_tables
from experiments.tables import Table, show
from experiments.text import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd


def ask_and_show(verb: str, overrides: Sequence[str], form: str) -> int:
    """Run or continue a study, print its effects and own levels, and write its report."""
    study = ask(verb, list(overrides))
    lang = str(study.plan.settings["lang"])
    for notice in study.notices:
        say(notice)
    execute(study)
    found = outcome(study.store)
    show_outcome(study.store, found, lang, form)
    if verb == "compare" and len(found.effects):
        _report(study.store.folder, lang, found.effects)
    for _, row in found.failures.head(10).iterrows():
        say(f"failed: {row['design']}, seed {row['seed']} ({row['run_id']}): {row['error']}")
    if len(found.failures):
        say(f"{len(found.failures)} runs failed; they are tried again with: {study.command}")
        return SOME_FAILED
    return DONE


def show_outcome(store: Store, found: Comparison, lang: str, form: str) -> None:
    """Print effects and own levels."""
    if found.effects.empty:
        say("no finished pairs: nothing to compare")
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
        say("own levels are measured over quarters 20–40: give quarters=24 or more to see them")


def _report(folder: Path, lang: str, known: pd.DataFrame | None = None) -> Path:
    from experiments.report import write_report as write

    gc.freeze()  # all that is loaded stays: to look through it after each chart takes half a second
    try:
        path = write(folder, lang, known)
    except OSError as error:
        raise Unfinished(f"the report cannot be written: {error}") from error
    finally:
        gc.unfreeze()
    say(f"report: {path}")
    return path


def write_report(folder: str, overrides: Sequence[str]) -> int:
    """Write the report of a results folder and print where it is."""
    from experiments.gallery.question import refuse_question

    lang, place = reading(overrides, ("lang",)).get("lang", "en"), Path(folder).expanduser()
    refuse_question(place, "a report")
    tell_left_out(Store(place))
    sys.stdout.write(f"{_report(place, lang)}\n")
    return DONE


def answer_sql(words: Sequence[str], form: str) -> int:
    """Answer SQL over a study, or list the studies of a results folder."""
    sql = " ".join(word for word in words if not _is_option(word))
    options = reading([w for w in words if _is_option(w)], ("results", "name", "lang"), LANGUAGES)
    results = Path(options.get("results", "results")).expanduser()
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
            raise unknown("study", name, known, f"`wotu results results={results}` lists them")
        _ = store.manifest
        return store
    found = studies(results)
    if not found:
        raise BadInput(
            f"no results in {results} (results=DIR says where to look; `wotu compare` first)"
        )
    say(f"reading {found[-1].folder}")
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
        say(f"no results in {results}")
    heads = ["name", "designs", "seeds", "quarters", "complete", "command"]
    rows = [[_shown(line[head]) for head in heads] for line in data]
    show([Table(heads, rows, tail=2)], data, form)
    return DONE


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:,.6g}"
    return str(value)


def _is_option(word: str) -> bool:
    return word.partition("=")[0] in ("results", "name", "lang") and "=" in word
