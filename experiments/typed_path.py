"""A path as a user types it."""

from __future__ import annotations

from pathlib import Path

from experiments.errors import BadInput, one_line
from experiments.speech import worded


def typed_path(given: str | Path) -> Path:
    """The path, ~ being the user's own folder; raises BadInput for one that no file can have."""
    try:
        path = Path(given).expanduser()
        path.exists()
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or one_line(error)
        raise BadInput(
            worded("values.unusable", where=_shortened(str(given)), error=reason)
        ) from error
    return path


def _shortened(text: str, most: int = 60) -> str:
    """A text that is too long to be told whole, by its beginning and end."""
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 3 :]}"
