"""What the verbs that only read results are told: a few settings, and the languages to write in."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.errors import BadInput
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
