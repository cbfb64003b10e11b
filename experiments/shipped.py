"""The scenario files and the catalogue of the Opinion, made of the levers.

`python -m experiments.shipped` writes conf/scenario/ and docs/opinion.<language>.md; Hydra needs
files, and a test keeps them equal to what the levers and scenarios/packages.yaml say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from agents.sources import ROOT
from experiments.text import LANGUAGES, Text, lever_text
from scenarios.levers import LEVERS, SECTIONS

PACKAGES = ROOT / "scenarios" / "packages.yaml"
HEAD = "# @package _global_\n"
BASELINE = "The world of June 2014 with the programmes then in force and no new measure."


def document_sections() -> tuple[str, ...]:
    """The sections of the Opinion."""
    return tuple(section for section in SECTIONS if section != "beyond")


def of_section(*sections: str) -> list[str]:
    """The levers of some sections, in the document's order."""
    return [name for name, kind in LEVERS.items() if kind.section in sections]


def packages() -> dict[str, Any]:
    """The planner's packages as plain values."""
    return yaml.safe_load(PACKAGES.read_text(encoding="utf-8"))


def scenarios() -> Iterator[tuple[str, str]]:
    """Name and text of every scenario file that ships."""
    whole = of_section(*document_sections())
    yield "baseline", _file("baseline", BASELINE, {})
    yield (
        "opinion_2014",
        _file("opinion_2014", "The whole Opinion, in the document's order.", whole),
    )
    for section in document_sections():
        note = "The measures of one section, in the document's order."
        yield section, _file(section, note, of_section(section))
        name, note = f"opinion_without/{section}", "The whole Opinion without one section."
        yield name, _file(name, note, [x for x in whole if LEVERS[x].section != section])
    for name in LEVERS:
        note = "One lever alone, with the document's values."
        yield f"only/{name}", _file(f"only/{name}", note, [name])
    stated = packages()
    for name, package in stated["packages"].items():
        yield name, _package(name, package, stated["envelope_total"], whole)


def _package(name: str, package: Mapping[str, Any], total: float, whole: list[str]) -> str:
    given = package["levers"]
    chosen = whole if given == "document" else [lever for lever in LEVERS if lever in given]
    values = {"targeting": {"mode": package["mode"]}} if "mode" in package else {}
    text = _file(name, package["why"]["en"], dict.fromkeys(chosen, values))
    return f"{text}\nenvelope_total: {total:g}\n"


def _file(name: str, note: str, levers: Iterable[str] | Mapping[str, Any]) -> str:
    values = levers if isinstance(levers, Mapping) else {lever: {} for lever in levers}
    parts: dict[str, Any] = {"title": {lang: _title(Text(lang), name) for lang in LANGUAGES}}
    text = HEAD + f"# {note}\n" + _yaml(parts)
    if values:
        text += "\n" + _yaml(
            {"levers": {x: {"enabled": True, **deepcopy(v)} for x, v in values.items()}}
        )
    return text


def _title(text: Text, name: str) -> str:
    group, _, lever = name.partition("/")
    alone = lever_text(text, LEVERS[lever], "title") if group == "only" else name
    return text.get(f"scenarios.{name}", alone)


def _yaml(values: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1_000)


def guide(lang: str) -> str:
    """The Opinion and its levers in full, as Markdown."""
    from experiments.clauses import document, sentences
    from experiments.lever_catalogue import clause_tables, detail
    from experiments.tables import markdown

    text = Text(lang)
    whole = document()["document"]
    title = f"《{whole['title']}》" if lang == "zh" else whole["en"]
    tables = [*clause_tables(list(sentences()), text), *(detail(k, text) for k in LEVERS.values())]
    return f"# {title}\n\n" + "\n\n".join(markdown(table) for table in tables) + "\n"


def files() -> dict[Path, str]:
    """Every generated file with its text."""
    found = {ROOT / "conf" / "scenario" / f"{name}.yaml": text for name, text in scenarios()}
    return found | {ROOT / "docs" / f"opinion.{lang}.md": guide(lang) for lang in LANGUAGES}


def write() -> None:
    """Write what differs, and remove scenario files that no lever or package stands behind."""
    made = files()
    for path in (ROOT / "conf" / "scenario").rglob("*.yaml"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
