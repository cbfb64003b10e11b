"""From columns to agents and back: read an Ecosystem's state, compare it with the agents' state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.reference.agents import (
    Agency,
    Alliance,
    Bank,
    Firm,
    Founder,
    Fund,
    Incubator,
    Loan,
    Resident,
    Sector,
    Stake,
    University,
    Zone,
)
from experiments.reference.model import ReferenceModel
from experiments.reference.money import BudgetLine
from experiments.reference.offers import Offers, Refund, Tender

if TYPE_CHECKING:
    from agents.table import Table
    from sim.model import Ecosystem

KINDS: dict[str, type[Resident]] = {
    "zones": Zone, "sectors": Sector, "universities": University, "incubators": Incubator,
    "banks": Bank, "funds": Fund, "agencies": Agency, "alliances": Alliance,
    "founders": Founder, "firms": Firm,
}  # fmt: skip
# Columns that hold a position in another table; attributes hold the agent there.
PLACES = {
    "incubators": {"zone": "zones"},
    "alliances": {"sector": "sectors"},
    "founders": {"sector": "sectors", "university": "universities"},
    "firms": {"sector": "sectors", "zone": "zones", "incubator": "incubators"},
}
PURSES = ("households", "outside", "state", "landlords")
LOAN_VALUES = ("principal", "rate", "due", "cover", "guaranteed", "small")
STAKE_VALUES = ("share", "cost", "quarter")


def read(eco: Ecosystem, phase: str) -> ReferenceModel:
    """Agents in the state that `eco` is in just before `phase`, with the phase's terms."""
    model = ReferenceModel(eco.world, eco.dice.seed, eco.quarter)
    model.conditions = replace(eco.conditions)
    made: dict[str, list[Any]] = {}
    for name, kind in KINDS.items():
        made[name] = list(_agents(model, kind, eco.tables[name], PLACES.get(name, {}), made))
    for firm in made["firms"]:
        firm.alliance = None
    _read_links(model, eco, made)
    _read_money(model, eco)
    model.offers = _offers(eco, phase, made["firms"])
    return model


def _agents(
    model: ReferenceModel, kind: type[Resident], table: Table, places: dict[str, str],
    made: dict[str, list[Any]],
) -> Iterable[Resident]:  # fmt: skip
    names = list(table.columns)
    columns = [getattr(table, name).tolist() for name in names]
    for code, values in enumerate(zip(*columns, strict=True)):
        agent = kind(model, **dict(zip(names, values, strict=True)))
        for name, where in places.items():
            row = getattr(agent, name)
            setattr(agent, name, made[where][row] if row >= 0 else None)
        agent.code = code
        yield agent


def _rows(table: Table, *names: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(getattr(table, name).tolist() for name in names), strict=True)


def _read_links(model: ReferenceModel, eco: Ecosystem, made: dict[str, list[Any]]) -> None:
    firms = made["firms"]
    for firm, bank, *values in _rows(eco.loans, "firm", "other", *LOAN_VALUES):
        model.loans.append(Loan(firms[firm], made["banks"][bank], *values))
    for firm, fund, *values in _rows(eco.stakes, "firm", "other", *STAKE_VALUES):
        model.stakes.append(Stake(firms[firm], made["funds"][fund], *values))
    for firm, alliance in _rows(eco.memberships, "firm", "other"):
        firms[firm].alliance = made["alliances"][alliance]


def _read_money(model: ReferenceModel, eco: Ecosystem) -> None:
    model.district.cash = float(eco.government.cash[0])
    for name in PURSES:
        getattr(model, name).cash = eco.ledger.balance[name]
    model.purser.returned = eco.treasury.returned_quarter
    for name, line in eco.treasury.lines.items():
        model.purser.lines[name] = BudgetLine(line.available, line.spent)


def _offers(eco: Ecosystem, phase: str, firms: list[Firm]) -> Offers:
    """The terms of the quarter; those with a value a firm only of the phase, since rows move."""
    terms = eco.terms

    def by_firm(value: Any) -> dict[Firm, float]:
        values = np.broadcast_to(np.asarray(value, float), len(firms)).tolist()
        return {firm: share for firm, share in zip(firms, values, strict=True) if share != 0.0}

    def chosen(flags: Any) -> set[Firm]:
        return {firm for firm, flag in zip(firms, flags.tolist(), strict=True) if flag}

    offers = Offers(
        review_hours=float(terms.granting.review_hours),
        audit=float(terms.granting.audit), paperwork=float(terms.granting.paperwork),
        covered_loan=float(terms.lending.covered_loan),
        rent_support=float(terms.founding.rent_support),
        pools=list(terms.settling.pools or eco.treasury.pools()),
    )  # fmt: skip
    if phase == "granting":
        offers.refunds = [
            Refund(one.lever, one.share, one.cap, chosen(one.eligible))
            for one in terms.granting.refunds
        ]
    elif phase == "lending":
        offers.cover = by_firm(terms.lending.cover)
        offers.cover_expected = by_firm(terms.lending.cover_expected)
    elif phase == "researching":
        offers.relief = by_firm(terms.researching.relief)
    elif phase == "selling":
        offers.tenders = [
            Tender(one.lever, one.volume, one.largest, one.premium, chosen(one.eligible))
            for one in terms.selling.orders
        ]
    elif phase == "settling":
        parts = terms.settling.parts.get("tenant_rent", [])
        offers.tenant_rent = {lever: by_firm(share) for lever, share in parts}
    return offers
