"""Moving production to the region: rent is saved, research stays and works apart from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.schema import Flags
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


def move_production(eco: Ecosystem) -> None:
    """Firms that think of it move their production staff if some years' rent saved exceeds the part
    of the cost they bear; without aid hardly any does.
    """
    firms = eco.firms
    if (firms.staff_region > 0.0).any():
        np.minimum(firms.staff_region, 0.6 * firms.staff, out=firms.staff_region)
    for aid in eco.terms.hosting.relocations:
        _help_to_move(eco, aid)


def _help_to_move(eco: Ecosystem, aid: MovingAid) -> None:
    firms, world, nominal, dice = eco.firms, eco.world.zones, eco.conditions.nominal, eco.dice
    rows = places.may_move_production(
        aid.eligible, firms.aware, dice.roll("thinks of moving production", firms.uid), 0.1,
        firms.staff, world.mover_staff, firms.staff_region, firms.incubator, firms.line_space,
        firms.zone, REGION,
    )  # fmt: skip
    if rows.size == 0:
        return
    burden, lot = dice.rolls(("cost of moving production", "turn for moving aid"), firms.uid[rows])
    saved = world.space_per_head * 12.0 / 1e6 * (eco.zones.rent - eco.zones.rent[REGION])
    rows, people, cost, helped = places.move_production(
        rows, firms.staff, firms.st_staff, firms.zone, firms.cash, saved, world.production_share,
        world.relocation_years, world.relocation_cost * nominal, burden, lot, aid.share,
        aid.cap * nominal, eco.treasury.available(aid.lever),
    )  # fmt: skip
    eco.ledger.pay("firms", "outside", "moving production", cost, payer_rows=rows)
    eco.treasury.spend(aid.lever, "firms", "moving production", helped, payee_rows=rows)
    firms.staff_region[rows] = people
    eco.record.count(relocations=rows.size)
    eco.record.event("moved its production to the region", rows, people)
