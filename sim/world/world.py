"""The world: populations, behaviour, outside demand, rates, zones and the budget of June 2014."""

from __future__ import annotations

from dataclasses import dataclass, field

from agents.declare import declared
from sim.world.demand import CostParameters, DemandParameters, SectorParameters
from sim.world.finance import CreditParameters, EquityParameters
from sim.world.firms import FirmParameters, FounderParameters, LeavingParameters
from sim.world.people import LabourParameters, TalentParameters
from sim.world.place import IncubatorParameters, ZoneParameters
from sim.world.purse import GrantParameters, PurseParameters, RoyaltyParameters
from sim.world.research import (
    AgencyParameters,
    AllianceParameters,
    ResearchParameters,
    UniversityParameters,
)


@dataclass(frozen=True)
class World:
    """Declared values are those of `haidian_2014`; other worlds state only what differs.

    Every number carries unit, grade and source (see `agents.declare`).
    """

    name: str = "haidian_2014"
    scale: float = declared(
        1.0,
        "× district",
        "size of the simulated district; results are reported at 1",
        low=0.01,
        high=1,
    )
    burn_in: int = declared(
        8, "quarters", "run before the opening, so that portfolios and stocks agree", low=0, high=80
    )
    sectors: SectorParameters = field(default_factory=SectorParameters)
    zones: ZoneParameters = field(default_factory=ZoneParameters)
    demand: DemandParameters = field(default_factory=DemandParameters)
    costs: CostParameters = field(default_factory=CostParameters)
    firms: FirmParameters = field(default_factory=FirmParameters)
    founders: FounderParameters = field(default_factory=FounderParameters)
    leaving: LeavingParameters = field(default_factory=LeavingParameters)
    research: ResearchParameters = field(default_factory=ResearchParameters)
    universities: UniversityParameters = field(default_factory=UniversityParameters)
    alliances: AllianceParameters = field(default_factory=AllianceParameters)
    agencies: AgencyParameters = field(default_factory=AgencyParameters)
    labour: LabourParameters = field(default_factory=LabourParameters)
    talent: TalentParameters = field(default_factory=TalentParameters)
    incubators: IncubatorParameters = field(default_factory=IncubatorParameters)
    equity: EquityParameters = field(default_factory=EquityParameters)
    credit: CreditParameters = field(default_factory=CreditParameters)
    grants: GrantParameters = field(default_factory=GrantParameters)
    royalties: RoyaltyParameters = field(default_factory=RoyaltyParameters)
    purse: PurseParameters = field(default_factory=PurseParameters)
