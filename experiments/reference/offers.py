"""What levers offer in a quarter: the terms of each phase, by firm where they differ by firm."""

from __future__ import annotations

from dataclasses import dataclass, field

from experiments.reference.agents import Firm

ByFirm = dict[Firm, float]


@dataclass
class Refund:
    """A share of last year's increment in R&D, up to a cap (m yuan), for eligible firms."""

    line: str
    share: float
    cap: float
    eligible: set[Firm]


@dataclass
class Tender:
    """Government purchases open to new products: volume and largest order (m yuan a quarter),
    price preference (a share).
    """

    line: str
    volume: float
    largest: float
    premium: float
    eligible: set[Firm]


@dataclass
class Offers:
    """All that levers may change about the seven phases; as it stands, nothing."""

    review_hours: float = 0.0  # an application
    audit: float = 0.0  # share of grantees, beyond the usual
    paperwork: float = 0.0  # share added to the effort of applying
    rent_support: float = 0.0  # share of carriers' rent that founders hear tenants are paid
    refunds: list[Refund] = field(default_factory=list)
    cover: ByFirm = field(default_factory=dict)  # share of lost principal promised
    cover_expected: ByFirm = field(default_factory=dict)  # the same, as banks believe it
    covered_loan: float = 0.0  # m yuan, the largest
    relief: ByFirm = field(default_factory=dict)  # share of a yuan of R&D expected back
    tenders: list[Tender] = field(default_factory=list)
    tenant_rent: dict[str, ByFirm] = field(default_factory=dict)  # by line, share of rent
    pools: list[str] = field(default_factory=list)  # lines that stand behind loans
