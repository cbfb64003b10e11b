"""SQL over a study: its stored tables, and those that are made when they are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from experiments.store import Store

if TYPE_CHECKING:
    import pandas as pd


def answer(store: Store, sql: str) -> pd.DataFrame:
    """Answer SQL over the tables of docs/results.md; raises BadInput for bad SQL."""
    from experiments.effects import effects
    from experiments.sweeps.variance import variance

    makers = {"effects": effects, "variance": variance, "designs": Store.designs}
    words = set(re.findall(r"\w+", sql.lower()))
    return store.query(sql, **{name: make(store) for name, make in makers.items() if name in words})
