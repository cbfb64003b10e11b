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
from experiments.questions.asking import Option
from experiments.questions.settings import QUESTIONS
from experiments.speech import worded
from experiments.sweeps.ranges import BOUNDS, numbers

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
RANGED = ("sweep", "sensitivity", "discover")  # verbs that fill ranges of numbers


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
    from experiments.metrics import METRICS
    from experiments.questions.interactions import declared_pairs
    from experiments.schema import known_keys
    from experiments.shelf import shipped_scenarios, world_names
    from scenarios.levers import LEVERS

    return {
        "keys": list(known_keys()),
        "levers": list(LEVERS),
        "clauses": list(codes()),
        "scenarios": list(shipped_scenarios()),
        "worlds": list(world_names()),
        "metrics": list(dict.fromkeys(metric.name for metric in METRICS)),
        "numbers": list(numbers("")),
        "pairs": [pair.name for pair in declared_pairs()],
    }


def complete_key(
    context: click.Context | None, _: click.Parameter | None, typed: str
) -> list[CompletionItem]:
    """Complete an override: its key, block by block, then the names that are its values.

    A question's verb has settings of its own beside the keys of every verb.
    """
    words = vocabulary()
    options = _options(context)
    key, equals, value = typed.partition("=")
    if equals:
        names = _values(key, options, words)
        if not names and context and context.info_name in RANGED and key in words["numbers"]:
            names = [BOUNDS]
        head, comma, last = value.rpartition(",")
        if key in options and not isinstance(options[key].default, tuple):
            head, comma, last = "", "", value  # takes one value
        front, given = f"{key}={head}{comma}", head.split(",")
        found = [n for n in names if n.startswith(last) and n not in given]
        return [CompletionItem(f"{front}{name}") for name in _blockwise(found, last)]
    own = [CompletionItem(f"{name}=") for name in options if name.startswith(typed)]
    depth = typed.count(".") + 1
    found_keys: dict[str, None] = {}
    for name in words["keys"]:
        if name.startswith(typed):
            parts = name.split(".")
            found_keys[".".join(parts[:depth]) + ("=" if len(parts) == depth else ".")] = None
    return [*own, *(CompletionItem(name) for name in found_keys)]


def _options(context: click.Context | None) -> dict[str, Option]:
    """The settings of the question whose verb is being typed; none for other verbs."""
    question = QUESTIONS.get(context.info_name or "") if context else None
    return {item.name: item for item in question.options} if question else {}


def _values(key: str, options: dict[str, Option], words: dict[str, list[str]]) -> list[str]:
    """The names that are values of a key, as far as they are known."""
    if key in options:
        named = {"metric": words["metrics"], "parameter": words["numbers"]}
        return list(options[key].choices) or named.get(options[key].names, [])
    if key.endswith(".enabled"):
        return ["true", "false"]
    names = {
        "scenario": words["scenarios"],
        "against": words["scenarios"],
        "world": words["worlds"],
        **CHOICES,
    }
    return names.get(key, [])


def _blockwise(names: list[str], typed: str) -> list[str]:
    """Names up to the next dot beyond what is typed, each once: a key has hundreds."""
    depth = typed.count(".") + 1
    cut = (name.split(".") for name in names)
    return list(dict.fromkeys(".".join(p[:depth]) + "." * (len(p) > depth) for p in cut))


def complete_pair(
    context: click.Context | None, parameter: click.Parameter | None, typed: str
) -> list[CompletionItem]:
    """Complete what `wotu interactions` takes: a declared pair, lever+lever, or an override."""
    if "=" in typed or "." in typed:
        return complete_key(context, parameter, typed)
    words = vocabulary()
    head, plus, last = typed.rpartition("+")
    taken = head.split("+")
    levers = [f"{head}{plus}{n}" for n in words["levers"] if n.startswith(last) and n not in taken]
    if not plus:
        levers = [f"{name}+" for name in levers]
    pairs = [name for name in words["pairs"] if name.startswith(typed) and name not in levers]
    keys = [] if plus else complete_key(context, parameter, typed)
    return [*(CompletionItem(name) for name in (*pairs, *levers)), *keys]


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
        raise BadInput(worded("values.shell", shell=shell))
    made: Any = get_completion_class(shell)
    from experiments.cli import wotu

    script = made(wotu, {}, "wotu", VARIABLE)
    path = Path.home() / HOMES[shell]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = script.source_template % script.source_vars()
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(worded("files.not_written", path=path, reason=error.strerror)) from error
    done = "notices.completion_zsh" if shell == "zsh" else "notices.completion"
    return worded(done, shell=shell, path=path)
