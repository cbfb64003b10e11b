"""Sequential stopping: seeds are added until the headline effects are known well enough.

An effect is known well enough when half of its 95 % interval is at most `precision` of the effect,
or of one per cent of the reference's level where the effect is smaller than that: nobody needs five
per cent of an effect that is itself next to nothing. Looking several times makes an interval hold
the truth a little less often than 95 %; so a study begins with `seeds` and grows by half each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInput
from experiments.speech import worded

if TYPE_CHECKING:
    import pandas as pd

GROWTH = 1.5
SMALL = 0.01  # of the reference's level
LEAST_SEEDS = 3


def rounds(settings: Mapping[str, Any]) -> list[int]:
    """Numbers of seeds after which a study looks whether it may stop; the last is its limit."""
    found = [int(settings["seeds"])]
    if settings["precision"] > 0:
        while found[-1] < settings["most_seeds"]:
            found.append(min(round(found[-1] * GROWTH), int(settings["most_seeds"])))
    return found


def check_precision(settings: Mapping[str, Any]) -> None:
    """Refuse a precision that cannot be reached, or that has no room to be."""
    precision, seeds, most = (settings[key] for key in ("precision", "seeds", "most_seeds"))
    if not 0 <= precision < 1:
        raise BadInput(worded("sweeps.precision", precision=precision))
    if precision > 0 and not LEAST_SEEDS <= seeds < most:
        raise BadInput(
            worded(
                "sweeps.precision_seeds",
                precision=precision,
                seeds=seeds,
                most=most,
                least=LEAST_SEEDS,
            )
        )


def loose(effects: pd.DataFrame, precision: float) -> pd.DataFrame:
    """Headline effects that are not known well enough yet, the widest first.

    Columns as in effects, and `width`: half of the interval over what it should be at most, > 1.
    Ratios that are undefined, such as the cost per job, are left out.
    """
    rows = effects[effects["headline"].astype(bool) & effects["low"].notna()]
    rows = rows[rows["metric"] != "cost_per_job"]
    half = (rows["high"] - rows["low"]) / 2
    size = rows["mean"].abs().clip(lower=SMALL * rows["baseline"].abs())
    width = (half / (precision * size)).where(half > 0, 0.0)
    return rows.assign(width=width)[width > 1].sort_values("width", ascending=False)
