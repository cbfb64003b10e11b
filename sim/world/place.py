"""Zones: floor space, rent, and how far the district can build."""

from __future__ import annotations

from dataclasses import dataclass

from agents.declare import declared


@dataclass(frozen=True)
class ZoneParameters:
    """The five places of the Opinion (三(四)3–4); the last is the surrounding region."""

    names: tuple[str, ...] = (
        "science_city",
        "northern_area",
        "specialised_parks",
        "town_parks",
        "region",
    )
    floor_space: tuple[float, ...] = declared(
        (7.0, 2.6, 1.7, 1.2, 40.0),
        "m m²",
        "floor space for technology firms at the opening",
        low=0.01,
    )
    firm_share: tuple[float, ...] = declared(
        (0.58, 0.20, 0.13, 0.09, 0.0), "share", "where the firms of 2014 sit"
    )
    rent: tuple[float, ...] = declared(
        (165.0, 105.0, 95.0, 70.0, 40.0),
        "yuan/m²/month",
        "asking rent at the opening; 15–27 US$ in 2007",
        grade="B",
        source="NZ07",
        low=0.1,
    )
    space_per_head: float = declared(14.0, "m²", "floor space per employee", low=5, high=40)
    space_elasticity: float = declared(
        0.7, "–", "floor space a head saved per unit of log rent above the city's path", low=0
    )
    rent_speed: float = declared(
        0.15, "1/quarter", "change of log rent per unit of occupancy above normal", low=0, high=2
    )
    normal_occupancy: float = declared(0.90, "share", "occupancy that leaves rents alone")
    rent_growth: float = declared(0.045, "1/year", "growth of rents elsewhere in the city")
    build_cost: float = declared(
        9_000.0, "yuan/m²", "cost of a square metre of office or laboratory", low=1
    )
    build_elasticity: float = declared(
        0.50,
        "–",
        "new space a year, share of the stock, per unit of log rent above its opening level",
    )
    build_limit: float = declared(
        0.03, "share/year", "most that can be built: land is scarce (part 一(三))", low=0, high=0.2
    )
    amenity_weight: float = declared(
        0.10,
        "log points",
        "attraction per log of 1 + facilities (m yuan per 10,000 m²)",
        low=0,
        high=2,
    )
    amenity_decay: float = declared(0.02, "1/quarter", "facilities wear out", low=0, high=1)
    production_share: float = declared(
        0.40, "share of other staff", "work that could be done in the region", low=0, high=1
    )
    mover_staff: float = declared(20.0, "persons", "smaller firms do not split", low=3)
    relocation_cost: float = declared(
        0.20, "m yuan of 2014 a head", "median cost of moving a workplace, its head and what it knew",
        low=0.01, high=5,
    )  # fmt: skip
    relocation_years: float = declared(
        3.0, "years", "rent saved that counts in the decision", low=0
    )
    separation: float = declared(
        0.50, "–", "pace from prototype to market lost per share of staff that works elsewhere",
        low=0, high=1,
    )  # fmt: skip
    move_rate: float = declared(0.02, "1/quarter", "sitting firms that consider another zone")
    rent_weight: float = declared(
        1.2, "–", "weight of log rent against taste in the choice of a zone", low=0
    )
    taste: tuple[float, ...] = declared(
        (1.30, 0.45, 0.30, -0.10, -1.60), "log points", "attraction of the zone apart from rent"
    )
    density_elasticity: float = declared(
        0.05,
        "–",
        "elasticity of research productivity to the zone's knowledge density",
        low=0.02,
        high=0.10,
        grade="A",
        source="MGN09, MG16",
    )

    def positions(self, names: tuple[str, ...]) -> list[int]:
        """Positions of named zones."""
        return [self.names.index(name) for name in names]


@dataclass(frozen=True)
class IncubatorParameters:
    """Carriers: incubators, accelerators, science parks, co-working and maker spaces."""

    count: int = declared(
        110,
        "carriers",
        "service bodies for start-ups, >100 in 2015",
        low=1,
        grade="B",
        source="SS15",
    )
    places: float = declared(
        26.0, "places", "places a carrier for counted firms (teams not counted)", low=1
    )
    rent_share: float = declared(
        0.50, "share", "rent inside relative to market", grade="B", source="SH06", low=0, high=1
    )
    head_rent: float = declared(
        0.42,
        "share",
        "rent that operators pay for their buildings relative to market",
        low=0,
        high=1,
    )
    stay: int = declared(12, "quarters", "longest stay", low=1)
    graduate_staff: float = declared(40.0, "persons", "a tenant this large must leave")
    selection_noise: float = declared(0.8, "s.d.", "noise of admission, in s.d. of applicants")
    mentors_per_100: float = declared(6.0, "persons", "mentors per 100 tenants", low=0.01)
    mentor_cost: float = declared(0.16, "m yuan/year", "cost of a mentor", low=0.001)
    mentor_gain: float = declared(
        0.010, "1/quarter", "team capability gained at full mentoring, towards 1", low=0
    )
    place_space: float = declared(70.0, "m²", "floor space a place")
    place_cost: float = declared(0.35, "m yuan", "cost of fitting out a place", low=0.001)
    cost_of_capital: float = declared(0.12, "1/year", "return asked by operators")
    service_fee: float = declared(0.05, "m yuan/year", "fees a tenant pays for services")
    equity_income: float = declared(
        0.035, "m yuan/year", "operators' other income a tenant (stakes, events)"
    )
