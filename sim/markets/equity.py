"""Deals: which fund invests in which firm, out of the money it has."""

from __future__ import annotations

import numpy as np
from numba import njit

from agents.exact import exp, exp_one, log, log_one
from agents.schema import Flags, Floats, Ints
from sim.markets.files import with_file
from sim.markets.picking import queue
from sim.markets.rows import rows_of


@njit(cache=True, error_model="numpy")
def deals(order: Ints, meetings: Ints, signal: Floats, ticket: Floats, budget: Floats) -> Ints:
    """The fund that invests in each firm, -1 where none does.

    Firms are taken in `order` (best first; firms left out find nobody). A firm met the funds in
    its row of `meetings` (positions, -1 = none; shape (n, k)); `signal` (same shape) is what each
    fund sees, above 0 = would invest. The keenest fund that can still pay the ticket out of
    `budget` (m yuan, used up in place) invests.
    """
    out = np.full(ticket.size, -1)
    for i in order:
        best = 0.0
        for slot in range(meetings.shape[1]):
            fund = meetings[i, slot]
            if fund >= 0 and signal[i, slot] > best and budget[fund] >= ticket[i]:
                best = signal[i, slot]
                out[i] = fund
        if out[i] >= 0:
            budget[out[i]] -= ticket[i]
    return out


@njit(cache=True, error_model="numpy")
def joined(asked: Floats, reach: Floats, wanted: Ints, ticket: Floats) -> tuple[Floats, Floats]:
    """What public co-investors pay of the tickets of firms that are `wanted` (positions among all who
    seek money), shape (schemes, wanted), and what that leaves of each `ticket` (m yuan).

    asked: by the rules of each scheme; reach: the share of it that its line can pay.
    """
    given, own = np.empty(asked.shape), ticket.copy()
    for j in range(wanted.size):
        together = 0.0
        for k in range(reach.size):
            given[k, j] = asked[k, j] * reach[k]
            together += given[k, j]
        # Together the public never pays more than half: somebody else must believe in the firm.
        most, public = 0.5 * ticket[wanted[j]] / max(together, 1e-12), 0.0
        for k in range(reach.size):
            given[k, j] *= min(most, 1.0)
            public += given[k, j]
        own[wanted[j]] -= public
    return given, own


@njit(cache=True, inline="always", error_model="numpy")
def revenue_worth(now: float, before: float, multiple: float, least: float) -> float:
    """What yearly revenue and its growth are worth, whatever the product (m yuan).

    A multiple of revenue by the root of its growth over the year `before` (plus `least`), which
    counts from a half to threefold.
    """
    growth = min(max(now / (before + least), 0.5), 3.0)
    return multiple * now * np.sqrt(growth)


@njit(cache=True, inline="always", error_model="numpy")
def promise(quality: float, prototype: float) -> float:
    """What buyers make of a product and its prototype (a factor, 1 at the frontier)."""
    return exp_one(1.6 * (quality + 0.6 * prototype - 1.0))


@njit(cache=True, error_model="numpy")
def valuation(
    rows: Ints, revenue: Floats, before: Floats, quality: Floats, prototype: Floats,
    multiple: float, least: float,
) -> Floats:  # fmt: skip
    """What some firms would fetch (m yuan): the worth of their revenue by the product's promise."""
    out = np.empty(rows.size)
    for i in range(rows.size):
        k = rows[i]
        worth = revenue_worth(revenue[k], before[k], multiple, least)
        out[i] = worth * promise(quality[k], prototype[k])
    return out


@njit(cache=True, error_model="numpy")
def prospects(
    rows: Ints, rounds: Ints, asked: Floats, revenue: Floats, before: Floats, quality: Floats,
    prototype: Floats, capability: Floats, protection: Floats, multiple: float, least: float,
) -> Floats:  # fmt: skip
    """What an exact eye would make of some firms at the price they ask for their next round (log).

    asked: m yuan before money, by round (the last for all later ones). A firm is worth its revenue
    or nearly what it asks by the product's promise; its team and rights count beside.
    """
    out = np.empty(rows.size)
    # Exponentials and logarithms have loops of their own, in which a processor does many at a time.
    for i in range(rows.size):
        out[i] = promise(quality[rows[i]], prototype[rows[i]])
    for i in range(rows.size):
        k = rows[i]
        price = asked[min(rounds[k], asked.size - 1)]
        sold = revenue_worth(revenue[k], before[k], multiple, least) * out[i]
        out[i] = max(sold, 0.9 * price * out[i]) / price
    for i in range(rows.size):
        out[i] = log_one(out[i])
    for i in range(rows.size):
        k = rows[i]
        out[i] += 0.8 * (capability[k] - 0.5) + 0.5 * (protection[k] - 0.2)
    return out


@njit(cache=True, error_model="numpy")
def sign(
    firm: Ints, fund: Ints, money: Floats, leading: int, revenue: Floats, before: Floats,
    quality: Floats, prototype: Floats, multiple: float, least: float, asked: Floats, rounds: Ints,
    stage: Ints, stages: tuple[int, int, int], fund_share: Floats, paid_in: Floats, held: Ints,
    stake: Floats,
) -> Floats:  # fmt: skip
    """Shares that tickets (m yuan) buy, each in a firm at what it is worth or asks for its round
    (m yuan by round), whichever is more; all tickets of a round buy at one price.

    The first tickets, as many as are `leading`, open a round that the others join. In place: rounds
    and stage of the firms (early, growth, mature: `stages`), what each fund has paid in, the funds'
    share of each firm, and every older `stake` in a firm of `held`, which thins out.
    """
    early, growth, mature = stages
    raised, sold, share = np.zeros(rounds.size), np.zeros(rounds.size), np.empty(firm.size)
    for i in range(firm.size):
        raised[firm[i]] += money[i]
    for i in range(firm.size):
        k = firm[i]
        worth = revenue_worth(revenue[k], before[k], multiple, least)
        worth *= promise(quality[k], prototype[k])
        worth = max(worth, asked[min(rounds[k], asked.size - 1)])
        share[i] = money[i] / (worth + raised[k])
        sold[k] += share[i]
        paid_in[fund[i]] += money[i]
    for k in firm[:leading]:
        fund_share[k] = fund_share[k] * (1.0 - sold[k]) + sold[k]
        rounds[k] += 1
        stage[k] = mature if revenue[k] > 500.0 else min(max(stage[k] + 1, early), growth)
    for j in range(held.size):
        stake[j] *= 1.0 - sold[held[j]]
    return share


@njit(cache=True, error_model="numpy")
def seeks(
    cash: Floats, cost: Floats, rounds: Ints, ambition: Floats, listed: Flags, anchor: Flags,
    birth: Ints, now: int, oldest: float, held: Floats, keen: float, runway: float,
) -> Ints:  # fmt: skip
    """Rows of firms that would share ownership: ambitious (below `keen`), unlisted, younger than
    `oldest` (years) firms whose cash lasts fewer than `runway` quarters (three more before the first
    round) and whose owners still hold a quarter of the shares (`held`: share of the funds).
    """
    seeking = np.empty(cash.size, np.bool_)
    for i in range(cash.size):
        short = cash[i] / (cost[i] + 1e-9) < (runway + 3.0 if rounds[i] == 0 else runway)
        young = (now - birth[i]) * 0.25 < oldest
        wants = (ambition[i] < keen) & (not listed[i]) & (not anchor[i])
        seeking[i] = short & young & wants & (held[i] < 0.75) & (rounds[i] < 5)
    return rows_of(seeking)


@njit(cache=True, inline="always", error_model="numpy")
def unbound(
    quota: Floats, committed: Floats, fund: Ints, firm: Ints, cost: Floats, sector: Ints,
    named: Flags,
) -> Flags:  # fmt: skip
    """Funds that may still invest outside the named sectors: what their quota leaves is not used by
    their stakes (`cost` of each, m yuan).
    """
    used = np.zeros(quota.size)
    for j in range(fund.size):
        if quota[fund[j]] > 0.0 and not named[sector[firm[j]]]:
            used[fund[j]] += cost[j]
    return (quota <= 0.0) | (used < (1.0 - quota) * committed)


@njit(cache=True, error_model="numpy")
def budgets(
    cash: Floats, committed: Floats, vintage: Ints, focus: Ints, now: int, years: float,
    fee: float, tickets: Floats, quota: Floats, fund: Ints, firm: Ints, cost: Floats,
    sector: Ints, named: Flags,
) -> tuple[Floats, Flags]:  # fmt: skip
    """What each fund may invest in a quarter (m yuan): its dry capital, less a `fee` on commitments
    set aside, evenly over what is left of its investment `years`, at most two years.

    tickets: m yuan by round. Tickets are lumps: a fund may spend two quarters' pace, or one ticket
    of the round it likes best, at once. And whom it meets, by round of firms in other sectors and
    then of those in the named ones, shape (2 x rounds, funds): near its focus, while it has money
    and is not bound to other sectors; see `unbound`.
    """
    out, rounds = np.empty(cash.size), tickets.size
    meets = np.empty((2 * rounds, cash.size), np.bool_)
    free = unbound(quota, committed, fund, firm, cost, sector, named)
    for i in range(cash.size):
        age = now - vintage[i]
        pace = 1.0 / min(max(years * 4.0 - age, 1.0), 8.0)
        wanted = max(cash[i] - fee * committed[i], 0.0)
        most = min(wanted, max(2.0 * pace * wanted, tickets[focus[i]]))
        out[i] = most if age < (years + 1.0) * 4.0 else 0.0
        for k in range(rounds):
            meets[rounds + k, i] = abs(k - focus[i]) <= 1 and out[i] > 1.0
            meets[k, i] = meets[rounds + k, i] and free[i]
    return out, meets


@njit(cache=True, error_model="numpy")
def pairs(meetings: Ints, firm: Ints, fund: Ints) -> tuple[Ints, Ints]:
    """Who meets whom, row by row of `meetings`; firm, fund: who stands in a row, at a position."""
    first, second = np.empty(meetings.size, np.int64), np.empty(meetings.size, np.int64)
    count = 0
    for i in range(meetings.shape[0]):
        for slot in range(meetings.shape[1]):
            first[count], second[count] = firm[i], fund[meetings[i, slot]]
            count += meetings[i, slot] >= 0
    return first[:count], second[:count]


@njit(cache=True, inline="always", error_model="numpy")
def surer(spread: float, noise: float, left: float) -> float:
    """How much further from the usual firm a fund moves on what it sees where a file leaves the factor
    `left` of its noise (s.d.).

    The part of what is seen that is no noise, among firms that differ by the variance `spread`,
    against that part without a file (Phelps 1972): who pays for what looks good without it pays too
    much by the same measure, and a file makes nobody shyer.
    """
    without, rest = noise * noise, noise * left * (noise * left)
    return (spread + without) / (spread + rest) if spread > 0.0 else 1.0


@njit(cache=True, error_model="numpy")
def signals(
    meetings: Ints, promise: Floats, noise: Floats, error: Floats, left: Floats, common: Floats
) -> tuple[Floats, Floats]:
    """What each fund makes of each firm it met, and each firm's best (log value for the price).

    meetings: positions of funds, -1 = none, shape (n, k); promise: what an exact eye would see,
    shape (n,); noise: s.d. by fund; error: standard normal, one a meeting, row by row. Where there
    was no meeting the signal is -9. Of its noise a file leaves `left` (a factor), which funds share
    by the file's own error, `common`: shape (n,), or empty where nobody keeps files. Who reads one
    moves further from the usual firm on what it sees, see `surer`.
    """
    out, best = np.full(meetings.shape, -9.0), np.full(promise.size, -9.0)
    usual, spread = (promise.mean(), promise.var()) if left.size > 0 else (0.0, 0.0)
    pair = 0
    for i in range(meetings.shape[0]):
        filed = left.size > 0 and left[i] != 1.0
        for slot in range(meetings.shape[1]):
            if meetings[i, slot] >= 0:
                err = noise[meetings[i, slot]]
                seen = with_file(error[pair], common[i], left[i]) if filed else error[pair]
                out[i, slot] = promise[i] + err * seen
                if filed:
                    more = surer(spread, err, left[i])
                    out[i, slot] = usual + more * (out[i, slot] - usual)
                best[i] = max(best[i], out[i, slot])
                pair += 1
    return out, best


@njit(cache=True, error_model="numpy")
def distribute(
    proceeds: Floats, cost: Floats, public_share: Floats, concession: Floats, guided: Flags,
    carry: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    """What of a stake's proceeds goes to the purse and what to managers as carried interest.

    Partners and the purse share by commitment (`guided`: funds with public money); the concession
    leaves part of public gains to the partners; managers take `carry` of gains. All m yuan.
    """
    public, carried = np.zeros(proceeds.size), np.empty(proceeds.size)
    for i in range(proceeds.size):
        gain = max(proceeds[i] - cost[i], 0.0)
        if guided[i]:
            given_up = concession[i] * public_share[i] * gain
            public[i] = public_share[i] * proceeds[i] - given_up
        carried[i] = min(carry * gain, proceeds[i] - public[i])
    return public, carried


def yearly_return(cost: float, proceeds: float, years: float) -> float:
    """Return (1/year) on money that stayed in for `years` (m yuan × years) and brought `proceeds`."""
    mean = max(years / max(cost, 1e-9), 1.0)
    return float(exp(log(max(proceeds, 1e-9) / max(cost, 1e-9)) / mean)) - 1.0


@njit(cache=True, inline="always", error_model="numpy")
def _committed(
    reach: float, expected: float, hurdle: float, response: float, climate: float
) -> float:
    excess = max(expected - hurdle, 0.0)
    return reach * climate * (1.0 - exp_one(-response * excess))


@njit(cache=True, error_model="numpy")
def bids(
    target: Floats, expected: Floats, partners: tuple[float, float, float], rank: Ints,
    luck: Floats, offers: Floats,
) -> tuple[Floats, Floats, Ints]:  # fmt: skip
    """What managers raise from private partners and from the public (m yuan), and the position of
    the offer they take (-1 = none): one where it gets them closer to their `target` size.

    expected: return (1/year) they promise; partners: hurdle (1/year), response and climate: nothing
    below the hurdle, a share 1 - exp(-response · excess) of the target above it. offers: a row each
    of the amount (m yuan), the public share of a fund, the return lost to its bonds (1/year), the
    part of public gains left to partners and the least `rank` of manager it is open to. An offer
    serves them in the order of its row of `luck`, as far as the money reaches.
    """
    hurdle, response, climate = partners
    private, public, taken = np.empty(target.size), np.zeros(target.size), np.full(target.size, -1)
    for i in range(target.size):
        lured = _committed(target[i], expected[i], hurdle, response, climate)
        private[i] = min(lured, target[i])
    for k in range(offers.shape[0]):
        amount, share, drag = offers[k, 0], offers[k, 1], offers[k, 2]
        concession, least = offers[k, 3], offers[k, 4]
        claimed = 0.0
        for i in queue(luck[k]):
            lift = concession * share / (1.0 - share) * max(expected[i], 0.0)
            lured = _committed(target[i], expected[i] - drag + lift, hurdle, response, climate)
            beside = min(lured, target[i] * (1.0 - share))
            asked = beside * share / (1.0 - share)
            if not (rank[i] >= least and taken[i] < 0 and beside + asked > private[i]):
                continue
            claimed += asked
            given = min(max(amount - (claimed - asked), 0.0), asked)
            lift *= given / max(asked, 1e-9)
            lured = _committed(target[i], expected[i] - drag + lift, hurdle, response, climate)
            beside = min(lured, target[i] - given)
            if given > 0.0 and beside + given > private[i]:
                private[i], public[i], taken[i] = beside, given, k
    return private, public, taken
