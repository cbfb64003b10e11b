"""The district's one purse: programme lines that cannot be overdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import mul
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from agents.columns import rows_where, total_of
from agents.schema import Floats, Ints
from sim.markets.accounts import reported_growth
from sim.markets.ranking import served

if TYPE_CHECKING:
    from sim.ledger import Ledger
    from sim.terms import Terms


@dataclass
class Line:
    """A budget line: a yearly envelope released by quarters; what a year leaves lapses."""

    name: str
    yearly: float
    start: int
    end: int
    available: float = 0.0
    spent: float = 0.0
    spent_quarter: float = 0.0
    carries: bool = False
    pool: bool = False
    growth: float = 0.0  # recipients' growth in revenue, as an office sees it
    reviewed: float = 0.0  # weight of the payments behind it, m yuan


@njit(cache=True, error_model="numpy")
def _weighed_mean(values: Floats, rows: Ints, weights: Floats) -> tuple[float, float]:
    """The mean of values at rows, and the sum of its weights (which must not be 0)."""
    whole = total_of(weights)
    return total_of(values[rows] * weights) / whole, whole


@njit(cache=True, error_model="numpy")
def _cut(share: Any, part: float) -> Any:
    """A share of which a part is left, to the bit as several are combined."""
    return 1.0 - (1.0 - share * part)


class Treasury:
    """Lines of the levers that are on; all cash is the government's."""

    def __init__(self, ledger: Ledger, budget: float, administration: float, scale: float) -> None:
        self.ledger = ledger
        self.budget = budget
        self.administration = administration
        self.scale = scale
        self.lines: dict[str, Line] = {}
        self.returned_quarter = 0.0
        self.reviewing = False
        self._reported = np.empty(0)

    def open_line(self, name: str, yearly: float, start: int, end: int) -> None:
        """Open a line; `yearly` in m yuan at the scale of the district."""
        self.lines[name] = Line(name, yearly * self.scale, start, end)

    def turn(self, quarter: int) -> None:
        """Receive the quarter's budget and release a quarter of each envelope.

        At the start of a programme year (every fourth quarter) unspent money of the last year
        lapses to the treasury, where it stays and is counted.
        """
        self.returned_quarter = 0.0
        self._reported = np.empty(0)
        if quarter >= 0:
            # Before the opening the special fund is not this purse's: it starts empty.
            received = np.array([self.budget * self.scale / 4.0])
            self.ledger.pay("state", "government", "programme budget", received)
        for line in self.lines.values():
            line.spent_quarter = 0.0
            if quarter % 4 == 0 and not line.carries:
                line.available = 0.0
            if line.start <= quarter < line.end:
                line.available += line.yearly / 4.0

    def keep_pool(self, name: str, size: float) -> None:
        """Let a line act as a pool: it carries over, and is filled up to `size` and no further."""
        line = self.lines[name]
        line.carries = line.pool = True
        line.available = min(line.available, size * self.scale)

    def carry_over(self, name: str) -> None:
        """Let a line keep what a year leaves, as capital committed to funds does."""
        self.lines[name].carries = True

    def position(self, name: str) -> int:
        """Position of a line, by which funds remember who paid."""
        return list(self.lines).index(name)

    def named(self, position: int) -> str:
        """The line at a position, "" for -1."""
        return list(self.lines)[position] if position >= 0 else ""

    def pools(self) -> list[str]:
        """Lines that stand behind promises, also after their lever has ended."""
        return [line.name for line in self.lines.values() if line.pool]

    def available(self, name: str) -> float:
        """What a line can still pay out, its administration set aside (m yuan)."""
        return self._payable(name) / (1.0 + self.administration)

    def yearly(self, name: str) -> float:
        """What a line pays out a year, its administration set aside, while the purse holds money."""
        line = self.lines.get(name)
        return line.yearly / (1.0 + self.administration) if line and self._purse() > 0.0 else 0.0

    def _purse(self) -> float:
        return self.ledger.sectors["government"].cash.item(0)  # type: ignore[attr-defined]

    def _payable(self, name: str) -> float:
        """A line's money, as far as the purse holds it."""
        line = self.lines.get(name)
        return 0.0 if line is None else max(min(line.available, self._purse()), 0.0)

    def dump(self) -> dict[str, list[float]]:
        """What the lines hold and have spent, for a snapshot."""
        return {
            line.name: [
                line.available,
                line.spent,
                line.carries,
                line.pool,
                line.growth,
                line.reviewed,
                line.yearly,
            ]
            for line in self.lines.values()
        }

    def load(self, held: dict[str, list[float]]) -> None:
        """Take up the lines of a snapshot where they were left."""
        for name, values in held.items():
            if name in self.lines:
                line = self.lines[name]
                line.available, line.spent, carries, pool = values[:4]
                line.growth, line.reviewed, line.yearly = values[4:]
                line.carries, line.pool = bool(carries), bool(pool)

    def spend(
        self,
        name: str,
        payee: str,
        reason: str,
        amount: Any,
        *,
        payee_rows: Ints | None = None,
        administered: bool = True,
    ) -> Floats:
        """Pay `amount` from a line, all claims cut alike if the line is short; returns what is paid.

        Administration is paid on top, from the same line.
        """
        line, overhead = self.lines[name], self.administration if administered else 0.0
        paid, total = self.ledger.disburse(
            payee, reason, amount, payee_rows, name,
            limit=self._payable(name) / (1.0 + overhead), fee_share=overhead,
        )  # fmt: skip
        self._book(line, total * (1.0 + overhead))
        if self.reviewing and payee == "firms" and total > 0.0:
            rows = np.arange(paid.size) if payee_rows is None else payee_rows
            self._note_growth(line, paid, rows)
        return paid

    def _note_growth(self, line: Line, paid: Floats, rows: Ints) -> None:
        """Keep in view how recipients' revenue grew: all that an office sees of what a line did."""
        seen, total = _weighed_mean(self._growth(), rows, paid)
        weight = total / max(line.reviewed + total, 1e-12)
        line.growth += weight * (seen - line.growth)
        line.reviewed += total

    def _growth(self) -> Floats:
        """Firms' growth in revenue over the year as reported, read once a quarter."""
        firms: Any = self.ledger.sectors["firms"]
        if self._reported.size != len(firms):
            self._reported = reported_growth(firms.revenue_year, firms.revenue_year_before)
        return self._reported

    def reallocate(self, rate: float) -> float:
        """Move yearly envelopes towards lines whose recipients grew more; returns m yuan moved.

        A line gains or loses at most the share `rate`; the sum over the lines reviewed is kept.
        """
        seen = [line for line in self.lines.values() if line.reviewed > 0.0 and not line.pool]
        total = sum(line.yearly for line in seen)
        if len(seen) < 2 or total <= 0.0:
            return 0.0
        mean = sum(line.yearly * line.growth for line in seen) / total
        wanted = [
            line.yearly * (1.0 + rate * min(max((line.growth - mean) / 0.2, -1.0), 1.0))
            for line in seen
        ]
        scale, moved = total / sum(wanted), 0.0
        for line, yearly in zip(seen, wanted, strict=True):
            moved += abs(yearly * scale - line.yearly) / 2.0
            line.yearly = yearly * scale
            line.reviewed *= 0.5
        return moved

    def served(self, name: str, claims: Floats) -> Floats:
        """The share of each claim (m yuan, in the order they are looked at) that a line can pay: the
        first in full, the last what is left. For help that decides whether a thing is done at all.
        """
        return served(claims, self.available(name))

    def counted_on(self, terms: Terms, name: str, cost: Any, beside: float = 0.0) -> Any:
        """The share of a cost that those who decide can count on from the lines behind a term.

        `cost` (m yuan; a total, or by row as the term's values are) is what all who would act at
        the full share would have to pay. Where a line could not pay its part of that, its office
        says so and each counts on as much less: nobody acts on a price that is not paid. `beside` is
        what is asked of the same lines for something else this quarter.
        """
        parts = terms.parts.get(name, ())
        held = [self.held_of(lever, cost * value, beside) for lever, value in parts]
        if min(held, default=1.0) >= 1.0:
            return getattr(terms, name)
        if len(parts) == 1:
            return _cut(parts[0][1], held[0])
        left = [1.0 - value * part for (_, value), part in zip(parts, held, strict=True)]
        return 1.0 - reduce(mul, left)

    def held_of(self, name: str, claims: Any, beside: float = 0.0) -> float:
        """The share of claims on a line (m yuan; a total, or one a row) that it could pay, with what is
        asked of it `beside` them.
        """
        claim = (total_of(claims) if isinstance(claims, np.ndarray) else float(claims)) + beside
        return min(self.available(name) / claim, 1.0) if claim > 0.0 else 1.0

    def share_out(
        self, terms: Terms, name: str, due: Floats, reason: str, rows: Ints | None = None
    ) -> float:
        """Let the lines behind a term pay firms what is due (m yuan), each its part of the share.

        `due` has one value a firm, or one for each of `rows`. Returns the sum paid.
        """
        total = 0.0
        if rows is None:
            rows = rows_where(due > 0.0)
            due = due[rows]
        for lever, part in terms.split(name, due, rows):
            total += total_of(self.spend(lever, "firms", reason, part, payee_rows=rows))
        return total

    def restore(
        self, name: str, payer: str, reason: str, amount: Any, *, payer_rows: Ints | None = None
    ) -> float:
        """Take money back into the purse (clawback, distributions); it is counted as returned."""
        amounts = np.array(amount, float, ndmin=1, copy=None)
        rows = np.zeros(amounts.size, np.int64)
        total = self.ledger.pay(
            payer, "government", reason, amounts, payer_rows=payer_rows, payee_rows=rows, line=name
        )
        self.returned_quarter += total
        return total

    def restore_each(
        self, positions: Ints, payer: str, reason: str, amounts: Floats, payer_rows: Ints | None
    ) -> None:
        """Take money back (m yuan, one amount a row) to the lines at the positions that paid it."""
        back = rows_where(amounts > 0.0)
        position = positions[back]
        for which in sorted(set(position.tolist())):
            mine = back[position == which]
            rows = payer_rows[mine] if payer_rows is not None else None
            self.restore(self.named(which), payer, reason, amounts[mine], payer_rows=rows)

    def _book(self, line: Line, total: float) -> None:
        # Rounding may leave a line at minus one part in 10^16 of what it paid.
        line.available = max(line.available - total, 0.0)
        line.spent += total
        line.spent_quarter += total
