"""What the class of a user's own lever must be, looked at before a configuration is composed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from agents.declare import parts_of
from experiments.errors import BadInput, nearest
from experiments.own_lines import InFile, in_file, line_of
from experiments.speech import worded

if TYPE_CHECKING:
    from scenarios.lever import Lever

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
VALUE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
VALUE_KINDS = (bool, int, float, str)


def check_class(kind: type[Lever]) -> None:
    """Refuse a class that a run could not use, and fill in what an own lever may leave out.

    Raises BadInput that begins with the line.
    """
    try:
        _check_names(kind)
        _check_values(kind)
        _check_hooks(kind)
        _check_terms(kind)
    except InFile:
        raise
    except BadInput as error:
        raise InFile(str(error), line_of(kind)) from error
    except (Exception, SystemExit) as error:  # whatever a class may do when it is looked at
        raise in_file(
            error,
            kind.__module__,
            beside=worded("lever_files.lever", id=kind.id),
            spare=line_of(kind),
        ) from error


def _check_names(kind: type[Lever]) -> None:
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


def _check_values(kind: type[Lever]) -> None:
    """Refuse values that no configuration could hold, or that their own declaration refuses."""
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    from experiments.schema import build, default_of, value_block

    for item in fields(kind):
        line = line_of(kind, item.name)
        if item.name == "enabled":
            raise InFile(worded("lever_files.enabled", id=kind.id, name=item.name), line)
        if not VALUE_NAME.fullmatch(item.name):
            raise InFile(worded("lever_files.value_name", id=kind.id, name=item.name), line)
        value = default_of(item)
        plain = all(isinstance(part, VALUE_KINDS) for part in parts_of(value))
        if not (is_dataclass(value) or plain):
            kind_given = type(value).__name__
            raise InFile(
                worded("lever_files.value_kind", kind=kind_given, id=kind.id, name=item.name), line
            )
    for name in kind.zero:
        if name not in {item.name for item in fields(kind)}:
            raise BadInput(worded("lever_files.zero", id=kind.id, name=name))
    try:
        OmegaConf.structured(value_block(kind))
    except OmegaConfBaseException as error:
        key = str(getattr(error, "full_key", "") or "").partition(".")[0]
        raise InFile(
            worded("lever_files.annotation", id=kind.id, name=key), line_of(kind, key)
        ) from error
    build(kind, asdict(kind()), f"levers.{kind.id}")


def _check_hooks(kind: type[Lever]) -> None:
    from sim.quarter import PHASES

    stated: Any = getattr(kind, "phases", ())
    if isinstance(stated, str):
        raise BadInput(worded("lever_files.phases_text", id=kind.id, phase=stated))
    hooks: Any = kind().hooks()
    if not isinstance(hooks, Mapping):
        raise BadInput(worded("lever_files.hooks_kind", id=kind.id, kind=type(hooks).__name__))
    phases = tuple(phase.name for phase in PHASES)
    for phase in (*stated, *hooks):
        if phase not in phases:
            raise BadInput(
                worded(
                    "lever_files.no_phase",
                    id=kind.id,
                    phase=phase,
                    nearest=nearest(str(phase), phases),
                    phases=", ".join(phases),
                )
            )
    if set(stated) != set(hooks):
        raise BadInput(
            worded(
                "lever_files.phases_differ", id=kind.id, phases=sorted(stated), hooks=sorted(hooks)
            )
        )
    for phase, hook in hooks.items():
        _check_callable(kind, phase, hook)


def _check_callable(kind: type[Lever], phase: str, hook: Any) -> None:
    if not callable(hook):
        raise BadInput(worded("lever_files.not_called", id=kind.id, phase=phase, hook=hook))
    try:
        inspect.signature(hook).bind(None)
    except TypeError as error:
        line = getattr(getattr(hook, "__code__", None), "co_firstlineno", line_of(kind))
        name = getattr(hook, "__name__", "hook")
        raise InFile(worded("lever_files.no_eco", id=kind.id, name=name), line) from error


def _check_terms(kind: type[Lever]) -> None:
    from experiments.writes import writes

    writes(kind)
