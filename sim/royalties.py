"""Royalties: sellers pay holders of patents; claims of many holders stack, a pool makes them one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.exact import power
from agents.schema import Flags, Floats

if TYPE_CHECKING:
    from sim.model import Ecosystem


def settle(eco: Ecosystem) -> Floats:
    """Move royalties between the district's firms, sector by sector (m yuan a quarter).

    A seller pays a rate on its revenue that rises with the number of claims asserted at it (royalty
    stacking: Lemley & Shapiro 2007); holders are paid by their patents. What pools have joined is
    one claim for their members, firms of an alliance; outsiders pay for it as before, and what the
    members no longer pay each other.
    What operators have bought is asserted too, and paid to them outside the district. Returns what
    each firm paid beyond what it received.
    """
    firms, rules = eco.firms, eco.world.royalties
    sectors, count = firms.sector, len(eco.sectors)
    patents = np.minimum(firms.patents, rules.portfolio)
    held = np.bincount(sectors, patents, count)
    pool = _pooled(eco)
    operated = np.bincount(sectors, firms.operated, count) / np.maximum(held, 1.0)
    member = np.zeros(len(firms), bool)
    member[eco.memberships.firm] = True
    stack = rules.stack * (1.0 + operated)
    inside = 1.0 + stack * (1.0 - pool)
    without = 1.0 + stack
    if pool.any():
        without = without + stack * pool * _asked_of_outsiders(eco, member)
    rate = rules.charge * np.where(member, inside[sectors], without[sectors])
    # Who holds much of the art is asked for less: portfolios are exchanged.
    defence = 1.0 / (1.0 + patents / rules.portfolio * 4.0)
    due = rate * defence * firms.revenue
    total = np.bincount(sectors, due, count)
    away = np.minimum(operated, 0.5)
    keep = (1.0 - away) * total / np.maximum(held, 1e-9)
    received = np.where(held[sectors] > 0.0, keep[sectors] * patents, 0.0)
    eco.ledger.pay("firms", "outside", "royalties", due)
    eco.ledger.pay("outside", "firms", "royalties", received)
    eco.record.count(royalties=float(due.sum()))
    return due - received


def _asked_of_outsiders(eco: Ecosystem, member: Flags) -> Floats:
    """What a pool asks of outsiders in each sector beyond its claims, as a share of them: holders
    want the income that members' mutual claims brought, and can ask at most as much again.
    """
    firms, count = eco.firms, len(eco.sectors)
    inside = np.bincount(firms.sector[member], firms.revenue[member], count)
    outside = np.bincount(firms.sector[~member], firms.revenue[~member], count)
    return np.minimum(inside / np.maximum(outside, 1e-9), 1.0)


def _pooled(eco: Ecosystem) -> np.ndarray:
    """Share of each sector's claims that its holders bring into a pool.

    Setting one up costs its secretariat; holders join as far as the part they pay themselves is
    worth it, and every pool that stands draws on the lines.
    """
    terms, rules = eco.terms.settling, eco.world.royalties
    count = len(eco.sectors)
    if "pooled" not in terms.parts:
        return np.zeros(count)
    share = np.zeros(count) + terms.pooled
    cost = rules.secretariat * eco.conditions.nominal / 4.0 * eco.world.scale
    joined = 1.0 - power(1.0 - share, 1.0 / rules.holdout)
    for lever, part in terms.split("pooled", cost * share * (share > 0.0)):
        paid = eco.treasury.spend(lever, "outside", "patent pools", float(np.sum(part)))
        joined *= float(paid[0]) / max(float(np.sum(part)), 1e-12)
    return np.minimum(joined, 1.0)
