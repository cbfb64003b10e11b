"""What the verbs that only read results are told: a few settings, and the languages to write in."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.errors import BadInput
from experiments.speech import worded
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
        raise BadInput(
            worded(
                "values.unknown_language", lang=lang, langs=", ".join(langs[:-1]), last=langs[-1]
            )
        )
    return lang
