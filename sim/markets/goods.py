"""Buyers: shares move by a replicator, footloose demand looks for suppliers."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints
from sim.markets.ranking import best_first, in_turn
from sim.markets.sums import LANES, folded, lanes, sum_by


@njit(cache=True, error_model="numpy")
def passed_on(
    st_staff: Floats, staff: Floats, revenue: Floats, zone: Ints, wage_st: float, dear_wage: float,
    space: float, rent_path: Floats, dear_rent: Floats,
) -> Floats:  # fmt: skip
    """Price against the usual: firms pass on part of what labour and floor space cost beyond the
    outside path.

    revenue: m yuan/year; space: m² a head; dear_wage and dear_rent: excess over the path, as a
    share, the latter with rent_path (yuan/m²/month) by zone, shape (zones,).
    """
    out = np.empty(staff.size)
    head = space * 12.0 * rent_path / 1e6
    for i in range(staff.size):
        sales = 1.0 / revenue[i]
        labour = min(st_staff[i] * wage_st * sales, 0.5)
        rooms = min(staff[i] * head[zone[i]] * sales, 0.3)
        burden = labour * dear_wage + rooms * dear_rent[zone[i]]
        out[i] = 1.0 + 0.7 * min(max(burden, -0.3), 0.5)
    return out


@njit(cache=True, error_model="numpy")
def fitness(
    quality: Floats, price: Floats, edge: float, quality_weight: float, price_weight: float,
    standard: Floats, gain: float,
) -> Floats:  # fmt: skip
    """Competitiveness against an outside competitor of fitness 1 (quality and price both 1).

    Buyers follow a `standard` to those who lead it: each adds the share `gain`.
    """
    out = np.empty(quality.size)
    for i in range(quality.size):
        appeal = quality_weight * log_one(quality[i]) - price_weight * log_one(price[i])
        out[i] = exp_one(appeal) * (1.0 + edge) * (1.0 + gain * standard[i])
    return out


@njit(cache=True, error_model="numpy")
def pull(
    staff: Floats, reach: float, quality: Floats, choosy: float, customers: Floats,
    references: Floats, reference_worth: float, brand: Floats, brand_worth: float,
    brand_enough: float, floor: float, enough: float, sector: Ints, outside: Floats,
    outside_reach: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Weight of each firm, and of each sector's outside competitors, among footloose buyers.

    A firm's is the buyers it gets to see (staff to the power `reach`) times quality (power `choosy`)
    times trust: the share of buyers who would consider it, from `floor` upwards with customers,
    public references and a brand (m yuan, of which `brand_enough` makes half of its worth in
    customers), of which `enough` leave out one buyer in e. Outside competitors, with the share
    `outside` of the sector, reach buyers as firms of the district of the same total size would,
    times `outside_reach`.
    """
    out = np.empty(staff.size)
    for i in range(staff.size):
        out[i] = exp_one(reach * log_one(staff[i]))
    # Where the district has no firm, all buyers are theirs.
    usual = np.maximum(sum_by(sector, out, outside.size), 1e-9)
    for i in range(staff.size):
        known = customers[i] + brand_worth * brand[i] / (brand[i] + brand_enough)
        known += reference_worth * references[i]
        trust = 1.0 - (1.0 - floor) * exp_one(-known / enough)
        out[i] = out[i] * exp_one(choosy * log_one(quality[i])) * trust
    return out, outside_reach * usual * outside / np.maximum(1.0 - outside, 1e-9)


@njit(cache=True, error_model="numpy")
def compete(
    share: Floats, outside: Floats, fit: Floats, pull: Floats, sector: Ints,
    selection: float, footloose: float, outside_pull: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Shares of a market after a quarter, the firms' and the outside competitors'.

    Replicator (Dosi et al. 2010): share · (1 + selection · (fit / mean fit - 1)), the outside
    competitors having fitness 1; then the footloose part of demand is dealt out by `pull`
    (quality, reach and trust). Shapes: firms (n,), `outside` and `outside_pull` (sectors,). The
    shares of a sector, outside included, sum to one before and after.
    """
    mean_fit, pulled, kept = lanes(outside.size), lanes(outside.size), lanes(outside.size)
    for i in range(share.size):
        mean_fit[i % LANES, sector[i]] += share[i] * fit[i]
        pulled[i % LANES, sector[i]] += pull[i]
    mean, pulls = folded(mean_fit) + outside, folded(pulled) + outside_pull
    kept_outside = outside * np.maximum(1.0 + selection * (1.0 / mean - 1.0), 0.2)
    new = np.empty(share.size)
    slope = selection / mean
    for i in range(share.size):
        new[i] = share[i] * max(1.0 - selection + slope[sector[i]] * fit[i], 0.2)
        kept[i % LANES, sector[i]] += new[i]
    total = folded(kept) + kept_outside
    loyal, moving = (1.0 - footloose) / total, footloose / pulls
    for i in range(share.size):
        new[i] = loyal[sector[i]] * new[i] + moving[sector[i]] * pull[i]
    new_outside = (1.0 - footloose) * kept_outside / total + footloose * outside_pull / pulls
    return new, new_outside


@njit(cache=True, error_model="numpy")
def deliver(
    share: Floats, outside: Floats, sector: Ints, market: Floats, revenue: Floats, cash: Floats,
    capital: float, credit: float, served: Floats,
) -> float:  # fmt: skip
    """Turn shares of a quarter's `market` (m yuan by sector) into revenue as far as it can be financed
    and `served` by the people there are (m yuan); returns the orders declined (m yuan).

    Suppliers and customers who pay in advance finance a share (`credit`) of last quarter's sales;
    what goes beyond takes `capital` a yuan of working capital out of cash. Buyers who are not served
    go to all suppliers of the sector by their shares, competitors `outside` (sectors,) included. In
    place: revenue, share and outside, which sum to one in each sector before and after.
    """
    lost = lanes(market.size)
    for i in range(share.size):
        size = market[sector[i]]
        asked = share[i] * size
        financed = credit * revenue[i] + max(cash[i], 0.0) / capital
        revenue[i] = min(asked, financed, served[i])
        left = (asked - revenue[i]) / size
        share[i] -= left
        lost[i % LANES, sector[i]] += left
    gone = folded(lost)
    rest = 1.0 / np.maximum(1.0 - gone, 1e-9)
    for i in range(share.size):
        share[i] *= rest[sector[i]]
    outside *= rest
    return (gone * market).sum()


@njit(cache=True, error_model="numpy")
def come_and_go(
    share: Floats, settled: Floats, u: Floats, noise: float, customers: Floats, sector: Ints,
    outside: Floats,
) -> Floats:  # fmt: skip
    """Make the settled shares `share`, in place, with orders that come and go by luck (Laplace, from
    uniforms `u`), the less the more customers a firm has; neutral in the mean.

    They are won from and lost to competitors outside, who had the share `outside` of each sector;
    returns what those have then. Nobody wins what they do not have.
    """
    for i in range(share.size):
        tail = log_one(1.0 - 2.0 * abs(u[i] - 0.5)) * 0.7071067811865476
        luck = (tail if u[i] < 0.5 else -tail) * noise / np.sqrt(max(customers[i], 1.0))
        swing = min(max(luck, -0.8), 0.8) - 0.5 * min(luck * luck, 0.1)
        share[i] = settled[i] * exp_one(swing)
    lost = lanes(outside.size)
    for i in range(share.size):
        lost[i % LANES, sector[i]] += settled[i] - share[i]
    left = outside + folded(lost)
    if left.min() >= 0.0:
        return left
    won = lanes(outside.size)
    for i in range(share.size):
        won[i % LANES, sector[i]] += max(share[i] - settled[i], 0.0)
    part = 1.0 + np.minimum(left, 0.0) / np.maximum(folded(won), 1e-12)
    for i in range(share.size):
        gain = share[i] - settled[i]
        share[i] = settled[i] + min(gain, part[sector[i]] * gain)
    return np.maximum(left, 0.0)


@njit(cache=True, error_model="numpy")
def book(
    revenue: Floats, year: Floats, year_before: Floats, customers: Floats, novelty: Floats,
    fresh: Flags, new: Floats, nominal: float, ticket: float, elasticity: float,
) -> None:  # fmt: skip
    """Take a quarter's revenue (m yuan) into the running figures, and what of it came from `new`
    products, in place.

    year, year_before: m yuan/year; novelty: share of sales from new products, renewed where a
    product is `fresh`; customers follow revenue, and larger firms have larger ones: a `ticket` (m yuan
    a year) grows with what the firm sells.
    """
    for i in range(revenue.size):
        year_before[i] += 0.25 * (year[i] - year_before[i]) * 0.9
        year[i] += 0.4 * (4.0 * revenue[i] - year[i])
    served = np.empty(revenue.size)
    for i in range(revenue.size):
        size = max(year[i] / nominal, 0.01)
        served[i] = 1.0 + size / (ticket * exp_one(elasticity * log_one(size)))
    for i in range(revenue.size):
        customers[i] += 0.25 * (served[i] - customers[i])
        novelty[i] = (1.0 if fresh[i] else novelty[i]) * 0.92
        new[i] = revenue[i] * min(novelty[i], 1.0)


def order_books(
    demand: Floats, largest: Floats | float, score: Floats, uid: Ints, volume: float
) -> Floats:
    """Government orders placed with the best offers until the volume is gone (m yuan each)."""
    amount = np.minimum(demand, largest)
    order = best_first(score, amount, uid, volume)
    out = np.zeros(len(score))
    out[order] = in_turn(amount[order], volume)
    return out
