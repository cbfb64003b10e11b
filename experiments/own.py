"""A user's own levers: a file outside the project, loaded before a configuration is composed.

The file's text is what travels: to the schema, to workers (classes made at run time do not
pickle, so each worker compiles the text), into the manifest, and as a hash into a run's identity.
A page never names such a file: whoever may name one may run any code.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput, nearest
from experiments.own_class import check_class
from experiments.own_hooks import watch
from experiments.own_lines import InFile, file_name, in_file, line_of
from experiments.speech import worded
from experiments.typed_path import typed_path

if TYPE_CHECKING:
    from scenarios.lever import Lever

Levers = Mapping[str, "type[Lever]"]


def own_levers(path: str) -> str:
    """The checked text of a user's lever file, nothing for no file; raises BadInput."""
    if not path:
        return ""
    file = typed_path(path)
    if not file.is_file():
        raise BadInput(worded("lever_files.no_file", path=path))
    try:
        text = file.read_text(encoding="utf-8-sig")  # an editor may have put a mark in front
    except OSError as error:
        raise BadInput(
            worded("lever_files.unreadable", path=path, reason=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(worded("lever_files.no_text", path=path, start=error.start)) from error
    try:
        if not text.strip():
            raise BadInput(worded("lever_files.no_lever"))
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
        check_class(kind)
        if kind.id in found:
            clash = "lever_files.ships" if kind.id in LEVERS else "lever_files.twice"
            raise InFile(worded(clash, id=kind.id), line_of(kind))
        watch(kind)
        found[kind.id] = kind
    for name in set(found) - set(LEVERS):
        for other in found[name].excludes:
            if other not in found:
                raise InFile(
                    worded(
                        "lever_files.excludes",
                        name=name,
                        other=other,
                        nearest=nearest(other, found),
                    ),
                    line_of(found[name]),
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
        with redirect_stdout(sys.stderr):  # stdout holds nothing but the table or JSON
            exec(compile(own, file_name(name), "exec"), module.__dict__)
    except SyntaxError as error:
        raise InFile(error.msg, error.lineno or 0) from error
    except (Exception, SystemExit) as error:
        raise in_file(error, name) from error
    return module


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
