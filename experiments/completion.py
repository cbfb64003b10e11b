"""Tab completion: verbs by click, override keys and names from a small cache beside the kernels."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from experiments.errors import BadInput

VARIABLE = "_WOTU_COMPLETE"
HOMES = {
    "bash": ".local/share/bash-completion/completions/wotu",
    "zsh": ".zfunc/_wotu",
    "fish": ".config/fish/completions/wotu.fish",
}
CHOICES = {
    "engine": ["processes", "serial", "dask", "ray", "slurm"],
    "lang": ["en", "zh"],
    "design": ["lhs", "sobol", "morris", "grid"],
}


def vocabulary() -> dict[str, list[str]]:
    """Keys, lever ids, scenarios and worlds; kept in a file named by the sources and conf/."""
    from agents.sources import ROOT, cache_folder, source_hash

    conf = sorted((ROOT / "conf").rglob("*.yaml"))
    stamp = source_hash("sim/world", "scenarios", "experiments")
    path = cache_folder() / f"words-{stamp}-{abs(hash_names(conf)):x}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        words = _gather()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(words), encoding="utf-8")
    except OSError:
        pass
    return words


def hash_names(paths: list[Path]) -> int:
    """A number for a set of file names."""
    import zlib

    return zlib.crc32("\n".join(map(str, paths)).encode())


def _gather() -> dict[str, list[str]]:
    from experiments.clauses import codes
    from experiments.schema import known_keys
    from experiments.shelf import shipped_scenarios, world_names
    from scenarios.levers import LEVERS

    return {
        "keys": list(known_keys()),
        "levers": list(LEVERS),
        "clauses": list(codes()),
        "scenarios": list(shipped_scenarios()),
        "worlds": list(world_names()),
    }


def complete_key(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete an override: its key, block by block, then the names that are its values."""
    words = vocabulary()
    key, equals, value = typed.partition("=")
    if equals:
        names = {
            "scenario": words["scenarios"],
            "against": words["scenarios"],
            "world": words["worlds"],
            **CHOICES,
        }.get(key, [])
        names = ["true", "false"] if key.endswith(".enabled") else names
        head, comma, last = value.rpartition(",")
        front = f"{key}={head}{comma}"
        return [CompletionItem(f"{front}{name}") for name in names if name.startswith(last)]
    depth = typed.count(".") + 1
    found: dict[str, None] = {}
    for name in words["keys"]:
        if name.startswith(typed):
            parts = name.split(".")
            found[".".join(parts[:depth]) + ("=" if len(parts) == depth else ".")] = None
    return [CompletionItem(name) for name in found]


def complete_name(kind: str) -> Callable[..., list[CompletionItem]]:
    """Complete a name from the vocabulary."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
        return [CompletionItem(name) for name in vocabulary()[kind] if name.startswith(typed)]

    return complete


def install(shell: str) -> str:
    """Write the completion script where the shell looks for it; returns what was done."""
    if shell == "auto":
        shell = Path(os.environ.get("SHELL", "bash")).name
    if shell not in HOMES:
        raise BadInput(f"no completion for the shell {shell!r}; name bash, zsh or fish")
    made: Any = get_completion_class(shell)
    from experiments.cli import wotu

    script = made(wotu, {}, "wotu", VARIABLE)
    path = Path.home() / HOMES[shell]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = script.source_template % script.source_vars()
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from error
    more = "; add ~/.zfunc to fpath before compinit" if shell == "zsh" else ""
    return f"completion for {shell} is in {path}{more}; open a new shell"
