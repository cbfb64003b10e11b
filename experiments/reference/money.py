"""Money: it leaves one pocket and enters another; public money leaves by a programme's line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from experiments.reference.agents import District, Purse


def pay(payer: Any, payee: Any, amount: float) -> None:
    """Move `amount` (m yuan) between two things that have `cash`."""
    payer.cash -= amount
    payee.cash += amount


@dataclass
class BudgetLine:
    """What a line can still pay out and what it has paid (m yuan)."""

    available: float
    spent: float


@dataclass
class Purser:
    """Keeps the district's lines: none is overdrawn, administration is paid on top."""

    district: District
    households: Purse
    administration: float
    lines: dict[str, BudgetLine] = field(default_factory=dict)
    returned: float = 0.0

    def can_pay(self, line: str) -> float:
        """What a line can still pay out, its administration set aside (m yuan)."""
        return self.lines[line].available / (1.0 + self.administration)

    def settle(
        self, line: str, claims: Sequence[tuple[Any, float]], *, administered: bool = True
    ) -> list[float]:
        """Pay claims (payee, m yuan) from a line; if it is short all are cut by the same share.

        Returns what each was paid.
        """
        total = sum(amount for _, amount in claims)
        if total <= 0.0:
            return [0.0 for _ in claims]
        overhead = self.administration if administered else 0.0
        book = self.lines[line]
        share = min(1.0, book.available / (1.0 + overhead) / total)
        paid = [amount * share for _, amount in claims]
        for (payee, _), amount in zip(claims, paid, strict=True):
            pay(self.district, payee, amount)
        pay(self.district, self.households, overhead * sum(paid))
        outlay = (1.0 + overhead) * sum(paid)
        book.available = max(book.available - outlay, 0.0)
        book.spent += outlay
        return paid

    def take_back(self, payer: Any, amount: float) -> None:
        """Money returns to the purse (m yuan)."""
        pay(payer, self.district, amount)
        self.returned += amount
