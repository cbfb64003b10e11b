"""`wotu story`: one firm's life in both runs of a pair, printed and drawn; nothing is run."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from experiments.errors import DONE, BadInput, Unfinished
from experiments.figures import life as picture
from experiments.figures.save import save
from experiments.figures.study import Study
from experiments.gallery.network import representative
from experiments.gallery.shown import opened, slides_study
from experiments.progress import say
from experiments.reading import languages, reading
from experiments.report.places import folder
from experiments.report.results import Results
from experiments.reproduce import find_run
from experiments.speech import worded
from experiments.story.choose import choose
from experiments.story.life import life, pair_tables, sentences, told
from experiments.tables import Table, show
from experiments.typed_path import typed_path

FOLDER = "stories"
OPTIONS = ("lang", "scenario", "seed", "results")


def show_story(run: str, firm: str, overrides: Sequence[str], form: str) -> int:
    """Tell the story of a firm of a run (its id, or a folder): words on stdout, a picture beside."""
    options = reading(overrides, OPTIONS)
    chosen = languages(options.get("lang", "en"))
    results, seed = _pair(run, options)
    events, firms = pair_tables(results, seed)
    design = str(results.focus["design"])
    uid = choose(firm, events, firms, design, results.reference)
    frame = life(events, firms, uid)
    for lang in chosen:
        study = slides_study(results, lang)
        who = describe(firms, uid, study)
        path, name = folder(results, FOLDER, lang), f"{uid}-seed{seed}"
        try:
            save(
                picture.life(frame, who, study),
                frame,
                picture.alt(frame, who, study),
                path,
                name,
            )
        except OSError as error:
            raise Unfinished(worded("outputs.story", error=error)) from error
        lines = sentences(frame, study, design, results.quarters - 1)
        if lang == chosen[0]:  # one table on stdout, also where pictures are made in both languages
            _print(frame, study, design, (who, lines), form)
        say(worded("notices.picture", path=path / f"{name}.png"))
    return DONE


def _pair(run: str, options: dict[str, str]) -> tuple[Results, int]:
    """The study and the seed: from a run's id, or from a folder, seed= and scenario=."""
    if typed_path(run).is_dir():
        results = opened(run, options.get("scenario", ""))
        seed = options.get("seed", "")
        if seed and not seed.isdigit():
            raise BadInput(worded("values.seed", seed=seed))
        return results, int(seed) if seed else representative(results)
    store, row, design = find_run(typed_path(options.get("results", "results")), run)
    scenario = str(design["design"]) if design["reference"] else options.get("scenario", "")
    return opened(str(store.folder), scenario), int(row[2])


def describe(firms: pd.DataFrame, uid: int, study: Study) -> str:
    """What kind of firm it is: sector, zone and origin, as far as year ends tell."""
    from agents.codes import ORIGINS
    from sim.world import World

    text, rows = study.text, firms[firms["uid"] == uid]
    if rows.empty:
        return text("story.someone")
    row, world = rows.sort_values("quarter").iloc[0], World()
    sector = world.sectors.names[int(row["sector"])]
    zone, origin = world.zones.names[int(row["zone"])], ORIGINS[int(row["origin"])]
    return text(
        "story.firm",
        sector=text.get(f"sectors.{sector}", sector),
        zone=text.get(f"zones.{zone}", zone),
        origin=text.get(f"origins.{origin}", origin),
    )


def _print(
    frame: pd.DataFrame,
    study: Study,
    design: str,
    words: tuple[str, list[str]],
    form: str,
) -> None:
    """Dates down, the two runs across, the sentences beneath."""
    text, (who, lines) = study.text, words
    events = frame[frame["part"] == "event"]
    rows, data = [], []
    for quarter, part in events.groupby("quarter", sort=True):
        cells = []
        for name in (design, study.reference):
            mine = part[part["design"] == name].to_dict("records")
            cells.append(text.listed(told(text, row) for row in mine))
            data += [
                {"quarter": int(str(quarter)), "design": name, "event": row["event"],
                 "count": int(row["count"]), "value": float(row["value"]),
                 "shared": bool(row["shared"]), "alike": bool(row["alike"])}
                for row in mine
            ]  # fmt: skip
        rows.append([text.date(int(str(quarter))), *cells])
    heads = [text("report.quarter"), study.label(design), study.label(study.reference)]
    found = {
        "uid": str(int(frame["uid"].iloc[0])), "seed": int(frame["seed"].iloc[0]), "firm": who,
        "story": lines, "events": data,
    }  # fmt: skip
    title = text("report.named_value", name=who, value=found["uid"])
    show([Table(heads, rows, title=title, left=3, notes=lines)], found, form)
