"""Repeat one stored run from its exact configuration, and say whether the numbers are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.errors import DONE, SOME_FAILED, BadInput
from experiments.identity import code_hash
from experiments.manifest import command
from experiments.own import own_levers
from experiments.progress import say
from experiments.reading import reading, studies
from experiments.speech import worded
from experiments.store import Store, with_values
from experiments.tables import Table, show
from experiments.text import LANGUAGES
from experiments.typed_path import typed_path

LEAST_DIGITS = 4
STORED = "levers_from=stored"


def reproduce(run_id: str, overrides: Sequence[str], form: str, *, again: bool) -> int:
    """Find a run by the start of its id, print how to repeat it, and repeat it."""
    stored = STORED in overrides
    words = [word for word in overrides if word != STORED]
    options = reading(words, ("results", "levers_from", "lang"), LANGUAGES)
    store, found, design = find_run(typed_path(options.get("results", "results")), run_id)
    identity, _, seed = found
    config = _config(store, design)
    shared = [f"{key}={store.manifest[key]}" for key in ("quarters", "sample")]
    own = [
        item
        for item in store.manifest["overrides"]
        if item.startswith(("scenarios_from=", "levers_from="))
    ]
    facts: dict[str, Any] = {
        "run_id": identity,
        "folder": str(store.folder),
        "design": design["design"],
        "seed": seed,
        "command": command("run", [*own, *design["overrides"], *shared, f"seeds={seed + 1}"]),
        "made_by": store.manifest["command"],
        "git": store.manifest["git"]["revision"],
        "code": store.manifest["code_hash"],
        "config": config,
        "same_numbers": None,
    }
    if store.manifest["code_hash"] != code_hash():
        say(worded("notices.code_changed"))
    code = _own_code(store, design)
    if code and not stored and own_levers(options.get("levers_from", "")) != code:
        say(worded("notices.not_again", stored=STORED))
    elif again:
        facts["same_numbers"] = _repeat(store, found, design)
    rows = [[key, "" if value is None else str(value)] for key, value in facts.items()]
    show([Table(["", "run"], rows, left=2)], facts, form)
    return SOME_FAILED if facts["same_numbers"] is False else DONE


def find_run(results: Path, run_id: str) -> tuple[Store, list[Any], dict[str, Any]]:
    """The store, (run_id, design, seed) and design of a run by the start of its id; raises BadInput."""
    if len(run_id) < LEAST_DIGITS:
        raise BadInput(worded("outputs.short_id", run_id=run_id, digits=LEAST_DIGITS))
    for store in reversed(studies(results)):
        for part in store.manifest["chunks"].values():
            for row in part:
                if row[0].startswith(run_id):
                    designs = {d["design"]: d for d in store.manifest["designs"]}
                    return store, row, designs[row[1]]
    raise BadInput(worded("outputs.no_run", run_id=run_id, results=results))


def _config(store: Store, design: Mapping[str, Any]) -> str:
    """The composed configuration of a design as YAML; a point's values are set on its group's."""
    import yaml

    text = store.config(design)
    if not design.get("values"):
        return text
    config = with_values(yaml.safe_load(text), design["values"], "")
    return yaml.safe_dump(config, allow_unicode=True, sort_keys=False)


def _own_code(store: Store, design: Mapping[str, Any]) -> str:
    """The text of the user's lever file that a design needs, without running it."""
    own = {facts["id"] for facts in store.manifest.get("own_facts", ())}
    return str(store.manifest["own_levers"]) if own & set(design["levers"]) else ""


def _repeat(store: Store, found: Sequence[Any], design: dict[str, Any]) -> bool | None:
    """Run it here; True if its series has the bits that are stored, None if none are."""
    import io

    import pyarrow.parquet as pq
    import yaml

    from experiments.runs import Task, simulate

    config = yaml.safe_load(_config(store, design))
    levers = {
        name: {key: value for key, value in given.items() if key != "enabled"}
        for name, given in config["levers"].items()
    }
    identity, name, seed = found
    task = Task(
        identity, name, seed, config["world"], levers, float(config["extra_budget"]),
        store.manifest["quarters"], store.manifest["sample"],
        _own_code(store, design),
    )  # fmt: skip
    outcome = simulate([task])
    if outcome.rows[0]["status"] != "ok":
        raise BadInput(
            worded(
                "outputs.run_fails", error=str(outcome.rows[0]["error"]).strip().splitlines()[-1]
            )
        )
    for path in store.parts.readable("series"):
        stored = pq.read_table(path, filters=[("run_id", "=", identity)])
        if stored.num_rows:
            return bool(stored.equals(pq.read_table(io.BytesIO(outcome.tables["series"]))))
    return None
