"""What never changes in a firm: honesty, ambition, patience and the salary its owner gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import exp, normal
from agents.schema import Ints

if TYPE_CHECKING:
    from sim.model import Ecosystem


def settle_character(eco: Ecosystem, rows: Ints) -> None:
    """Draw the fixed traits of new firms, by their identity."""
    firms, world = eco.firms, eco.world
    uid = firms.uid[rows]
    leaving, founders = world.leaving, world.founders
    honesty, ambition, patience, salary = eco.dice.rolls(
        ("honesty", "ambition", "patience", "salary"), uid
    )
    firms.honesty[rows] = world.firms.honesty_spread * honesty
    firms.ambition[rows] = ambition
    span = leaving.patience_high - leaving.patience_low
    firms.patience[rows] = leaving.patience_low + np.floor(span * patience)
    firms.outside_option[rows] = founders.outside_option * exp(
        founders.outside_spread * normal(salary)
    )
