"""Moving production to the region: rent is saved, research stays and works apart from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.exact import exp
from agents.schema import Flags, Floats
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
    if firms.staff_region.any():
        firms.staff_region[:] = np.minimum(firms.staff_region, 0.6 * firms.staff)
    for aid in eco.terms.hosting.relocations:
        _help_to_move(eco, aid)


def _help_to_move(eco: Ecosystem, aid: MovingAid) -> None:
    firms, world, now = eco.firms, eco.world.zones, eco.conditions
    open_ = aid.eligible & firms.aware & (firms.staff_region <= 0.0) & (firms.incubator < 0)
    # Who has a pilot line here makes its product here.
    open_ &= firms.line_space <= 0.0
    rows = np.flatnonzero(open_ & (firms.staff >= world.mover_staff) & (firms.zone != REGION))
    rows = rows[eco.dice.roll("thinks of moving production", firms.uid[rows]) < 0.1]
    people = world.production_share * (firms.staff[rows] - firms.st_staff[rows])
    per_head = world.space_per_head * 12.0 / 1e6
    saved = per_head * (eco.zones.rent[firms.zone[rows]] - eco.zones.rent[REGION])
    burden = exp(0.5 * eco.dice.normal("cost of moving production", firms.uid[rows]))
    cost = world.relocation_cost * now.nominal * people * burden
    helped = np.minimum(aid.share * cost, aid.cap * now.nominal)

    def goes_with(aided: Floats) -> Flags:
        own = cost - aided
        return (saved * people * world.relocation_years > own) & (firms.cash[rows] > own)

    # The line serves those who ask in turn; who gets nothing thinks of it without aid.
    turn = np.argsort(eco.dice.roll("turn for moving aid", firms.uid[rows]), kind="stable")
    asks = turn[goes_with(helped)[turn]]
    served = np.zeros(rows.size)
    served[asks] = eco.treasury.served(aid.lever, helped[asks])
    helped = helped * served
    goes = goes_with(helped)
    rows, people, cost, helped = rows[goes], people[goes], cost[goes], helped[goes]
    eco.ledger.pay("firms", "outside", "moving production", cost, payer_rows=rows)
    eco.treasury.spend(aid.lever, "firms", "moving production", helped, payee_rows=rows)
    firms.staff_region[rows] = people
    eco.record.count(relocations=rows.size)
    eco.record.event("moved its production to the region", rows, people)
