"""The levers in the order of the document. Ids are final: they are what users type."""

from __future__ import annotations

from scenarios.lever import Lever
from scenarios.levers.capability.rnd_subsidy import RndSubsidy
from scenarios.levers.environment.credit_risk_compensation import CreditRiskCompensation
from scenarios.levers.environment.incubator_support import IncubatorSupport
from scenarios.levers.industries.functional_zones import FunctionalZones
from scenarios.levers.safeguards.policy_outreach import PolicyOutreach
from scenarios.levers.safeguards.third_party_evaluation import ThirdPartyEvaluation
from scenarios.levers.vitality.first_purchase import FirstPurchase
from scenarios.levers.vitality.guidance_fund import GuidanceFund
from scenarios.levers.vitality.talent_awards import TalentAwards
from scenarios.levers.vitality.transfer_offices import TransferOffices

SECTIONS = ("environment", "vitality", "capability", "industries", "safeguards", "beyond")

LEVERS: dict[str, type[Lever]] = {
    lever.id: lever
    for lever in (
        IncubatorSupport,
        CreditRiskCompensation,
        TransferOffices,
        TalentAwards,
        GuidanceFund,
        FirstPurchase,
        RndSubsidy,
        FunctionalZones,
        ThirdPartyEvaluation,
        PolicyOutreach,
    )
}
