"""The parts of a scenario: the document's sections, its clauses, or single levers, with names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from experiments.clauses import document
from experiments.text import Text

Places = Mapping[str, Mapping[str, str]]


def lever_places(own_facts: Iterable[Mapping[str, Any]]) -> Places:
    """Section and clause of every lever; a user's own lever is not run to be asked."""
    from scenarios.levers import LEVERS

    found: dict[str, Mapping[str, str]] = {}
    for name, kind in LEVERS.items():
        found[name] = {"section": kind.section, "clause": _clause(kind.section, kind.clause)}
    for facts in own_facts:
        section = str(facts.get("section", "beyond"))
        found[facts["id"]] = {"section": section, "clause": _clause(section, facts["clause"])}
    return found


def _clause(section: str, clause: str) -> str:
    return section if clause in ("", "–") else clause


def group_levers(levers: Sequence[str], places: Places, by: str) -> dict[str, list[str]]:
    """Levers by the part they belong to, in the document's order."""
    found: dict[str, list[str]] = {}
    for lever in levers:
        found.setdefault(lever if by == "lever" else places[lever][by], []).append(lever)
    return found


def own_titles(own_facts: Iterable[Mapping[str, Any]], text: Text) -> dict[str, str]:
    """What a user's own levers are called, by id."""
    return {str(facts["id"]): str(facts["title"][text.lang]) for facts in own_facts}


def part_name(part: str, text: Text, own: Mapping[str, str] | None = None) -> str:
    """A section, clause or lever as a reader knows it; `own` are titles of a user's levers."""
    if own and part in own:
        return own[part]
    for section in document()["sections"]:
        for clause in section["clauses"]:
            if clause["code"] == part:
                return f"{part} {clause['title' if text.lang == 'zh' else 'en']}"
    return text.get(f"sections.{part}", text.get(f"levers.{part}.title", part))
