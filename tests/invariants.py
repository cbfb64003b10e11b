"""What must hold of a district at the end of every quarter, whatever the scenario."""

from __future__ import annotations

import numpy as np

from sim.model import Ecosystem

CLOSE = 1e-9


def check(eco: Ecosystem) -> None:
    """Assert every invariant below, naming the first that fails."""
    for rule in RULES:
        assert rule(eco), f"quarter {eco.quarter}: not true that {rule.__doc__}"


def identities_are_unique(eco: Ecosystem) -> bool:
    """no two agents of a kind share an identity, and all are below 2**53."""
    kinds = [*eco.populations.values(), eco.founders]
    return all(
        len(np.unique(kind.uid)) == len(kind) and bool((kind.uid < 2**53).all()) for kind in kinds
    )


def numbers_are_finite(eco: Ecosystem) -> bool:
    """every number in every table is finite."""
    return all(
        bool(np.isfinite(values).all())
        for table in eco.tables.values()
        for values in table.dump().values()
    )


def debts_are_loans(eco: Ecosystem) -> bool:
    """a firm's debt is the sum of its loans."""
    owed = np.bincount(eco.loans.firm, eco.loans.principal, len(eco.firms))
    return bool(np.allclose(eco.firms.debt, owed, atol=CLOSE))


def stakes_are_fund_shares(eco: Ecosystem) -> bool:
    """the share of a firm that funds hold is the sum of their stakes, and below one."""
    held = np.bincount(eco.stakes.firm, eco.stakes.share, len(eco.firms))
    return bool(np.allclose(eco.firms.fund_share, held, atol=CLOSE) and (held < 1.0).all())


def tenants_have_places(eco: Ecosystem) -> bool:
    """a carrier counts exactly the firms that sit in it."""
    homes = eco.firms.incubator[eco.firms.incubator >= 0]
    seated = np.bincount(homes, minlength=len(eco.incubators))
    return bool(np.array_equal(seated, eco.incubators.tenants))


def market_shares_sum_to_one(eco: Ecosystem) -> bool:
    """in every sector the firms' shares and the outside competitors' sum to one, none negative."""
    whole = eco.by_sector(eco.firms.share) + eco.sectors.outside_share
    positive = (eco.firms.share >= 0.0).all() and (eco.sectors.outside_share >= 0.0).all()
    return bool(np.allclose(whole, 1.0, atol=CLOSE) and positive)


def shares_stay_shares(eco: Ecosystem) -> bool:
    """what is called a share lies between nought and one."""
    firms = eco.firms
    columns = (firms.capability, firms.ip_protection, firms.ambition, firms.rated,
               firms.novelty, firms.credit_record, firms.propensity)  # fmt: skip
    return all(bool(((c >= 0.0) & (c <= 1.0)).all()) for c in columns)


def staff_hold_together(eco: Ecosystem) -> bool:
    """S&T staff are part of staff, and no firm is smaller than the smallest firm."""
    firms = eco.firms
    least = eco.world.costs.staff_least
    return bool((firms.st_staff <= firms.staff).all() and (firms.staff >= least - CLOSE).all())


def stocks_are_not_negative(eco: Ecosystem) -> bool:
    """no stock of things or of others' money is below nought."""
    firms, universities, zones = eco.firms, eco.universities, eco.zones
    stocks = (
        *(universities.cleared, universities.inventions, zones.floor_space, zones.used),
        *(eco.funds.cash, eco.incubators.places, eco.loans.principal, eco.stakes.cost),
        *(firms.revenue, firms.cost, firms.patents, firms.prototype, firms.top_talent),
    )
    return all(bool((stock >= -CLOSE).all()) for stock in stocks)


def links_point_at_rows(eco: Ecosystem) -> bool:
    """every link joins two agents that are there."""
    others = ((eco.loans, eco.banks), (eco.stakes, eco.funds), (eco.memberships, eco.alliances))
    return all(
        bool(
            ((links.firm >= 0) & (links.firm < len(eco.firms))).all()
            and ((links.other >= 0) & (links.other < len(kind))).all()
        )
        for links, kind in others
    )


def lines_are_within_their_envelopes(eco: Ecosystem) -> bool:
    """no budget line is overdrawn."""
    return all(line.available >= 0.0 for line in eco.treasury.lines.values())


RULES = (
    identities_are_unique,
    numbers_are_finite,
    debts_are_loans,
    stakes_are_fund_shares,
    tenants_have_places,
    market_shares_sum_to_one,
    shares_stay_shares,
    staff_hold_together,
    stocks_are_not_negative,
    links_point_at_rows,
    lines_are_within_their_envelopes,
)
