"""What a command says in the terminal: progress, notices, warnings and errors, in its language.

The texts are those of conf/text/<language>/messages/. A command speaks the language of its lang=,
which is looked for before anything else is read, so that mistakes are told in it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_LANGUAGE: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(words: Sequence[str]) -> Iterator[None]:
    """Speak the language that a command line names, English where it names none that is known."""
    before = _LANGUAGE.set(_named(words))
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def _named(words: Sequence[str]) -> str:
    given = [word.removeprefix("lang=").strip("'\"") for word in words if word.startswith("lang=")]
    return "zh" if given and given[-1] == "zh" else "en"


def language() -> str:
    """The language of the command that runs."""
    return _LANGUAGE.get()


def worded(key: str, /, **values: Any) -> str:
    """The text of a message, such as `worded("values.twice", key="seeds")`, its braces filled."""
    from experiments.text import Text

    return Text(language())(f"messages.{key}", **values)


def reworded(key: str, english: str, /, **values: Any) -> str:
    """A message whose English is declared where it arises, as the language of the command has it."""
    from experiments.text import Text

    return Text(language()).get(f"messages.{key}", "").format(**values) or english


def kind_of(name: str) -> str:
    """What a thing is called, such as a scenario; its own name where no text has another."""
    from experiments.text import Text

    return Text(language()).get(f"messages.kinds.{name}", name)


def either(names: Sequence[str]) -> str:
    """Names of which one is expected: a, b or c."""
    from experiments.text import Text

    *others, last = names
    if not others:
        return last
    return worded("look.either", names=Text(language()).listed(others), last=last)


def in_unit(unit: str) -> str:
    """A unit as the language of the command has it."""
    from experiments.text import Text, said_unit

    return said_unit(Text(language()), unit)
