"""Whether a firm would misuse support: the gain against the risk of being found and its honesty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.schema import Flags

if TYPE_CHECKING:
    from sim.model import Ecosystem


def audit_rate(eco: Ecosystem) -> float:
    """Share of grantees audited."""
    return 1.0 - (1.0 - eco.world.grants.audit) * (1.0 - float(eco.terms.granting.audit))


def temptation(eco: Ecosystem) -> float:
    """What spending a grant elsewhere gains beyond the risk of being found, in grants."""
    grants = eco.world.grants
    return grants.temptation - audit_rate(eco) * (1.0 + grants.penalty)


def tempted(eco: Ecosystem) -> Flags:
    """Whose gain from spending a grant elsewhere exceeds the risk and the moral cost."""
    return eco.firms.honesty < temptation(eco)
