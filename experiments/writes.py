"""What a lever writes: the terms its hooks contribute to, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.errors import BadInput, nearest
from experiments.own import source_of
from experiments.own_lines import InFile
from experiments.speech import worded
from sim.quarter import PHASES
from sim.terms import Term

if TYPE_CHECKING:
    from scenarios.lever import Lever

ALL = "*"  # stands for `eco.terms`, before a phase is chosen


@dataclass(frozen=True)
class Written:
    """One term of a phase that a lever contributes to."""

    phase: str
    name: str
    term: Term


def writes(kind: type[Lever]) -> tuple[Written, ...]:
    """The terms that a lever's hooks contribute to, in the order of the quarter.

    Read from the calls `eco.terms.<phase>.contribute(self.id, <term>=…)` in its class, its bases
    and the functions of its module; what cannot be read there it names in `writes`. Raises BadInput
    for a term that its phase does not declare.
    """
    read = dict(_contributed(kind))
    named = {(phase, name): 0 for phase, _, name in (item.partition(".") for item in kind.writes)}
    order = [phase.name for phase in PHASES]
    found = [
        Written(phase, name, _term(phase, name, line))
        for (phase, name), line in {**named, **read}.items()
    ]
    return tuple(sorted(found, key=lambda item: (order.index(item.phase), item.name)))


def _term(phase: str, name: str, line: int) -> Term:
    phases = {item.name: item.terms.declared for item in PHASES}
    if phase not in phases:
        raise InFile(
            worded("lever_files.no_such_phase", phase=phase, nearest=nearest(phase, phases)), line
        )
    try:
        return term_of(phase, name, phases[phase])
    except BadInput as error:
        raise InFile(str(error), line) from error


def term_of(phase: str, name: str, declared: Mapping[str, Term]) -> Term:
    """The term of a phase by name; raises BadInput that names the nearest."""
    if name not in declared:
        raise BadInput(
            worded(
                "lever_files.no_term",
                phase=phase,
                name=name,
                nearest=nearest(name, declared),
                declared=", ".join(declared) or "–",
            )
        )
    return declared[name]


def _contributed(kind: type[Lever]) -> Iterator[tuple[tuple[str, str], int]]:
    from scenarios.lever import Lever

    for base in kind.__mro__:
        if issubclass(base, Lever) and base is not Lever:
            for scope in _scopes(base):
                yield from _calls(scope)


def _scopes(kind: type) -> list[ast.AST]:
    """The class, and the functions of its module that it reaches by name."""
    tree = ast.parse(source_of(kind))
    classes = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    waiting: list[ast.AST] = [c for name, c in classes.items() if name == kind.__name__]
    found: list[ast.AST] = []
    while waiting:
        scope = waiting.pop()
        found.append(scope)
        named = {node.id for node in ast.walk(scope) if isinstance(node, ast.Name)}
        waiting += [functions.pop(name) for name in sorted(named & functions.keys())]
    return found


def _calls(scope: ast.AST) -> Iterator[tuple[tuple[str, str], int]]:
    names: dict[str, str] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            meant = _phase(node.value, names)
            if meant:
                names[node.targets[0].id] = meant
    for node in ast.walk(scope):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        phase = _phase(node.func.value, names) if node.func.attr == "contribute" else ""
        if phase and phase != ALL:
            yield from (((phase, word.arg), word.lineno) for word in node.keywords if word.arg)


def _phase(node: ast.expr, names: dict[str, str]) -> str:
    """The phase whose terms an expression is: `eco.terms.selling`, or a name given to them."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if not isinstance(node, ast.Attribute):
        return ""
    if node.attr == "terms":
        return ALL
    return node.attr if _phase(node.value, names) == ALL else ""
