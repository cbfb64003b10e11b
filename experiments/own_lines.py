"""Where in a user's lever file something stands, so that a mistake is told with its line."""

from __future__ import annotations

import ast
import sys

from experiments.errors import BadInput, one_line
from experiments.speech import worded


class InFile(BadInput):
    """Something wrong at a line of a user's lever file (0 where the line is not known)."""

    def __init__(self, told: str, line: int = 0) -> None:
        super().__init__(worded("lever_files.syntax", line=line, problem=told) if line else told)


def in_file(error: BaseException, module: str, *, beside: str = "", spare: int = 0) -> InFile:
    """An error with the last line of the user's file that it passed through, else the line `spare`.

    `beside` says what was going on.
    """
    trace, line = error.__traceback__, spare
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file_name(module):
            line = trace.tb_lineno
        trace = trace.tb_next
    told = one_line(error)
    if not isinstance(error, BadInput):
        told = f"{type(error).__name__}: {told}"
    return InFile(worded("lever_files.beside", told=told, beside=beside) if beside else told, line)


def file_name(module: str) -> str:
    """What the frames of a user's file are called, by the module made of it."""
    return f"<{module}>"


def line_of(kind: type, value: str = "") -> int:
    """The line of a class of a user's file, or of one of its values; 0 where it is not found."""
    text = getattr(sys.modules.get(kind.__module__), "OWN_TEXT", "")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__:
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and getattr(item.target, "id", "") == value:
                    return item.lineno
            return node.lineno
    return 0
