"""What a report says of a lever: from its class where it ships, from the manifest where it is a user's.

A results folder may come from somebody else, so that reading one never runs the code it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from agents.declare import Declaration, declarations
from experiments.own import known_levers, own_ids
from experiments.text import LANGUAGES, Text, lever_text

PARTS = ("title", "mechanism", "disappoint")


@dataclass(frozen=True)
class Told:
    """A lever in words and values; the parts are a text a language."""

    id: str
    clause: str
    title: Mapping[str, str]
    mechanism: Mapping[str, str]
    disappoint: Mapping[str, str]
    values: tuple[Declaration, ...]
    section: str = "beyond"


def own_facts(own: str) -> list[dict[str, Any]]:
    """What a manifest keeps of the levers of a user's file, as plain values."""
    known = known_levers(own)
    return [asdict(_told(known[name])) for name in (own_ids(own) if own else ())]


def told_levers(manifest: Mapping[str, Any]) -> dict[str, Told]:
    """The levers a study may have switched on, by id: those that ship, then its user's own."""
    found = {name: _told(kind) for name, kind in known_levers().items()}
    for facts in manifest.get("own_facts", ()):
        values = tuple(_declaration(item) for item in facts["values"])
        found[facts["id"]] = Told(**{**facts, "values": values})
    return found


def _told(kind: Any) -> Told:
    parts = {
        part: {lang: lever_text(Text(lang), kind, part) for lang in LANGUAGES} for part in PARTS
    }
    return Told(
        kind.id, kind.clause, **parts, values=tuple(declarations(kind)), section=kind.section
    )


def _declaration(stored: Mapping[str, Any]) -> Declaration:
    value = stored["value"]
    return Declaration(**{**stored, "value": tuple(value) if isinstance(value, list) else value})
