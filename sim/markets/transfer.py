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
    knowledge: Floats, licences: Ints, margin: Floats, years: float,
) -> tuple[Ints, Floats]:  # fmt: skip
    """Firms (rows, none twice) that have examined an invention each take it up, in place, if it is worth
    its fee; returns the positions of those who do and what each pays (m yuan).

    The fee is lognormal by `price`, at most a part of cash; what the invention adds to quality is
    lognormal by `worth` (standard normals), more for an able team. It makes one product better, and
    a firm of many lines little by it: worth so much of a year's `margin` (m yuan, one a row) for the
    `years` until others are as good.
    """
    signs, paid, count = np.empty(rows.size, np.int64), np.empty(rows.size), 0
    for j in range(rows.size):
        i = rows[j]
        asked = min(fee * exp_one(spread * price[j]), 0.3 * cash[i])
        value = exp_one(0.9 * worth[j] - 0.4)
        gain = min(usual * value * (0.5 + capability[i]), largest) / max(lines[i], 1.0)
        if gain * margin[j] * years > asked:
            signs[count], paid[count] = j, asked
            prototype[i] += gain
            knowledge[i] += asked
            licences[i] += 1
            count += 1
    return signs[:count], paid[:count]


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


@njit(cache=True, inline="always", error_model="numpy")
def _chance(share: float, usual: float, response: float) -> float:
    """Chance of wanting a service of which a share is paid: `usual` at the whole price, by the
    elasticity `response` more at less.
    """
    return usual * exp_one(-response * log_one(1.0 - share))


@njit(cache=True, error_model="numpy")
def _wants(share: Floats, usual: float, response: float) -> Floats:
    """The `_chance` at each of many shares."""
    out = np.empty(share.size)
    for j in range(share.size):
        out[j] = -response * log_one(1.0 - share[j])
    for j in range(share.size):
        out[j] = usual * exp_one(out[j])
    return out


@njit(cache=True, error_model="numpy")
def claims(
    patents: Floats, cash: Floats, running: Floats, aware: Flags, share: Floats, most: float,
    usual: float, response: float, bill: float,
) -> tuple[Flags, Floats]:  # fmt: skip
    """Who could protect (see `could_protect`), and what services may be expected to cost of which a
    share is paid, at `most` so much, to those who are aware of it (m yuan by firm).
    """
    could, few = np.empty(share.size, np.bool_), np.empty(share.size, np.bool_)
    claim = np.empty(share.size)
    # Of most the same share is paid, at which the chance is worked out once.
    of_most = min(_chance(most, usual, response), 1.0) * bill
    for i in range(share.size):
        could[i] = (patents[i] > 0.0) & (cash[i] > running[i])
    for i in range(share.size):
        claim[i] = of_most if could[i] & aware[i] & (share[i] == most) else 0.0
        few[i] = could[i] & aware[i] & (share[i] != most) & (share[i] > 0.0)
    rows = rows_of(few)
    wants = _wants(share[rows], usual, response)
    for j in range(rows.size):
        claim[rows[j]] = min(wants[j], 1.0) * bill
    return could, claim


@njit(cache=True, error_model="numpy")
def asks_for(
    could: Flags, drawn: Floats, aware: Flags, share: Floats, most: float, usual: float,
    response: float,
) -> Ints:  # fmt: skip
    """Rows of those who `could` use a service and ask for it, by their uniforms, at a share of its
    price (at `most` so much) that each can count on who is aware of it.
    """
    # At the largest share so many ask at most, rounding allowed for; others need no closer look.
    highest = _chance(most, usual, response) * (1.0 + 1e-9)
    may = np.empty(could.size, np.bool_)
    for i in range(could.size):
        may[i] = could[i] & (drawn[i] < highest)
    rows = rows_of(may)
    paid, count = np.empty(rows.size), 0
    for j in range(rows.size):
        paid[j] = share[rows[j]] * aware[rows[j]]
    wants = _wants(paid, usual, response)
    for j in range(rows.size):
        i = rows[j]
        rows[count] = i
        count += drawn[i] < wants[j]
    return rows[:count]


@njit(cache=True, error_model="numpy")
def mentor(capability: Floats, incubator: Ints, gain: Floats) -> None:
    """Mentors close the share `gain` (by incubator) of what tenants' capability, changed in place,
    falls short of one.
    """
    for i in range(capability.size):
        if incubator[i] >= 0:
            capability[i] += gain[incubator[i]] * (1.0 - capability[i])


@njit(cache=True, error_model="numpy")
def licence_income(
    sector: Ints, patents: Floats, operated: Floats, revenue: Floats, portfolio: float,
    charge: float, stacked: float, count: int,
) -> Floats:  # fmt: skip
    """What a patent brings a year, by sector (of `count`), m yuan: the `charge` on a quarter's revenue,
    `stacked` for further claims, over the patents that are paid for. Who has patents of its own
    (that operators do not hold, up to a portfolio) is charged less.
    """
    due, own = np.empty(sector.size), np.empty(sector.size)
    for i in range(sector.size):
        own[i] = min(max(patents[i] - operated[i], 0.0), portfolio)
        due[i] = revenue[i] / (1.0 + 4.0 * own[i] / portfolio)
    liable, held = np.zeros(count), np.zeros(count)
    for i in range(sector.size):
        liable[sector[i]] += due[i]
        held[sector[i]] += own[i] + operated[i]
    for s in range(count):
        liable[s] = 4.0 * (liable[s] * charge * stacked) / max(held[s], 1.0)
    return liable


@njit(cache=True, inline="always", error_model="numpy")
def _kept_for(
    own: float, pieces: float, portfolio: float, income: float, rate: float, revenue: float,
    funded: float, hurdle: float, scarcity: float, stale: float,
) -> float:  # fmt: skip
    """What keeping each of some `pieces` of its `own` patents is worth to a holder (m yuan).

    The royalties they bring (`income` a year) up to a portfolio, and what others would claim (a
    `rate` on yearly revenue) without them; at the return asked, more where cash is short of its
    buffer (of which it has the part `funded`), and what runs out.
    """
    counted = min(own, portfolio)
    lost = counted - min(own - pieces, portfolio)
    warded = 1.0 / (1.0 + 4.0 * (counted - lost) / portfolio)
    warded -= 1.0 / (1.0 + 4.0 * counted / portfolio)
    yearly = income * lost + rate * revenue * warded
    scarce = 1.0 - min(max(funded, 0.0), 1.0)
    return yearly / max(pieces, 1e-12) / (hurdle + scarcity * scarce + stale)


@njit(cache=True, error_model="numpy")
def sellers(
    drawn: Floats, chance: float, price: Floats, most: float, patents: Floats, operated: Floats,
    sector: Ints, income: Floats, portfolio: float, rate: float, revenue: Floats, cash: Floats,
    buffer: float, running: Floats, hurdle: float, scarcity: float, stale: float,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Rows of the holders who sell patents, how many each (at `most` so many), and for how much apiece
    (the `price` by sector, m yuan).

    Asked are those whose uniform lies below the chance; they sell what is worth less to them than it
    brings. income: a year of a patent, by sector; rate: what others claim of yearly revenue; buffer:
    quarters of running cost.
    """
    asked = np.empty(drawn.size, np.bool_)
    for i in range(drawn.size):
        asked[i] = (drawn[i] < chance) & (patents[i] - operated[i] >= 1.0)
    rows = rows_of(asked)
    pieces, each, selling = np.empty(rows.size), np.empty(rows.size), 0
    for i in rows:
        own = patents[i] - operated[i]
        sold, brings = min(own, most), price[sector[i]]
        worth = _kept_for(
            own, sold, portfolio, income[sector[i]], rate, revenue[i],
            cash[i] / (buffer * running[i] + 1e-9), hurdle, scarcity, stale,
        )  # fmt: skip
        rows[selling], pieces[selling], each[selling] = i, sold, brings
        selling += (brings > 0.0) & (brings > worth)
    return rows[:selling], pieces[:selling], each[:selling]


@njit(cache=True, error_model="numpy")
def hand_in(
    rows: Ints, pieces: Floats, each: Floats, served: Floats, own_part: float, operated: Floats
) -> tuple[Ints, Floats, Floats]:
    """Operators take over what they are served of the pieces, in place; returns the rows that sold,
    the operators' `own_part` of what each gets (m yuan) and the patents of each.
    """
    sold = rows_of(served > 0.0)
    paid, bought = np.empty(sold.size), np.empty(sold.size)
    for k in range(sold.size):
        j = sold[k]
        bought[k] = pieces[j] * served[j]
        paid[k] = own_part * each[j] * pieces[j] * served[j]
        sold[k] = rows[j]
        operated[sold[k]] += bought[k]
    return sold, paid, bought
