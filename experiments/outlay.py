"""Planned outlay: what the envelopes of a scenario add up to, and scaling them to one total."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def share_in_force(lever: Mapping[str, Any], quarters: int) -> float:
    """Share of a run's quarters in which a lever is in force."""
    first, last = max(int(lever["start"]), 0), min(int(lever["end"]), quarters)
    return max(last - first, 0) / quarters


def planned(levers: Mapping[str, Mapping[str, Any]], quarters: int) -> float:
    """Mean yearly outlay planned over a run [m yuan/year]: each envelope while it is in force."""
    return sum(
        float(values["envelope"]) * share_in_force(values, quarters) for values in levers.values()
    )


def scaled(
    levers: Mapping[str, Mapping[str, Any]], total: float, quarters: int
) -> dict[str, float]:
    """Envelopes in the proportions given that plan `total` m yuan a year over the run.

    Without a total, or where nothing is planned, the envelopes stay as they are stated.
    """
    stated = planned(levers, quarters)
    factor = total / stated if total > 0.0 and stated > 0.0 else 1.0
    return {name: float(values["envelope"]) * factor for name, values in levers.items()}
