"""The levers in the order of the document. Ids are final: they are what users type."""

from __future__ import annotations

from scenarios.lever import Lever
from scenarios.levers.beyond.tax_relief import TaxRelief
from scenarios.levers.beyond.vc_risk_subsidy import VcRiskSubsidy
from scenarios.levers.capability.brands import Brands
from scenarios.levers.capability.civil_military import CivilMilitary
from scenarios.levers.capability.global_innovation import GlobalInnovation
from scenarios.levers.capability.industry_alliances import IndustryAlliances
from scenarios.levers.capability.industry_rnd_platforms import IndustryRndPlatforms
from scenarios.levers.capability.joint_rnd import JointRnd
from scenarios.levers.capability.mission_rnd import MissionRnd
from scenarios.levers.capability.patent_operations import PatentOperations
from scenarios.levers.capability.patent_pools import PatentPools
from scenarios.levers.capability.rnd_subsidy import RndSubsidy
from scenarios.levers.capability.standards import Standards
from scenarios.levers.environment.capital_market_financing import CapitalMarketFinancing
from scenarios.levers.environment.credit_agencies import CreditAgencies
from scenarios.levers.environment.credit_information import CreditInformation
from scenarios.levers.environment.credit_products import CreditProducts
from scenarios.levers.environment.credit_risk_compensation import CreditRiskCompensation
from scenarios.levers.environment.graduate_landing import GraduateLanding
from scenarios.levers.environment.incubation_chain import IncubationChain
from scenarios.levers.environment.incubation_platform import IncubationPlatform
from scenarios.levers.environment.incubator_support import IncubatorSupport
from scenarios.levers.environment.innovation_mentors import InnovationMentors
from scenarios.levers.environment.ip_agencies import IpAgencies
from scenarios.levers.environment.ip_exchange import IpExchange
from scenarios.levers.environment.ip_services_voucher import IpServicesVoucher
from scenarios.levers.environment.listing_support import ListingSupport
from scenarios.levers.environment.loan_interest_subsidy import LoanInterestSubsidy
from scenarios.levers.environment.merger_support import MergerSupport
from scenarios.levers.environment.service_platforms import ServicePlatforms
from scenarios.levers.environment.tech_finance_branches import TechFinanceBranches
from scenarios.levers.industries.advanced_manufacturing import AdvancedManufacturing
from scenarios.levers.industries.entry_screening import EntryScreening
from scenarios.levers.industries.finance_attraction import FinanceAttraction
from scenarios.levers.industries.firm_attraction import FirmAttraction
from scenarios.levers.industries.functional_zones import FunctionalZones
from scenarios.levers.industries.industry_fund import IndustryFund
from scenarios.levers.industries.key_firm_services import KeyFirmServices
from scenarios.levers.industries.regional_co_innovation import RegionalCoInnovation
from scenarios.levers.industries.regional_transfer import RegionalTransfer
from scenarios.levers.industries.technology_services import TechnologyServices
from scenarios.levers.safeguards.fund_coordination import FundCoordination
from scenarios.levers.safeguards.ip_pre_review import IpPreReview
from scenarios.levers.safeguards.park_amenities import ParkAmenities
from scenarios.levers.safeguards.performance_management import PerformanceManagement
from scenarios.levers.safeguards.policy_outreach import PolicyOutreach
from scenarios.levers.safeguards.project_appraisal import ProjectAppraisal
from scenarios.levers.safeguards.third_party_evaluation import ThirdPartyEvaluation
from scenarios.levers.safeguards.unified_application import UnifiedApplication
from scenarios.levers.vitality.first_purchase import FirstPurchase
from scenarios.levers.vitality.global_recruitment import GlobalRecruitment
from scenarios.levers.vitality.guidance_fund import GuidanceFund
from scenarios.levers.vitality.industrialisation_grants import IndustrialisationGrants
from scenarios.levers.vitality.innovation_events import InnovationEvents
from scenarios.levers.vitality.ownership_clearance import OwnershipClearance
from scenarios.levers.vitality.product_promotion import ProductPromotion
from scenarios.levers.vitality.researcher_founders import ResearcherFounders
from scenarios.levers.vitality.seed_equity_fund import SeedEquityFund
from scenarios.levers.vitality.talent_awards import TalentAwards
from scenarios.levers.vitality.talent_services import TalentServices
from scenarios.levers.vitality.transfer_fund import TransferFund
from scenarios.levers.vitality.transfer_offices import TransferOffices

SECTIONS = ("environment", "vitality", "capability", "industries", "safeguards", "beyond")

LEVERS: dict[str, type[Lever]] = {
    lever.id: lever
    for lever in (
        ServicePlatforms,
        InnovationMentors,
        IncubatorSupport,
        IncubationPlatform,
        IncubationChain,
        GraduateLanding,
        CreditRiskCompensation,
        TechFinanceBranches,
        LoanInterestSubsidy,
        ListingSupport,
        CapitalMarketFinancing,
        MergerSupport,
        IpServicesVoucher,
        IpExchange,
        IpAgencies,
        CreditInformation,
        CreditAgencies,
        CreditProducts,
        TransferFund,
        ResearcherFounders,
        TransferOffices,
        IndustrialisationGrants,
        OwnershipClearance,
        TalentAwards,
        TalentServices,
        GlobalRecruitment,
        GuidanceFund,
        SeedEquityFund,
        InnovationEvents,
        FirstPurchase,
        ProductPromotion,
        RndSubsidy,
        MissionRnd,
        IndustryRndPlatforms,
        JointRnd,
        IndustryAlliances,
        CivilMilitary,
        PatentOperations,
        PatentPools,
        Standards,
        Brands,
        GlobalInnovation,
        IndustryFund,
        AdvancedManufacturing,
        TechnologyServices,
        FirmAttraction,
        KeyFirmServices,
        EntryScreening,
        FinanceAttraction,
        FunctionalZones,
        RegionalTransfer,
        RegionalCoInnovation,
        FundCoordination,
        UnifiedApplication,
        ParkAmenities,
        IpPreReview,
        PerformanceManagement,
        ThirdPartyEvaluation,
        ProjectAppraisal,
        PolicyOutreach,
        TaxRelief,
        VcRiskSubsidy,
    )
}
