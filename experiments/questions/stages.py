"""Questions asked in stages: one folder a question, in it one study a stage, and question.json.

The next stage depends on what the one before found, so each is a study of its own; the same command
finds the folder again and continues where it was stopped. `wotu results results=FOLDER` lists them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.design import Plan
from experiments.errors import BadInput, Unfinished
from experiments.identity import code_hash, digest
from experiments.manifest import command
from experiments.speech import worded
from experiments.study import Study, study_of
from experiments.typed_path import typed_path

FILE = "question.json"
SHARED = ("seeds", "quarters", "sample")


def question_folder(verb: str, plan: Plan, facts: Mapping[str, Any]) -> Path:
    """Where a question's stages go: `name=`, or the verb and a hash of plan, facts and code."""
    name = plan.settings["name"] or f"{verb}-{_identity(plan, facts)}"
    return typed_path(plan.settings["results"]) / str(name)


def _identity(plan: Plan, facts: Mapping[str, Any]) -> str:
    designs = sorted((design.id, design.identity) for design in plan.designs)
    shared = [plan.settings[key] for key in SHARED]
    return digest([designs, shared, json.loads(json.dumps(facts)), code_hash()])[:12]


def open_question(
    folder: Path,
    verb: str,
    words: Sequence[str],
    plan: Plan,
    facts: Mapping[str, Any],
    settings: Mapping[str, Any],
) -> None:
    """Make the folder, or find it; raises BadInput where it holds another question.

    `facts` are part of the question's identity. `settings` need not be: what only decides how runs are
    read costs no new runs, and is kept as last given, so that charts draw what was last asked.
    """
    identity = _identity(plan, facts)
    path = folder / FILE
    if path.exists():
        found = read_question(folder)
        if found["identity"] != identity:
            raise BadInput(
                worded("questions.other_question", folder=folder, command=found["command"])
            )
    elif folder.exists() and any(folder.iterdir()):
        raise BadInput(worded("questions.no_question_folder", folder=folder))
    kept = {
        "verb": verb, "command": command(verb, words), "words": list(words), "identity": identity,
        "settings": dict(settings), **facts,
    }  # fmt: skip
    if path.exists() and json.loads(json.dumps(kept)) == found:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{FILE}.tmp")
        temporary.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise Unfinished(
            worded("files.folder_not_written", folder=folder, reason=error.strerror)
        ) from error


def read_question(folder: Path) -> dict[str, Any]:
    """What was asked in a folder; raises BadInput where there is no readable question.json."""
    path = Path(folder) / FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(worded("questions.no_question", folder=folder, file=FILE)) from error
    except ValueError as error:
        raise _damaged(path, error) from error
    if not (isinstance(found, dict) and {"verb", "command", "identity"} <= found.keys()):
        raise _damaged(path, worded("questions.holds_none"))
    return found


def _damaged(path: Path, why: object) -> BadInput:
    return BadInput(worded("questions.damaged", path=path, why=why))


def stage(verb: str, words: Sequence[str], plan: Plan, folder: Path, name: str) -> Study:
    """The study of one stage, inside its question's folder."""
    settings = {**plan.settings, "results": str(folder), "name": name}
    return study_of(verb, words, replace(plan, settings=settings))
