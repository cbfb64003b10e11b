"""Angel, seed, venture and growth funds, private or with a public share."""

from __future__ import annotations

from agents.population import Handle, Population
from agents.schema import Floats, Ints, column


class Fund(Handle):
    """One fund, as Mesa sees it."""


class Funds(Population):
    """Funds with committed capital and a term."""

    handle = Fund

    vintage: Ints = column("quarter", "quarter of closing", 0)
    committed: Floats = column("m yuan", "commitments")
    cash: Floats = column("m yuan", "dry capital and proceeds not yet distributed")
    public_share: Floats = column("share", "share of commitments that is public")
    guidance: Ints = column(
        "code", "0 private, 1 sub-fund of 2010, 2 of the Opinion, 3 public co-investor", 0
    )
    line: Ints = column("position", "of the budget line that paid the public share, -1 = none", -1)
    local_quota: Floats = column("share", "of money bound to the district's priority sectors")
    concession: Floats = column("share", "of public gains left to private partners 让利")
    skill: Floats = column("s.d.", "skill of the manager")
    paid_in: Floats = column("m yuan", "invested so far")
    returned: Floats = column("m yuan", "distributed so far")
    focus: Ints = column("code", "round it likes best: 0 first, 1 second, 2 later", 0)
