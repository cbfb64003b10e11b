"""What the verbs that only read results are told: a few settings, and the languages to write in.

What cannot be read of those results is left out, and they say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from experiments.errors import BadInput
from experiments.parts import told_lost
from experiments.progress import say
from experiments.speech import either, worded
from experiments.store import Store, stores
from experiments.text import LANGUAGES

OPTIONS = ("lang", "scenario")
WRITTEN = (*LANGUAGES, "both")


def languages(lang: str) -> tuple[str, ...]:
    """The languages that a setting of lang= names; raises BadInput for another."""
    return LANGUAGES if _known(lang, WRITTEN) == "both" else (lang,)


def reading(
    overrides: Sequence[str], allowed: Sequence[str] = OPTIONS, langs: Sequence[str] = WRITTEN
) -> dict[str, str]:
    """Overrides of a verb that only reads; raises BadInput for others."""
    found: dict[str, str] = {}
    for word in overrides:
        key, sign, value = word.partition("=")
        if not sign:
            raise BadInput(worded("values.not_key_value", word=word, allowed=", ".join(allowed)))
        if key not in allowed:
            raise BadInput(worded("values.not_read", key=key, allowed=", ".join(allowed)))
        if key in found:
            raise BadInput(worded("values.twice", key=key))
        found[key] = value.strip("'\"")
    if "lang" in found:
        _known(found["lang"], langs)
    return found


def _known(lang: str, langs: Sequence[str]) -> str:
    if lang not in langs:
        raise BadInput(worded("values.unknown_language", lang=lang, langs=either(langs)))
    return lang


def studies(results: Path) -> list[Store]:
    """The studies of a results folder that can be read, the newest last; says which cannot."""
    found = []
    for store in stores(results):
        try:
            _ = store.manifest
        except BadInput as error:
            say(worded("notices.skipped", error=error))
        else:
            found.append(store)
    return found


def tell_left_out(store: Store) -> None:
    """Say which finished runs of a study are not read, a part of theirs being missing or damaged."""
    if lost := list(store.parts.lost(store.manifest["chunks"])):
        say(store.again(worded("notices.left_out", problem=told_lost(lost))))
