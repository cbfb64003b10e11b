"""Top people: what they cost firms, and which firms have a use for one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.schema import Floats, Ints
from sim.markets import talent

if TYPE_CHECKING:
    from sim.model import Ecosystem


def pay_each(eco: Ecosystem) -> float:
    """Pay of a top person in a quarter (m yuan)."""
    return eco.world.talent.pay * eco.conditions.nominal / 4.0


def pay(eco: Ecosystem) -> Floats:
    """What top people cost each firm in a quarter (m yuan), which is part of its R&D."""
    return eco.firms.top_talent * pay_each(eco)


def wanted_by(eco: Ecosystem, offer: float = 0.0) -> Ints:
    """Rows of the firms for which what a further top person adds is worth the pay, and the `offer` for
    coming (m yuan of the opening's money), over the years for which it counts as income.
    """
    firms, now, world = eco.firms, eco.conditions, eco.world
    return talent.wants_one_more(
        firms.rnd_target, firms.top_talent, firms.staff, pay=pay_each(eco),
        beside=offer * now.nominal / world.talent.horizon / 4.0, gain=world.research.talent_gain,
        need=world.talent.need, nominal=now.nominal,
    )  # fmt: skip
