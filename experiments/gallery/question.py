"""Whether a folder answers a question on top of sweeps, which a report or a deck would tell wrongly."""

from __future__ import annotations

import shlex
from pathlib import Path

from experiments.errors import BadInput
from experiments.questions.stages import FILE, read_question
from experiments.speech import worded
from experiments.store import MANIFEST, Store

ALONE = ("attribute", "interactions")  # questions of one stage, whose folder is that of a study


def question_of(folder: Path) -> str:
    """The verb that a question's folder answers; empty for the folder of a study."""
    return str(read_question(folder)["verb"]) if (folder / FILE).exists() else ""


def refuse_question(folder: Path, made: str) -> None:
    """Raise BadInput where the designs of a folder are coalitions, mixes or points of a question.

    `made` is what would be written, in words. A stage is refused by the name of its question.
    """
    place = folder if (folder / FILE).exists() else folder.absolute().parent
    verb = question_of(place)
    if not verb and (folder / MANIFEST).exists():
        place, verb = folder, str(Store(folder).manifest["verb"])
        verb = verb if verb in ALONE else ""
    if verb:
        raise BadInput(
            worded(
                "outputs.question",
                place=place,
                verb=verb,
                made=made,
                folder=shlex.quote(str(place)),
            )
        )
