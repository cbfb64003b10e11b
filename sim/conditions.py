"""What is true of the district as a whole this quarter: indices, prices, expectations."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass
class Conditions:
    """Scalars that the quarter carries on; every one is in the snapshot."""

    nominal: float = 1.0  # outside wages and prices, 1 at the opening
    demand: float = 1.0  # outside demand, 1 at the opening
    demand_growth: float = 0.15  # its growth now, 1/year
    frontier: float = 1.0  # level of the outside frontier, 1 at the opening
    first_mover: float = 0.0  # worth of the district's first-mover rules, log points
    wage_st: float = 0.2  # m yuan/year
    wage_other: float = 0.12  # m yuan/year
    supply_st: float = 0.0  # S&T people who would work here at the path's wage
    funded_young: float = 0.05  # share of young firms funded over the last year
    grant_chance: float = 0.5  # share of grant applications that succeeded last quarter
    award_chance: float = 0.0  # share of newcomers who got a talent award last quarter
    residents: float = 0.0  # top people who never had an award
    applications: float = 0.0  # grant applications last quarter
    guarantee_cash: float = 0.0  # guarantee company's capital left, m yuan
    equity_return: float = 0.13  # 1/year, what partners learnt from exits
    ended_cost: float = 1.0  # what ended stakes had cost, as partners remember it, m yuan
    ended_proceeds: float = 1.0  # what they brought, m yuan
    ended_years: float = 1.0  # how long the money was in them, m yuan × years
    pool_calls: float = 0.0  # expected quarterly calls on the compensation pool, m yuan

    def dump(self) -> dict[str, float]:
        """As a plain dictionary, for a snapshot."""
        return asdict(self)
