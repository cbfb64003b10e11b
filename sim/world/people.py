"""The labour market: two kinds of staff, and top talent with fixed identities."""

from __future__ import annotations

from dataclasses import dataclass

from agents.declare import declared


@dataclass(frozen=True)
class LabourParameters:
    """Wages of S&T staff clear against a supply of finite elasticity."""

    wage_st: float = declared(0.195, "m yuan/year", "wage of S&T staff at the opening", low=0.01)
    wage_other: float = declared(
        0.118, "m yuan/year", "wage of other staff at the opening", low=0.01
    )
    wage_size: float = declared(0.02, "–", "elasticity of pay to staff")
    supply_elasticity: float = declared(
        1.5, "–", "S&T people coming per unit of log wage against elsewhere", low=0.05, high=10
    )
    supply_growth: float = declared(0.055, "1/year", "growth of S&T supply at equal wages")
    wage_speed: float = declared(0.25, "1/quarter", "wage response to the gap of demand and supply")
    housing_weight: float = declared(
        0.20, "–", "S&T supply lost per unit of log rent above its path"
    )
    hire_speed: float = declared(0.50, "1/quarter", "of a gap closed by recruiting")
    fire_speed: float = declared(0.35, "1/quarter", "of a surplus let go")


@dataclass(frozen=True)
class TalentParameters:
    """Top talent abroad and elsewhere: who might come is fixed, whether they come is decided."""

    residents: float = declared(
        1_200.0, "persons", "top talent at the opening (179 in the schemes of 2011)", source="F11"
    )
    yearly: int = declared(520, "persons/year", "top people elsewhere who consider Haidian", low=0)
    pay: float = declared(0.60, "m yuan/year", "pay of top talent", low=0)
    outside: float = declared(0.92, "m yuan/year", "median value of the offer elsewhere")
    outside_spread: float = declared(0.28, "s.d. of log", "spread of other offers")
    housing: float = declared(0.10, "m yuan/year", "cost of housing and schooling at the opening")
    horizon: float = declared(4.0, "years", "over which an award counts as income", low=0.25)
    amenity_worth: float = declared(
        0.0002, "m yuan/year", "worth to a person of a million yuan of facilities in the parks",
        low=0, high=0.1,
    )  # fmt: skip
    need: float = declared(1.0, "m yuan/year", "R&D money that makes a top person fully productive")
    attrition: float = declared(0.02, "1/quarter", "leave the district")
    quality_spread: float = declared(0.40, "s.d. of log", "spread of what people can add")
