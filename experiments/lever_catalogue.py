"""`wotu levers` and `wotu clauses`: what each measure is, in the Opinion's words and the model's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agents.declare import GRADES, declarations
from experiments import clauses
from experiments.catalogue import listed, value_headings, words_and_options
from experiments.clauses import Sentence, typeset
from experiments.errors import DONE, unknown
from experiments.own import known_levers, own_levers
from experiments.speech import worded
from experiments.tables import Table, show
from experiments.text import Text, lever_text, said_unit

if TYPE_CHECKING:
    from scenarios.lever import Lever

PARTS = ("title", "mechanism", "disappoint")
NOTES = ("words", "rule", "mechanism", "disappoint", "phases", "terms", "excludes")


def show_levers(words: Sequence[str], form: str) -> int:
    """List the levers; named ones with all their values."""
    names, options = words_and_options(words, ("lang", "levers_from"))
    levers = known_levers(own_levers(options.get("levers_from", "")))
    for name in names:
        if name not in levers:
            raise unknown("lever", name, levers, worded("look.lists", command="wotu levers"))
    text = Text(options["lang"])
    chosen = [kind for name, kind in levers.items() if not names or name in names]
    data = [facts(kind, text) for kind in chosen]
    if not names:
        show([_list(data, text, form)], data, form)
        return DONE
    tables = [detail(kind, text) for kind in chosen]
    tables[-1] = replace(tables[-1], notes=[*tables[-1].notes, *_targets(text)])
    show(tables, [{**known, "targeting": targets()} for known in data], form)
    return DONE


def targets() -> dict[str, list[str]]:
    """What every lever's targeting may name: modes, and the sectors and zones of the world."""
    from scenarios.lever import MODES
    from sim.world import World

    world = World()
    return {
        "mode": list(MODES), "sectors": list(world.sectors.names), "zones": list(world.zones.names),
    }  # fmt: skip


def _targets(text: Text) -> list[str]:
    """Dates and targets, which all levers have in common, for readers who would set them."""
    known = targets()
    modes = (text("catalogue.named", id=mode, name=text(f"modes.{mode}")) for mode in known["mode"])
    return [
        text("catalogue.dates"),
        text("catalogue.target_bounds"),
        text("catalogue.target_mode", modes=text.listed(modes)),
        text("catalogue.target_sectors", sectors=text.listed(known["sectors"])),
        text("catalogue.target_zones", zones=text.listed(known["zones"])),
    ]


def facts(kind: type[Lever], text: Text) -> dict[str, Any]:
    """All that is declared of a lever, as plain values; words are in the language of `text`."""
    from experiments.writes import writes

    _, values = listed(declarations(kind), text, kind.id)
    counts = Counter(value["grade"] for value in values)
    return {
        "id": kind.id, "clause": kind.clause, "section": kind.section,
        **{part: lever_text(text, kind, part) for part in PARTS},
        "words": typeset(kind.words), "rule": lever_text(text, kind, "rule"),
        "phases": list(kind.phases),
        "terms": [
            {
                "phase": item.phase, "name": item.name, "over": item.term.over,
                "unit": item.term.unit, "combine": item.term.combine.value,
                "meaning": text.get(f"terms.{item.phase}.{item.name}", item.term.meaning),
            }
            for item in writes(kind)
        ],
        "excludes": list(kind.excludes),
        "grades": {grade: counts[grade] for grade in GRADES if counts[grade]},
        "values": values,
    }  # fmt: skip


def detail(kind: type[Lever], text: Text) -> Table:
    """One lever: a row a value, and beneath it words, rule, mechanism, terms and ways to fail."""
    known = facts(kind, text)
    rows, _ = listed(declarations(kind), text, kind.id)
    known["phases"] = text.listed(text.get(f"phases.{name}", name) for name in kind.phases)
    known["terms"] = text("catalogue.note_join").join(
        text(
            "catalogue.term",
            phase=item["phase"],
            name=item["name"],
            meaning=item["meaning"],
            unit=said_unit(text, item["unit"]),
        )
        for item in known["terms"]
    )
    known["excludes"] = text.listed(kind.excludes)
    graded = text("catalogue.note_join").join(
        f"{grade} {text(f'grades.{grade}')}" for grade in known["grades"]
    )
    notes = [
        text("catalogue.noted", label=text(f"catalogue.{key}"), words=known[key])
        for key in NOTES
        if known[key]
    ]
    head = f"{kind.id} · {kind.clause} · {known['title']}"
    headings = value_headings(text)
    return Table(headings, rows, head, left=len(headings), notes=[*notes, graded])


def _list(data: Sequence[dict[str, Any]], text: Text, form: str) -> Table:
    """One row a lever; Markdown, which no terminal limits, holds the sentences too."""
    keys = ["lever", "clause", "title", "envelope", "phases", "terms", "grades"]
    keys += ["mechanism", "disappoint"] if form == "md" else []
    rows = []
    for item in data:
        envelope = next((v["value"] for v in item["values"] if v["name"] == "envelope"), 0.0)
        shown = {
            "lever": item["id"], "clause": item["clause"], "title": item["title"],
            "envelope": f"{envelope:g}",
            "phases": text.listed(text.get(f"phases.{name}", name) for name in item["phases"]),
            "terms": text.listed(f"{term['phase']}.{term['name']}" for term in item["terms"]),
            "grades": " ".join(f"{grade}{count}" for grade, count in item["grades"].items()),
            "mechanism": item["mechanism"], "disappoint": item["disappoint"],
        }  # fmt: skip
        rows.append([shown[key] for key in keys])
    headings = [text(f"catalogue.{key}") for key in keys]
    return Table(headings, rows, left=3, tail=len(keys) - 4)


def show_clauses(words: Sequence[str], form: str) -> int:
    """List the Opinion's sentences with their levers; a named clause with its levers in full."""
    names, options = words_and_options(words, ("lang",))
    text = Text(options["lang"])
    chosen = [item for name in names for item in clauses.under(name)] or list(clauses.sentences())
    chosen = _once(chosen)
    tables = clause_tables(chosen, text, named=bool(names))
    if names:
        known = known_levers()
        ids = dict.fromkeys(lever for item in chosen for lever in item.levers)
        tables += [detail(known[name], text) for name in ids if name in known]
    show(tables, [_plain(item, text) for item in chosen], form)
    return DONE


def clause_tables(chosen: Sequence[Sentence], text: Text, *, named: bool = False) -> list[Table]:
    """Sentences and their answers, a table a section, or a clause where clauses are `named`."""
    parts = list(dict.fromkeys((item.section, item.code if named else "") for item in chosen))
    return [_sentences(chosen, part, text, named=named) for part in parts]


def _once(items: Sequence[Sentence]) -> list[Sentence]:
    return list({id(item): item for item in items}.values())


def _sentences(
    chosen: Sequence[Sentence], part: tuple[str, str], text: Text, *, named: bool
) -> Table:
    section, code = part
    mine = [item for item in chosen if item.section == section and (not named or item.code == code)]
    rows = [
        [
            item.code if named else _headed(item, mine, text),
            item.said(text.lang),
            _answer(item, text),
        ]
        for item in mine
    ]
    title = mine[0].title[text.lang]
    head = f"{code} · {title}" if named else text.get(f"sections.{section}", title)
    headings = [text(f"catalogue.{key}") for key in ("clause", "sentence", "answer")]
    beside = [
        text("catalogue.noted", label=item.code, words=text("catalogue.beside", words=said))
        for item in mine
        if (said := item.beside.get(text.lang, ""))
    ]
    titles = clauses.document()["titles"]["none"][text.lang]
    return Table(headings, rows, head, left=3, notes=[*beside, titles, text("catalogue.gloss")])


def _headed(item: Sentence, all_of: Sequence[Sentence], text: Text) -> str:
    """A clause's code, with its title where its first sentence stands."""
    first = next(other for other in all_of if other.code == item.code)
    return f"{item.code} {item.title[text.lang]}" if item is first else item.code


def _answer(item: Sentence, text: Text) -> str:
    if item.levers:
        return text.listed(item.levers)
    if item.mode:
        return text("catalogue.mode", name=text(f"modes.{item.mode}"), id=item.mode)
    if item.keys:
        return text("catalogue.keys", names=text.listed(item.keys))
    return text("catalogue.noted", label=text("catalogue.none"), words=item.none[text.lang])


def _plain(item: Sentence, text: Text) -> dict[str, Any]:
    return {
        "code": item.code, "section": item.section, "title": item.title[text.lang],
        "text": item.text, "gloss": item.en, "levers": list(item.levers), "mode": item.mode,
        "keys": list(item.keys), "none": item.none.get(text.lang, ""),
        "beside": item.beside.get(text.lang, ""), "answer": _answer(item, text),
    }  # fmt: skip
