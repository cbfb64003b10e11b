"""Edges as columns: who owes, owns, rents, licenses or belongs to whom."""

from __future__ import annotations

from agents.schema import Floats, Ints, column
from agents.table import Table


class Links(Table):
    """Edges from a firm (by row, which follows the firm when rows move) to another agent's row."""

    firm: Ints = column("row", "the firm", 0)
    other: Ints = column("row", "the bank, fund, incubator, alliance or university", 0)

    def follow(self, moved: Ints) -> None:
        """Take the firms' new positions after a removal; edges of firms that left must be gone."""
        self.firm[:] = moved[self.firm]


class Loans(Links):
    """Bank loans outstanding."""

    principal: Floats = column("m yuan", "outstanding principal")
    rate: Floats = column("1/year", "interest rate agreed")
    due: Ints = column("quarter", "quarter in which the principal falls due", 0)
    cover: Floats = column("share", "share of lost principal promised by the compensation pool")
    guaranteed: Floats = column("share", "share of lost principal borne by the guarantee company")
    small: Ints = column("0/1", "1 if the borrower's yearly revenue was below 100 m", 0)


class Stakes(Links):
    """Equity that funds hold in firms."""

    share: Floats = column("share", "share of the firm's equity")
    cost: Floats = column("m yuan", "what was paid for it")
    quarter: Ints = column("quarter", "when it was bought", 0)


class Memberships(Links):
    """Firms in alliances."""
