"""What went wrong, in one sentence a policy analyst can act on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from experiments.speech import kind_of, reworded, worded

if TYPE_CHECKING:
    from scenarios.scenario import ScenarioError

DONE = 0
SOME_FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
LEAST_BEGUN = 3  # letters that tell which name was begun


class BadInput(ValueError):  # noqa: N818, a state of the input or of the run rather than a fault
    """Input that cannot be used: what was given, what was expected, where to look. Exit code 2."""


class Interrupted(Exception):  # noqa: N818, a state of the input or of the run rather than a fault
    """The user stopped the run; the message names the command that continues. Exit code 130."""


def nearest(given: str, known: Iterable[str]) -> str:
    """A clause naming the nearest known name, or nothing where none is near."""
    names = list(known)
    # What is half typed is meant before what only looks alike: rnd is rnd_subsidy, not brands.
    begun = [name for name in names if name.rsplit("/", 1)[-1].startswith(given)]
    close = begun[:1] if len(given) >= LEAST_BEGUN else []
    close = close or difflib.get_close_matches(given, names, n=1, cutoff=0.5)
    if not close:
        tails = {name.rsplit(".", 1)[-1].rsplit("/", 1)[-1]: name for name in reversed(names)}
        found = difflib.get_close_matches(given.rsplit(".", 1)[-1], tails, n=1, cutoff=0.6)
        close = [tails[found[0]]] if found else []
    return worded("look.nearest", name=close[0]) if close else ""


def unknown(kind: str, given: str, known: Iterable[str], look: str) -> BadInput:
    """The sentence for a name that is not known, e.g. a scenario; `look` says where names are."""
    return BadInput(
        worded(
            "values.unknown",
            kind=kind_of(kind),
            given=given,
            nearest=nearest(given, known),
            look=look,
        )
    )


def refused(error: ScenarioError) -> str:
    """Why a scenario cannot be run, in the language of the command."""
    return reworded(f"refused.{error.reason}", str(error).rstrip("."), **error.values)


def one_line(error: BaseException) -> str:
    """The first line of an error that another library words, without its trailing full stop."""
    text = str(error).strip()
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__


class Unfinished(Exception):  # noqa: N818, a state of the input or of the run rather than a fault
    """Results could not be written, for instance on a full disk. Exit code 1."""
