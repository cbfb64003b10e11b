"""Progress on stderr: a bar with the time left in a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from experiments.speech import worded


def say(message: str) -> None:
    """A notice on stderr; stdout carries only tables and JSON."""
    sys.stderr.write(f"wotu: {message}\n")
    sys.stderr.flush()


def lasting(seconds: float) -> str:
    """A time to wait, as precisely as it can be foretold: 40 s, 3 min, 2 h."""
    if seconds < 90:
        return worded("notices.seconds", time=seconds)
    if seconds < 90 * 60:
        return worded("notices.minutes", time=seconds / 60)
    return worded("notices.hours", time=seconds / 3600)


class Progress:
    """Counts runs; a context manager."""

    def __init__(self, total: int, what: str, done: int = 0) -> None:
        self.total, self.what, self.done, self.known = total, what, done, done
        self.start = time.monotonic()
        self.told = 0
        self.bar = self._bar() if sys.stderr.isatty() else None

    def _bar(self):
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        return Bar(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn(worded("notices.unit")), TimeRemainingColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip

    def __enter__(self) -> Progress:
        if self.bar is not None:
            self.bar.start()
            self.task = self.bar.add_task(self.what, total=self.total, completed=self.done)
        return self

    def advance(self, runs: int) -> None:
        """Some runs are done."""
        self.done += runs
        if self.bar is not None:
            self.bar.advance(self.task, runs)
            return
        quarter = 4 * self.done // max(self.total, 1)
        if quarter > self.told and self.done < self.total:
            self.told = quarter
            passed = time.monotonic() - self.start
            each = passed / max(self.done - self.known, 1)
            left = lasting(each * (self.total - self.done))
            say(
                worded(
                    "notices.progress", done=self.done, total=self.total, passed=passed, left=left
                )
            )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
