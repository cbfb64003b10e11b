"""Money moves only by `pay`: every flow has a payer, a payee and a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
from numba import njit

from agents.columns import total_of
from agents.schema import Floats, Ints
from agents.table import Table

PURSES = ("households", "outside", "state", "landlords")
NUMBER = (float, int)
ADMINISTRATION = "administration"


@njit(cache=True, error_model="numpy")
def _add_at(cash, rows, amounts, sign):
    """Add amounts at rows; refuses before it writes what a compiled loop would not notice."""
    if rows.size != amounts.size:
        raise ValueError("as many amounts as rows are needed")
    for row in rows:
        if row < 0 or row >= cash.size:
            raise IndexError("a row that is not there cannot pay or receive")
    for i in range(rows.size):
        cash[rows[i]] += sign * amounts[i]


@njit(cache=True, error_model="numpy")
def _sum(amounts):
    total = 0.0
    for amount in amounts:
        total += amount
    return total


@njit(cache=True, error_model="numpy")
def _shift(cash, rows, amounts, sign):
    """Add amounts at rows of one population; returns the sum."""
    _add_at(cash, rows, amounts, sign)
    return _sum(amounts)


@njit(cache=True, error_model="numpy")
def _pass_on(payer_cash, payer_rows, payee_cash, payee_rows, amounts):
    """Move amounts between rows of two populations in one call; returns the sum."""
    _add_at(payer_cash, payer_rows, amounts, -1.0)
    _add_at(payee_cash, payee_rows, amounts, 1.0)
    return _sum(amounts)


@njit(cache=True, error_model="numpy")
def _disburse(purse, cash, rows, claims, limit, fee_share):
    """Pay claims at rows of a population from a purse, all cut alike to the limit, and a share of
    what is paid as a fee; returns what is paid and its sum.
    """
    claimed = total_of(claims)
    if claimed <= 0.0:
        return np.zeros_like(claims), 0.0
    paid = claims if claimed <= limit else claims * (limit / claimed)
    _add_at(cash, rows, paid, 1.0)
    moved = _sum(paid)
    purse[0] -= moved
    purse[0] -= moved * fee_share
    return paid, moved


class ConservationError(RuntimeError):
    """Cash held by a sector is not what its flows say."""


class Ledger:
    """Books of every sector: populations with a cash column, and purses without one.

    `pay` moves cash columns and records the flow in one act; `check` compares the two.
    """

    def __init__(self, sectors: Mapping[str, Table]) -> None:
        self.sectors = sectors
        self.balance: dict[str, float] = dict.fromkeys((*sectors, *PURSES), 0.0)
        self.flows: dict[tuple[str, str, str, str], float] = defaultdict(float)

    def open(self) -> None:
        """Take the cash that is there as the opening balance."""
        for name, table in self.sectors.items():
            self.balance[name] = total_of(table.cash)  # type: ignore[attr-defined]

    def turn(self) -> None:
        """Start a quarter's flows."""
        self.flows.clear()

    def pay(
        self,
        payer: str,
        payee: str,
        reason: str,
        amount: Any,
        *,
        payer_rows: Ints | None = None,
        payee_rows: Ints | None = None,
        line: str = "",
    ) -> float:
        """Move `amount` (m yuan; scalar or one value a row) and return the sum.

        Where a side is a population, its rows are those given, or all. A scalar amount between
        populations is not allowed: say who pays what. A row may stand several times in the rows.
        """
        sectors = self.sectors
        if isinstance(amount, NUMBER):
            total = float(amount)
            self._move_one(payer, payer_rows, -total)
            self._move_one(payee, payee_rows, total)
        else:
            amounts = np.asarray(amount, float)
            if amounts.size == 0:
                return 0.0
            if payer_rows is not None and payee_rows is not None:
                total = _pass_on(
                    sectors[payer].cash, payer_rows,  # type: ignore[attr-defined]
                    sectors[payee].cash, payee_rows,  # type: ignore[attr-defined]
                    amounts,
                )  # fmt: skip
            elif payer_rows is not None:
                total = _shift(sectors[payer].cash, payer_rows, amounts, -1.0)  # type: ignore[attr-defined]
                self._move_one(payee, None, total)
            elif payee_rows is not None:
                total = _shift(sectors[payee].cash, payee_rows, amounts, 1.0)  # type: ignore[attr-defined]
                self._move_one(payer, None, -total)
            else:
                total = float(np.add.reduce(amounts, axis=None))
                self._move_all(payer, amounts, np.subtract, -total)
                self._move_all(payee, amounts, np.add, total)
        self._note(payer, payee, reason, line, total)
        return total

    def disburse(
        self, payee: str, reason: str, amount: Any, rows: Ints | None, line: str, *, limit: float,
        fee_share: float,
    ) -> tuple[Floats, float]:  # fmt: skip
        """Pay what is claimed of a line (m yuan; a total, or one claim a row of a population: those
        given, or all), all cut alike to the limit, and households a share of it as administration.

        Returns what is paid and its sum. It does what two payments would do in one: programmes pay
        dozens of times a quarter.
        """
        claims = np.array(amount, float, ndmin=1, copy=None)
        purse: Any = self.sectors["government"]
        population: Any = self.sectors.get(payee)
        if population is not None:
            if rows is None:
                rows = np.arange(len(population))
            paid, moved = _disburse(purse.cash, population.cash, rows, claims, limit, fee_share)
        else:
            claimed = float(amount) if isinstance(amount, NUMBER) else total_of(claims)
            moved = max(min(claimed, limit), 0.0)
            paid = claims if 0.0 <= claimed <= limit else claims * (moved / claimed)
            purse.cash[0] -= moved
            purse.cash[0] -= moved * fee_share
        self._note("government", payee, reason, line, moved)
        self._note("government", "households", ADMINISTRATION, line, moved * fee_share)
        return paid, moved

    def _note(self, payer: str, payee: str, reason: str, line: str, total: float) -> None:
        """Write a flow (m yuan) into the books of both sides."""
        if total != 0.0:
            self.balance[payer] -= total
            self.balance[payee] += total
            self.flows[payer, payee, reason, line] += total

    def _move_one(self, sector: str, rows: Ints | None, total: float) -> None:
        """Move the cash of a sector that is one agent, or of one row; a purse has none to move."""
        table = self.sectors.get(sector)
        if table is None:
            return
        cash = table.cash  # type: ignore[attr-defined]
        if (cash.size if rows is None else rows.size) != 1:
            raise ValueError(f"{sector}: say which rows pay or receive, and how much each")
        cash[0 if rows is None else rows[0]] += total

    def _move_all(self, sector: str, amounts: np.ndarray, move: np.ufunc, total: float) -> None:
        """Move the cash of every row of a sector, by as many amounts."""
        table = self.sectors.get(sector)
        if table is None:
            return
        cash = table.cash  # type: ignore[attr-defined]
        if cash.size == 1:
            cash[0] += total
        else:
            move(cash, amounts, out=cash)

    def check(self) -> None:
        """Compare cash held with the books, to 1e-6 of the quarter's turnover.

        Raises ConservationError naming the sector and the largest flows of the quarter.
        """
        turnover = sum(abs(value) for value in self.flows.values()) + 1.0
        for name, table in self.sectors.items():
            held = total_of(table.cash)  # type: ignore[attr-defined]
            gap = held - self.balance[name]
            if not abs(gap) <= 1e-6 * turnover:
                largest = sorted(
                    (k for k in self.flows if name in k[:2]), key=lambda k: -abs(self.flows[k])
                )[:3]
                raise ConservationError(
                    f"{name} hold {held:.6f} m yuan but the books say {self.balance[name]:.6f} "
                    f"(gap {gap:.3g}); largest flows this quarter: {largest}"
                )
            # Rounding is re-based each quarter so that it cannot pile up over a long run.
            self.balance[name] = held
