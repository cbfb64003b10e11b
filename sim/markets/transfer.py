"""Technology moves: who looks for it, protects it or sells its patents, and whom mentors teach."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp_one, log_one
from agents.schema import Flags, Floats, Ints
from sim.markets.rows import rows_of


@njit(cache=True, error_model="numpy")
def able_to_use(
    cash: Floats, money: float, plan: Floats, least: float, prototype: Floats, anchor: Flags
) -> Ints:
    """Rows of the firms that could use technology of others: with the money (m yuan) and the R&D
    planned (`least` m yuan a quarter) for it, and no prototype in hand.
    """
    able = np.empty(cash.size, np.bool_)
    for i in range(cash.size):
        able[i] = (cash[i] > money) & (plan[i] > least) & (prototype[i] <= 0.0)
    for i in range(cash.size):
        able[i] &= not anchor[i]
    return rows_of(able)


@njit(cache=True, error_model="numpy")
def looks(able: Ints, drawn: Floats, keen: float, capability: Floats) -> Ints:
    """Which of the `able` (rows) look for technology, by the uniforms `drawn` of all firms: as far as
    they are capable and `keen`.
    """
    rows, count = np.empty(able.size, np.int64), 0
    for i in able:
        rows[count] = i
        count += drawn[i] < keen * (0.5 + capability[i])
    return rows[:count]


@njit(cache=True, error_model="numpy")
def sold_by(sold: Floats, most: int, uid: Ints) -> tuple[Ints, Ints]:
    """The owner (row) of each invention sold, owners in order and at most so many in all, and its
    identity: which it is of those of its owner (of identity `uid`).
    """
    owner, number, count = np.empty(most, np.int64), np.empty(most, np.int64), 0
    for i in range(sold.size):
        for k in range(min(int(sold[i]), most - count)):
            owner[count], number[count] = i, uid[i] * 1024 + k
            count += 1
    return owner[:count], number[:count]


@njit(cache=True, error_model="numpy")
def take_up(
    rows: Ints, price: Floats, worth: Floats, fee: float, spread: float, usual: float,
    largest: float, cash: Floats, capability: Floats, lines: Floats, prototype: Floats,
    knowledge: Floats, licences: Ints,
) -> Floats:  # fmt: skip
    """Firms (rows, none twice) take up an invention each, in place; returns what they pay (m yuan).

    The fee is lognormal by `price`, at most a part of cash; what the invention adds to quality is
    lognormal by `worth` (standard normals), more for an able team. It makes one product better, and
    a firm of many lines little by it.
    """
    paid = np.empty(rows.size)
    for j in range(rows.size):
        i = rows[j]
        paid[j] = min(fee * exp_one(spread * price[j]), 0.3 * cash[i])
        value = exp_one(0.9 * worth[j] - 0.4)
        gain = min(usual * value * (0.5 + capability[i]), largest)
        prototype[i] += gain / max(lines[i], 1.0)
        knowledge[i] += paid[j]
        licences[i] += 1
    return paid


@njit(cache=True, error_model="numpy")
def could_protect(
    patents: Floats, cash: Floats, running: Floats, drawn: Floats, most: float
) -> Ints:
    """Rows of the firms that have patents, and cash beyond a quarter's `running` cost, and whose
    uniform lies below `most`: nobody wants more.
    """
    could = np.empty(cash.size, np.bool_)
    for i in range(cash.size):
        could[i] = (drawn[i] < most) & (patents[i] > 0.0) & (cash[i] > running[i])
    return rows_of(could)


@njit(cache=True, error_model="numpy")
def _wants(able: Ints, share: Floats, aware: Flags, usual: float, response: float) -> Floats:
    """Chance that each of the `able` (rows) wants a service of which a share is paid for those who
    are aware of it: `usual` at the whole price, by the elasticity `response` more at less.
    """
    out = np.empty(able.size)
    for j in range(able.size):
        out[j] = 1.0 - share[able[j]] * aware[able[j]]
    for j in range(able.size):
        out[j] = -response * log_one(out[j])
    for j in range(able.size):
        out[j] = usual * exp_one(out[j])
    return out


@njit(cache=True, error_model="numpy")
def claims(
    able: Ints, share: Floats, aware: Flags, usual: float, response: float, bill: float
) -> Floats:
    """What services to the aware may be expected to cost, at a share paid by firm (m yuan by firm)."""
    out, wants = np.zeros(aware.size), _wants(able, share, aware, usual, response)
    for j in range(able.size):
        out[able[j]] = min(wants[j], 1.0) * aware[able[j]] * bill
    return out


@njit(cache=True, error_model="numpy")
def asks_for(
    able: Ints, drawn: Floats, share: Floats, aware: Flags, usual: float, response: float
) -> Ints:
    """Which of the `able` (rows) ask for a service, by the uniforms `drawn` of all firms, at a share
    of its price that each can count on.
    """
    if able.size == 0:
        return able
    # At the largest share so many ask at most, rounding allowed for; the others need no closer look.
    most = usual * exp_one(-response * log_one(1.0 - share.max())) * (1.0 + 1e-9)
    rows, count = np.empty(able.size, np.int64), 0
    for i in able:
        rows[count] = i
        count += drawn[i] < most
    wants = _wants(rows[:count], share, aware, usual, response)
    asks = 0
    for j in range(count):
        i = rows[j]
        rows[asks] = i
        asks += drawn[i] < wants[j]
    return rows[:asks]


@njit(cache=True, error_model="numpy")
def mentor(capability: Floats, incubator: Ints, gain: Floats) -> None:
    """Mentors close the share `gain` (by incubator) of what tenants' capability, changed in place,
    falls short of one.
    """
    for i in range(capability.size):
        if incubator[i] >= 0:
            capability[i] += gain[incubator[i]] * (1.0 - capability[i])


@njit(cache=True, error_model="numpy")
def licensed(
    sector: Ints, own: Floats, operated: Floats, revenue: Floats, portfolio: float, count: int
) -> tuple[Floats, Floats]:
    """By sector (of `count`): revenue as far as it is liable for licences (m yuan), which a portfolio
    of one's `own` patents lessens, and the patents that are paid for.
    """
    due, liable, held = np.empty(sector.size), np.zeros(count), np.zeros(count)
    for i in range(sector.size):
        due[i] = revenue[i] / (1.0 + 4.0 * min(own[i], portfolio) / portfolio)
    for i in range(sector.size):
        liable[sector[i]] += due[i]
        held[sector[i]] += min(own[i], portfolio) + operated[i]
    return liable, held


@njit(cache=True, error_model="numpy")
def offered(drawn: Floats, chance: float, own: Floats, price: Floats, sector: Ints) -> Ints:
    """Rows of the holders of patents who are asked to sell them where they have a `price` (by
    sector): those whose uniform lies below the chance.
    """
    asked = np.empty(own.size, np.bool_)
    for i in range(own.size):
        asked[i] = (drawn[i] < chance) & (own[i] >= 1.0)
    for i in range(own.size):
        asked[i] &= price[sector[i]] > 0.0
    return rows_of(asked)


@njit(cache=True, error_model="numpy")
def kept_for(
    rows: Ints, own: Floats, pieces: Floats, portfolio: float, income: Floats, sector: Ints,
    rate: float, revenue: Floats, cash: Floats, buffer: float, running: Floats, hurdle: float,
    scarcity: float, stale: float,
) -> Floats:  # fmt: skip
    """What keeping each of some `pieces` of its `own` patents is worth to the holders (rows), m yuan.

    The royalties they bring (`income` a year by sector) up to a portfolio, and what others would
    claim (a `rate` on yearly revenue) without them; at the return asked, more where cash is short of
    its buffer (quarters of running cost), and what runs out.
    """
    out = np.empty(rows.size)
    for j in range(rows.size):
        i = rows[j]
        counted = min(own[j], portfolio)
        lost = counted - min(own[j] - pieces[j], portfolio)
        warded = 1.0 / (1.0 + 4.0 * (counted - lost) / portfolio)
        warded -= 1.0 / (1.0 + 4.0 * counted / portfolio)
        yearly = income[sector[i]] * lost + rate * revenue[i] * warded
        funded = cash[i] / (buffer * running[i] + 1e-9)
        scarce = 1.0 - min(max(funded, 0.0), 1.0)
        out[j] = yearly / max(pieces[j], 1e-12) / (hurdle + scarcity * scarce + stale)
    return out
