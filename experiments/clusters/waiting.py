"""What Slurm says of our jobs. `squeue` is asked, since `sacct` needs a cluster that keeps accounts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping

from experiments.errors import one_line
from experiments.progress import say

PATIENCE = 60.0  # seconds for an answer
USUAL = {"", "None", "Resources", "Priority"}  # reasons to wait that pass by themselves


class NoAnswer(Exception):  # noqa: N818, says what the controller did
    """Slurm's controller could not be asked."""


def queue() -> dict[str, str]:
    """Jobs of this user that wait or run, by id: why a job waits, or nothing. Raises NoAnswer."""
    command = ["squeue", "--me", "--noheader", "--format=%A|%T|%r"]
    usual = {name: value for name, value in os.environ.items() if not name.startswith("SQUEUE_")}
    try:
        done = subprocess.run(
            command, env=usual, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except subprocess.CalledProcessError as error:
        raise NoAnswer(error.stderr.strip() or str(error)) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswer(one_line(error)) from error
    rows = (line.split("|", 2) for line in done.stdout.splitlines())
    return {job: why if state == "PENDING" else "" for job, state, why in rows}


class HeldBack:
    """Says once for each reason that jobs wait for something other than their turn."""

    def __init__(self, tell: Callable[[str], None] = say) -> None:
        self._told: set[str] = set()
        self._tell = tell

    def look(self, jobs: Mapping[str, str]) -> None:
        """Tell of reasons that were not told before."""
        for why in sorted({*jobs.values()} - USUAL - self._told):
            self._told.add(why)
            self._tell(f"Slurm lets jobs wait, saying {why} (SBATCH_* variables: docs/cluster.md)")
