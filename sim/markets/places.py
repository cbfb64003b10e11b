"""Places that run out: admission in the order of merit, and floor space by preference.

Loops over all firms write flags and do not branch, so that a processor does several at a time.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one, normals
from agents.schema import Flags, Floats, Ints
from sim.markets.picking import queue
from sim.markets.ranking import in_turn
from sim.markets.rows import rows_of

MOST_AWAY = 0.6  # of a firm's staff, who can work in the region


@njit(cache=True, error_model="numpy")
def stays_end(incubator: Ints, tenancy: Ints, staff: Floats, longest: float, most: float) -> Flags:
    """Count a quarter more of each tenancy, in place; which tenants' stay ends: after the `longest`,
    or because they have grown beyond the `most` persons.
    """
    out = np.empty(incubator.size, np.bool_)
    for i in range(out.size):
        inside = incubator[i] >= 0
        tenancy[i] += inside
        out[i] = inside & ((tenancy[i] > longest) | (staff[i] > most))
    return out


@njit(cache=True, error_model="numpy")
def stay_on(
    rows: Ints, homes: Ints, staff: Floats, most: float, zone: Ints, per_head: Floats, rent: Floats,
    rent_share: float, fee: float, mentors: float, place: float, mind: Floats, linked: float,
    money: float,
) -> tuple[Ints, Ints, Floats, Floats]:  # fmt: skip
    """Of those whose stay ends (rows, and rows of their homes) who are promised a further year, where
    they sat, what is paid for it and what the space beyond a `place` (m²) costs (m yuan).

    Those with at most the `most` persons ask where the rent saved exceeds the fee, and a share `linked`
    of their carriers, whose uniform in `mind` says so, can send them on; they are promised it in turn,
    while the `money` lasts. rent, per_head: by zone (yuan/m²/month; m² a head); fee, mentors: m yuan a
    year.
    """
    price, larger = np.empty(rows.size), np.empty(rows.size)
    asks = np.empty(rows.size, np.bool_)
    for k in range(rows.size):
        persons, at = staff[rows[k]], zone[homes[k]]
        space = persons * per_head[at]
        market = space * rent[at] * 12.0 / 1e6
        saved = (1.0 - rent_share) * market - fee
        asks[k] = (persons <= most) & (mind[k] < linked) & (saved > 0.0)
        price[k] = saved + mentors
        larger[k] = max(1.0 - place / space, 0.0) * market
    asking = rows_of(asks)
    kept = asking[in_turn(price[asking], money) >= price[asking]]
    return rows[kept], homes[kept], price[kept], larger[kept]


@njit(cache=True, error_model="numpy")
def seek_place(born: Ints, incubator: Ints, staff: Floats, since: int, most: float) -> Flags:
    """Which firms ask a carrier for a place: born since a quarter, in none yet, and with less than the
    `most` persons.
    """
    out = np.empty(born.size, np.bool_)
    for i in range(out.size):
        out[i] = (born[i] >= since) & (incubator[i] < 0) & (staff[i] < most)
    return out


@njit(cache=True)
def admit(order: Ints, choices: Ints, free: Ints) -> Ints:
    """Where each gets a place, -1 for nowhere, who ask in the order given: all at their first choice,
    then at the next who has none (`choices`, shape (n, attempts), -1 = no more). `free` places are
    used up in place.
    """
    home = np.empty(order.size, np.int64)
    for i in order:
        home[i] = -1
    for attempt in range(choices.shape[1]):
        for i in order:
            asked = choices[i, attempt] if home[i] < 0 else -1
            if asked >= 0 and free[asked] > 0:
                free[asked] -= 1
                home[i] = asked
    return home


@njit(cache=True, error_model="numpy")
def seek_zone(zone: Ints, incubator: Ints, anchor: Flags, mind: Floats, rate: float) -> Flags:
    """Which firms look for floor space: those without a zone, and of those that sit in one outside the
    carriers the share `rate` whose uniform in `mind` says so; anchors stay.
    """
    out = np.empty(zone.size, np.bool_)
    for i in range(out.size):
        movable = (incubator[i] < 0) & (not anchor[i])
        out[i] = (zone[i] < 0) | ((mind[i] < rate) & movable)
    return out


@njit(cache=True, error_model="numpy")
def may_move_production(
    mind: Floats, rate: float, staff: Floats, least: float, away: Floats, incubator: Ints,
    line_space: Floats, zone: Ints, region: int,
) -> Ints:  # fmt: skip
    """Rows of the firms that think of moving their production: of those with at least `least` persons
    that make all they make in the district, outside the carriers, the share `rate` whose uniform in
    `mind` says so. Who has a pilot line here makes its product here.

    In place: who works `away` is at most a part of the staff, where that has shrunk.
    """
    thinks = np.empty(mind.size, np.bool_)
    for i in range(mind.size):
        away[i] = min(away[i], MOST_AWAY * staff[i])
        thinks[i] = (mind[i] < rate) & (staff[i] >= least)
    rows = rows_of(thinks)
    here = np.empty(rows.size, np.bool_)
    for k in range(rows.size):
        i = rows[k]
        whole = (away[i] <= 0.0) & (line_space[i] <= 0.0)
        here[k] = (incubator[i] < 0) & (zone[i] != region) & whole
    return rows[here]


@njit(cache=True, error_model="numpy")
def move_production(
    rows: Ints, staff: Floats, st_staff: Floats, zone: Ints, cash: Floats, saved: Floats,
    share: float, years: float, cost_a_head: float, burden: Floats, lot: Floats, helps: Flags,
    parts: Floats, most: Floats, money: Floats,
) -> tuple[Ints, Floats, Floats, Floats]:  # fmt: skip
    """Of the firms (rows) that think of moving the `share` of their other staff those that do, since
    what they save in some years exceeds what they bear of the cost; how many persons move, what it
    costs, and what of that each line pays, shape (lines, n) (m yuan).

    saved: rent a head and year by zone (m yuan); burden, lot: uniforms behind the cost and the turn.
    A line pays its part (`parts`) of what those before it leave to be borne, up to the `most` for a
    firm, to those it `helps`, shape (lines, rows), in turn while its `money` lasts.
    """
    people, cost, paid = np.empty(rows.size), np.empty(rows.size), np.zeros(helps.shape)
    goes, spread, left = np.empty(rows.size, np.bool_), normals(burden), money.copy()
    for k in queue(lot):
        i = rows[k]
        people[k] = share * (staff[i] - st_staff[i])
        cost[k] = own = cost_a_head * people[k] * exp_one(0.5 * spread[k])
        for line in range(left.size):
            if helps[line, k]:
                paid[line, k] = min(parts[line] * own, most[line], left[line])
                own -= paid[line, k]
        goes[k] = (saved[zone[i]] * people[k] * years > own) & (cash[i] > own)
        if goes[k]:
            left -= paid[:, k]
    moved = rows_of(goes)
    return rows[moved], people[moved], cost[moved], paid[:, moved]


@njit(cache=True, error_model="numpy")
def fast_graduates(
    eligible: Flags, aware: Flags, tenancy: Ints, incubator: Ints, revenue: Floats,
    before: Floats, growth: float,
) -> Flags:  # fmt: skip
    """Which of the eligible firms that know of it have left a carrier and grow by more than a share
    a year (`revenue` against that of the year `before`).
    """
    out = np.empty(tenancy.size, np.bool_)
    for i in range(out.size):
        graduate = (tenancy[i] > 0) & (incubator[i] < 0)
        fast = revenue[i] > (1.0 + growth) * before[i]
        out[i] = graduate & fast & aware[i] & eligible[i]
    return out


@njit(cache=True, error_model="numpy")
def appeal(
    liking: Floats, here: Ints, to_all: Floats, to_stay: float, facilities: Floats,
    region: int, afar: float,
) -> Floats:  # fmt: skip
    """Utility of every zone to those who look for one, shape (n, zones).

    liking: uniforms behind their taste, shape (zones, n); here: the zone each sits in, -1 for none,
    which is worth `to_stay`; to_all and facilities: what a zone is worth to everybody; afar: what
    it costs to sit in the region.
    """
    out = np.empty(liking.shape)
    for zone in range(out.shape[0]):
        for i in range(out.shape[1]):
            # The taste of extreme values, by which choice follows a logit.
            taste = -log_one(-log_one(liking[zone, i]))
            stays = to_stay if here[i] == zone else 0.0
            far = afar if zone == region else 0.0
            out[zone, i] = to_all[zone] + taste + stays + facilities[zone] - far
    return out.T


@njit(cache=True)
def settle(order: Ints, utility: Floats, need: Floats, free: Floats) -> Ints:
    """Let each in turn take the best zone that still has room; -1 where none has.

    `order` says whose turn it is; `utility` has shape (n, zones); `need` and `free` are m², and
    `free` is used up in place.
    """
    out = np.full(order.size, -1)
    for i in order:
        best = -1
        for zone in range(free.size):
            fits = free[zone] >= need[i]
            if fits and (best < 0 or utility[i, zone] > utility[i, best]):
                best = zone
        if best >= 0:
            free[best] -= need[i]
            out[i] = best
    return out
