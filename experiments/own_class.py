"""What the class of a user's own lever must be, looked at before a configuration is composed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput, nearest
from experiments.own_lines import InFile, in_file, line_of

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
            error, kind.__module__, beside=f"lever {kind.id}", spare=line_of(kind)
        ) from error


def _check_names(kind: type[Lever]) -> None:
    from scenarios.levers import SECTIONS

    if not IDENTIFIER.fullmatch(str(getattr(kind, "id", ""))):
        raise BadInput(
            f"class {kind.__name__} needs an id of small letters, digits and underscores"
        )
    for name, value in (("section", "beyond"), ("clause", "–"), ("words", "")):
        if not hasattr(kind, name):
            setattr(kind, name, value)
    if kind.section not in SECTIONS:
        raise BadInput(f"lever {kind.id}: section {kind.section!r} is not one of {SECTIONS}")
    frozen = getattr(vars(kind).get("__dataclass_params__"), "frozen", False)
    if not frozen:
        raise BadInput(f"lever {kind.id} needs @dataclass(frozen=True) above its class")


def _check_values(kind: type[Lever]) -> None:
    """Refuse values that no configuration could hold, or that their own declaration refuses."""
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    from experiments.schema import build, default_of, value_block

    for item in fields(kind):
        line, where = line_of(kind, item.name), f"value {item.name!r} of lever {kind.id}"
        if item.name == "enabled":
            raise InFile(f"{where} has the name that switches a lever on; rename it", line)
        if not VALUE_NAME.fullmatch(item.name):
            raise InFile(f"{where} needs a name of letters, digits and underscores", line)
        value = default_of(item)
        parts = value if isinstance(value, tuple) else (value,)
        if not (is_dataclass(value) or all(isinstance(part, VALUE_KINDS) for part in parts)):
            raise InFile(
                f"{where} is a {type(value).__name__}; a value is a number, a text, true or false, "
                "or a tuple of these",
                line,
            )
    for name in kind.zero:
        if name not in {item.name for item in fields(kind)}:
            raise BadInput(f"lever {kind.id}: zero names {name!r}, which is none of its values")
    try:
        OmegaConf.structured(value_block(kind))
    except OmegaConfBaseException as error:
        key = str(getattr(error, "full_key", "") or "").partition(".")[0]
        raise InFile(
            f"value {key!r} of lever {kind.id} is not of the kind that its annotation names",
            line_of(kind, key),
        ) from error
    build(kind, asdict(kind()), f"levers.{kind.id}")


def _check_hooks(kind: type[Lever]) -> None:
    from sim.quarter import PHASES

    stated: Any = getattr(kind, "phases", ())
    if isinstance(stated, str):
        raise BadInput(f'lever {kind.id}: phases is a text; write phases = ("{stated}",)')
    hooks: Any = kind().hooks()
    if not isinstance(hooks, Mapping):
        raise BadInput(
            f"lever {kind.id}: hooks() gives a {type(hooks).__name__}; "
            'write return {"selling": self.method}, a method for each phase'
        )
    phases = tuple(phase.name for phase in PHASES)
    for phase in (*stated, *hooks):
        if phase not in phases:
            raise BadInput(
                f"lever {kind.id}: no phase {phase!r}{nearest(str(phase), phases)} "
                f"(the phases are {', '.join(phases)})"
            )
    if set(stated) != set(hooks):
        raise BadInput(
            f"lever {kind.id}: phases names {sorted(stated)}, and hooks() gives {sorted(hooks)}"
        )
    for phase, hook in hooks.items():
        _check_callable(kind, phase, hook)


def _check_callable(kind: type[Lever], phase: str, hook: Any) -> None:
    if not callable(hook):
        raise BadInput(
            f"lever {kind.id}: the hook of {phase} is {hook!r}, which cannot be called; "
            "give the method itself"
        )
    try:
        inspect.signature(hook).bind(None)
    except TypeError as error:
        line = getattr(getattr(hook, "__code__", None), "co_firstlineno", line_of(kind))
        name = getattr(hook, "__name__", "hook")
        raise InFile(
            f"the hook {name} of lever {kind.id} must take eco beside self: def {name}(self, eco)",
            line,
        ) from error


def _check_terms(kind: type[Lever]) -> None:
    from experiments.writes import writes

    writes(kind)
