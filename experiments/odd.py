"""Keep the tables of ODD.md in step with the declarations: `python -m experiments.odd`."""

from __future__ import annotations

from pathlib import Path

from agents.declare import Declaration, declarations
from scenarios.levers import LEVERS
from sim.world import World

DOCUMENT = Path(__file__).resolve().parent.parent / "ODD.md"


def _value(declaration: Declaration) -> str:
    value = declaration.value
    if isinstance(value, tuple):
        return ", ".join(f"{item:g}" if isinstance(item, float) else str(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def parameter_table() -> str:
    """Every declared value of the world, as Markdown."""
    lines = ["| parameter | value | unit | grade | source | meaning |", "|---|---|---|---|---|---|"]
    lines += [
        f"| `{d.name}` | {_value(d)} | {d.unit} | {d.grade} | {d.source or '–'} | {d.meaning} |"
        for d in declarations(World)
    ]
    return "\n".join(lines)


def lever_table() -> str:
    """Every value of every lever, as Markdown, in the document's order."""
    lines = [
        "| lever | clause | value | default | unit | grade | meaning |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, lever in LEVERS.items():
        lines += [
            f"| `{name}` | {lever.clause} | `{d.name}` | {_value(d)} | {d.unit} | {d.grade} "
            f"| {d.meaning} |"
            for d in declarations(lever)
            if d.name not in ("start", "end") and not d.name.startswith("targeting.")
        ]
    return "\n".join(lines)


def renewed(text: str) -> str:
    """The document with its generated tables replaced."""
    for mark, table in (("parameters", parameter_table()), ("levers", lever_table())):
        begin, end = f"<!-- {mark}:begin -->", f"<!-- {mark}:end -->"
        head, rest = text.split(begin)
        tail = rest.split(end)[1]
        text = f"{head}{begin}\n{table}\n{end}{tail}"
    return text


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
