"""Moving production to the region: rent is saved, research stays and works apart from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Flags, Floats, Ints
from sim.markets import places
from sim.zones import REGION

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class MovingAid:
    """A share of the cost of moving production, up to a cap a firm (m yuan of 2014)."""

    lever: str
    share: float
    cap: float
    eligible: Flags


def move_production(eco: Ecosystem, per_head: Floats) -> None:
    """Firms that think of it move their production staff if some years' rent saved exceeds what they
    bear of the cost. They do so unaided; lines bear a part for the eligible firms that know of them.

    per_head: floor space by zone (m²), which is what firms pay rent for.
    """
    firms, world, nominal, dice = eco.firms, eco.world.zones, eco.conditions.nominal, eco.dice
    if eco.quarter < 0:
        # While the district grows into its opening nobody moves away.
        return
    rows = places.may_move_production(
        dice.roll("thinks of moving production", firms.uid), 0.1, firms.staff, world.mover_staff,
        firms.staff_region, firms.incubator, firms.line_space, firms.zone, REGION,
    )  # fmt: skip
    if rows.size == 0:
        return
    aids = eco.terms.hosting.relocations
    # What moving costs a firm is its own: were it drawn anew, one lucky quarter would decide for good.
    burden = dice.kept("cost of moving production", firms.uid[rows])
    lot = dice.roll("turn for moving aid", firms.uid[rows])
    rent, there = eco.zones.rent, world.space_per_head * eco.zones.rent[REGION]
    rows, people, cost, paid = places.move_production(
        rows, firms.staff, firms.st_staff, firms.zone, firms.cash,
        (per_head * rent - there) * 12.0 / 1e6, world.production_share, world.relocation_years,
        world.relocation_cost * nominal, burden, lot, _helped(eco, aids, rows),
        np.array([aid.share for aid in aids]), np.array([aid.cap for aid in aids]) * nominal,
        np.array([eco.treasury.available(aid.lever) for aid in aids]),
    )  # fmt: skip
    eco.ledger.pay("firms", "outside", "moving production", cost, payer_rows=rows)
    for aid, amount in zip(aids, paid, strict=True):
        eco.treasury.spend(aid.lever, "firms", "moving production", amount, payee_rows=rows)
    firms.staff_region[rows] = people
    eco.record.count(relocations=rows.size)
    eco.record.event("moved its production to the region", rows, people)


def _helped(eco: Ecosystem, aids: Sequence[MovingAid], rows: Ints) -> Flags:
    """Which of the firms (rows) each line helps, shape (lines, rows)."""
    out = np.empty((len(aids), rows.size), bool)
    for k, aid in enumerate(aids):
        out[k] = aid.eligible[rows] & eco.firms.aware[rows]
    return out
