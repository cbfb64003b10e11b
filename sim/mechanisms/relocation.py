"""Moving production to the region: rent is saved, research stays and works apart from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.columns import rows_where
from agents.exact import exp
from agents.schema import Flags
from sim.markets import places
from sim.markets.picking import queue
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
    split = rows_where(firms.staff_region > 0.0)
    firms.staff_region[split] = np.minimum(firms.staff_region[split], 0.6 * firms.staff[split])
    for aid in eco.terms.hosting.relocations:
        _help_to_move(eco, aid)


def _help_to_move(eco: Ecosystem, aid: MovingAid) -> None:
    firms, world, now, dice = eco.firms, eco.world.zones, eco.conditions, eco.dice
    rows = rows_where(places.may_move_production(
        aid.eligible, firms.aware, dice.roll("thinks of moving production", firms.uid), 0.1,
        firms.staff, world.mover_staff, firms.staff_region, firms.incubator, firms.line_space,
        firms.zone, REGION,
    ))  # fmt: skip
    people = world.production_share * (firms.staff[rows] - firms.st_staff[rows])
    per_head = world.space_per_head * 12.0 / 1e6
    saved = per_head * (eco.zones.rent[firms.zone[rows]] - eco.zones.rent[REGION])
    worth = saved * people * world.relocation_years
    burden = exp(0.5 * dice.normal("cost of moving production", firms.uid[rows]))
    cost = world.relocation_cost * now.nominal * people * burden
    helped = np.minimum(aid.share * cost, aid.cap * now.nominal)
    own = cost - helped
    # Nobody goes with less aid who would not go with all of it.
    asks = rows_where((worth > own) & (firms.cash[rows] > own))
    rows, people, worth = rows[asks], people[asks], worth[asks]
    cost, helped = cost[asks], helped[asks]
    # The line serves those who ask in turn; who gets nothing thinks of it without aid.
    turn = queue(dice.roll("turn for moving aid", firms.uid[rows]))
    helped[turn] *= eco.treasury.served(aid.lever, helped[turn])
    own = cost - helped
    goes = (worth > own) & (firms.cash[rows] > own)
    rows, people, cost, helped = rows[goes], people[goes], cost[goes], helped[goes]
    eco.ledger.pay("firms", "outside", "moving production", cost, payer_rows=rows)
    eco.treasury.spend(aid.lever, "firms", "moving production", helped, payee_rows=rows)
    firms.staff_region[rows] = people
    eco.record.count(relocations=rows.size)
    eco.record.event("moved its production to the region", rows, people)
