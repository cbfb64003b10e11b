"""A user's own levers: a file outside the project, loaded before a configuration is composed.

The file's text is what travels: to the schema, to workers (classes made at run time do not
pickle, so each worker compiles the text), into the manifest, and as a hash into a run's identity.
A page never names such a file: whoever may name one may run any code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput, nearest, one_line
from experiments.speech import worded

if TYPE_CHECKING:
    from scenarios.lever import Lever

Levers = Mapping[str, "type[Lever]"]
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def own_levers(path: str) -> str:
    """The checked text of a user's lever file, nothing for no file; raises BadInput."""
    if not path:
        return ""
    file = Path(path).expanduser()
    if not file.is_file():
        raise BadInput(worded("lever_files.no_file", path=path))
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(
            worded("lever_files.unreadable", path=path, reason=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(worded("lever_files.no_text", path=path, start=error.start)) from error
    try:
        known_levers(text)
    except BadInput as error:
        raise BadInput(worded("lever_files.in_file", path=path, error=error)) from error
    return text


@cache
def known_levers(own: str = "") -> Levers:
    """The levers that ship in the document's order, then those of a file with the text `own`.

    Raises BadInput that names the line, the lever or the phase that cannot be used.
    """
    from scenarios.levers import LEVERS

    if not own:
        return LEVERS
    found: dict[str, type[Lever]] = dict(LEVERS)
    for kind in _declared(_module(own)):
        _check(kind)
        if kind.id in found:
            clash = "lever_files.ships" if kind.id in LEVERS else "lever_files.twice"
            raise BadInput(worded(clash, id=kind.id))
        found[kind.id] = kind
    for name in set(found) - set(LEVERS):
        for other in found[name].excludes:
            if other not in found:
                raise BadInput(
                    worded(
                        "lever_files.excludes",
                        name=name,
                        other=other,
                        nearest=nearest(other, found),
                    )
                )
    return found


def own_ids(own: str) -> tuple[str, ...]:
    """Ids of the levers of a user's file."""
    from scenarios.levers import LEVERS

    return tuple(name for name in known_levers(own) if name not in LEVERS)


def own_part(own: str, levers: Mapping[str, Any]) -> str:
    """The text that decides a run: the file's where one of its levers is on, else nothing."""
    return own if own and any(name in levers for name in own_ids(own)) else ""


def source_of(kind: type) -> str:
    """The source text of the module that declares a lever."""
    module = sys.modules[kind.__module__]
    given = getattr(module, "OWN_TEXT", None)
    return given if given is not None else Path(str(module.__file__)).read_text(encoding="utf-8")


def _module(own: str) -> ModuleType:
    """Compile and run the text as a module of its own, the same in every process."""
    from experiments.identity import digest

    name = f"own_levers_{digest(own)}"
    module = ModuleType(name)
    module.OWN_TEXT = own  # type: ignore[attr-defined]
    sys.modules[name] = module  # dataclasses look up annotations there
    try:
        exec(compile(own, f"<{name}>", "exec"), module.__dict__)
    except SyntaxError as error:
        raise BadInput(
            worded("lever_files.syntax", line=error.lineno, problem=error.msg)
        ) from error
    except ValueError as error:  # for instance a null byte, or a grade that is none
        raise BadInput(_at_line(error, name)) from error
    except Exception as error:
        raise BadInput(_at_line(error, name)) from error
    return module


def _at_line(error: Exception, name: str) -> str:
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == f"<{name}>":
            line = trace.tb_lineno
        trace = trace.tb_next
    told = f"{type(error).__name__}: {one_line(error)}"
    return worded("lever_files.syntax", line=line, problem=told) if line else told


def _declared(module: ModuleType) -> list[type[Lever]]:
    from scenarios.lever import Lever

    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Lever)
        and value.__module__ == module.__name__
    ]
    if not found:
        raise BadInput(worded("lever_files.no_lever"))
    return found


def _check(kind: type[Lever]) -> None:
    """Refuse a class that a run could not use, and fill in what an own lever may leave out."""
    from scenarios.levers import SECTIONS

    if not IDENTIFIER.fullmatch(str(getattr(kind, "id", ""))):
        raise BadInput(worded("lever_files.id", name=kind.__name__))
    for name, value in (("section", "beyond"), ("clause", "–"), ("words", "")):
        if not hasattr(kind, name):
            setattr(kind, name, value)
    if kind.section not in SECTIONS:
        raise BadInput(
            worded("lever_files.section", id=kind.id, section=kind.section, sections=SECTIONS)
        )
    frozen = getattr(vars(kind).get("__dataclass_params__"), "frozen", False)
    if not frozen:
        raise BadInput(worded("lever_files.frozen", id=kind.id))
    _check_values(kind)
    _check_hooks(kind)


def _check_values(kind: type[Lever]) -> None:
    values = {item.name for item in fields(kind)}
    for name in kind.zero:
        if name not in values:
            raise BadInput(worded("lever_files.zero", id=kind.id, name=name))


def _check_hooks(kind: type[Lever]) -> None:
    from sim.quarter import PHASES

    try:
        hooks = tuple(kind().hooks())
    except Exception as error:
        raise BadInput(
            worded(
                "lever_files.fails", id=kind.id, kind=type(error).__name__, error=one_line(error)
            )
        ) from error
    phases = tuple(phase.name for phase in PHASES)
    for phase in (*getattr(kind, "phases", ()), *hooks):
        if phase not in phases:
            raise BadInput(
                worded(
                    "lever_files.no_phase",
                    id=kind.id,
                    phase=phase,
                    nearest=nearest(phase, phases),
                    phases=", ".join(phases),
                )
            )
    if set(getattr(kind, "phases", ())) != set(hooks):
        raise BadInput(
            worded(
                "lever_files.phases_differ",
                id=kind.id,
                phases=sorted(getattr(kind, "phases", ())),
                hooks=sorted(hooks),
            )
        )
