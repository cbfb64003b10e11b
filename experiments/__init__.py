"""What we ask of the district: designs, runs, paired effects, figures and reports.

`from experiments import run, compare, sweep` gives tidy pandas frames; `wotu` is the same by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.comparison import compare, run, sweep

__all__ = ["compare", "run", "sweep"]


def __getattr__(name: str) -> Any:
    """Import on first use: most of the libraries below cost seconds."""
    if name in __all__:
        import importlib

        return getattr(importlib.import_module("experiments.comparison"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
