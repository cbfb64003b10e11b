"""What the verbs that only read results are told: a few settings, and the languages to write in.

What cannot be read of those results is left out, and they say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from experiments.errors import BadInput
from experiments.parts import told_lost
from experiments.progress import say
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
            raise BadInput(f"{word!r} is not of the form key=value ({', '.join(allowed)})")
        if key not in allowed:
            raise BadInput(f"{key} changes nothing here; this verb reads {', '.join(allowed)}")
        if key in found:
            raise BadInput(f"{key} is given twice; give it once")
        found[key] = value.strip("'\"")
    if "lang" in found:
        _known(found["lang"], langs)
    return found


def _known(lang: str, langs: Sequence[str]) -> str:
    if lang not in langs:
        raise BadInput(
            f"lang={lang!r} is not known; expected {', '.join(langs[:-1])} or {langs[-1]}"
        )
    return lang


def studies(results: Path) -> list[Store]:
    """The studies of a results folder that can be read, the newest last; says which cannot."""
    found = []
    for store in stores(results):
        try:
            _ = store.manifest
        except BadInput as error:
            say(f"left out: {error}")
        else:
            found.append(store)
    return found


def tell_left_out(store: Store) -> None:
    """Say which finished runs of a study are not read, a part of theirs being missing or damaged."""
    if lost := list(store.parts.lost(store.manifest["chunks"])):
        say(f"{told_lost(lost)}: what it belongs to is left out; {store.continued}")
