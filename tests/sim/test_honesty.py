"""Tests that keep us honest: none is decoration, nothing is put in that should come out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from factories import (
    LIVELY,
    MICRO,
    SEED,
    after,
    changed,
    differing,
    district,
    lived,
    package,
    series,
    state,
    strong,
)

import sim.mechanisms.claims
import sim.phases.lending as lending
from agents.declare import GRADES, declarations, parts_of
from scenarios.levers import LEVERS
from sim.build import build
from sim.markets import credit
from sim.model import Ecosystem
from sim.phases import leaving
from sim.snapshot import Snapshot
from sim.world import World

ROOT = Path(__file__).parents[2]
QUARTERS = 12


# None is decoration ------------------------------------------------------------------------------


def _no_universities(eco: Ecosystem) -> None:
    eco.universities.research[:] = 0.0
    eco.universities.inventions[:] = eco.universities.cleared[:] = 0.0


def _no_carriers(eco: Ecosystem) -> None:
    """Carriers keep their tenants and take no more."""
    eco.incubators.places[:] = np.maximum(eco.incubators.tenants, 1.0)


def _no_agencies(eco: Ecosystem) -> None:
    eco.agencies.hours[:] = 0.0
    eco.agencies.quality[:] = 0.0


def _no_alliances(eco: Ecosystem) -> None:
    eco.memberships.discard(np.ones(len(eco.memberships), bool))
    eco.alliances.discard(np.ones(len(eco.alliances), bool))


def _no_dry_capital(eco: Ecosystem) -> None:
    """Funds that are there have spent their money; new ones may still be raised."""
    out = eco.funds.cash.copy()
    eco.ledger.pay("funds", "outside", "withdrawn", out)


def _no_limits(eco: Ecosystem) -> None:
    eco.banks.limit[:] = 0.0


FROZEN: dict[str, tuple[dict, Callable[[Ecosystem], None]]] = {
    "firms' research": ({"research.efficacy": 0.0}, lambda eco: None),
    "founders": ({"founders.yearly": 0}, lambda eco: None),
    "universities": ({}, _no_universities),
    "incubators": ({}, _no_carriers),
    "funds": ({}, _no_dry_capital),
    "managers": ({"equity.raising": 0.0}, lambda eco: None),
    "banks": ({}, _no_limits),
    "agencies": ({}, _no_agencies),
    "alliances": ({}, _no_alliances),
    "talent": ({"talent.yearly": 0}, lambda eco: None),
    "state and city grants": ({"grants.standing": 0.0}, lambda eco: None),
}


@pytest.mark.parametrize("who", FROZEN)
def test_freezing_a_kind_of_agent_changes_the_firms(who):
    """If the firms' fate is the same without them, they are decoration. The dozen members of alliances
    in so small a district innovate by it now and then, within four years and not on every seed.
    """
    values, freeze = FROZEN[who]

    def changes(seed: int) -> set[str]:
        eco = district(world=changed(LIVELY, values), seed=seed)
        freeze(eco)
        eco.run(16)
        return differing(state(eco), state(lived((), 16, seed, LIVELY)))

    columns = {"firms.quality", "firms.revenue", "firms.cash"}
    assert any(columns <= changes(seed) for seed in (SEED, 1, 2, 3))


def test_freezing_the_government_changes_the_firms():
    """A district without a programme budget cannot pay for the package: its purse is empty."""
    poor = changed(MICRO, {"purse.programme_budget": 0.0})
    rich, bare = after(8, package()), after(8, package(), world=poor)
    assert not np.array_equal(series(rich, "revenue"), series(bare, "revenue"))
    assert not differing(state(bare), state(lived((), 8))) - {"government.cash"}


def test_no_column_is_kept_for_nothing():
    """Every column of every table changes a number somewhere: it is read in the code."""
    code = "\n".join(path.read_text(encoding="utf-8") for folder in ("agents", "sim", "scenarios")
                     for path in (ROOT / folder).rglob("*.py"))  # fmt: skip
    unread = [
        f"{table}.{name}"
        for table, rows in district().tables.items()
        for name in rows.columns
        if not re.search(rf"\.{name}\b", code)
    ]
    assert not unread


class _Watched:
    """A block of the world that notes which values are read."""

    def __init__(self, block, seen: set[str], prefix: str = "") -> None:
        self.__dict__.update(_block=block, _seen=seen, _prefix=prefix)

    def __getattr__(self, name):
        value = getattr(self._block, name)
        if hasattr(value, "__dataclass_fields__"):
            return _Watched(value, self._seen, f"{self._prefix}{name}.")
        self._seen.add(self._prefix + name)
        return value


def test_every_declared_value_of_the_world_is_used():
    """A number that no rule reads misleads whoever changes it."""
    seen: set[str] = set()
    world = changed(LIVELY, {"burn_in": 4, "demand.shock_start": -4})
    eco = build(_Watched(world, seen))  # type: ignore[arg-type]
    eco.run(4)
    policy = Ecosystem(_Watched(world, seen), package(), 1)  # type: ignore[arg-type]
    Snapshot.take(eco).restore(policy)
    policy.run(8)
    unused = {item.name for item in declarations(world)} - seen
    assert not unused


# Levers are not bonuses --------------------------------------------------------------------------

# lever → a world in which agents do not respond to it, what they may still notice, and the lever
RESPONSES: dict[str, tuple[dict, set[str], dict]] = {
    # People who do not count an award as income come as they would have come.
    "talent_awards": ({"talent.horizon": 1e12}, set(), {}),
    # Licences that do not depend on office hours are the same with more offices.
    "transfer_offices": (
        {"universities.match_hours": 0.0, "universities.search_relief": 0.0}, set(), {},
    ),
    # News of schemes that pay nothing changes who knows, and nothing else.
    "policy_outreach": ({"grants.standing_share": 0.0}, {"firms.aware"}, {}),
    # Partners who do not respond to returns give nothing, and public money finds no fund.
    "guidance_fund": ({"equity.partner_response": 0.0}, set(), {}),
    # Operators whose capital is dear beyond reach build nothing, whatever share is paid.
    "incubator_support": (
        {"incubators.cost_of_capital": 1e9}, set(), {"rent_share": 0.0, "award": 0.0},
    ),
    # Banks that ask for more than any loan can earn lend nothing, covered or not.
    "credit_risk_compensation": ({"credit.hurdle": 0.3}, set(), {}),
    # Firms that see no project worth its money do none for a share of it either.
    "third_party_evaluation": ({"grants.standing_share": 0.0}, set(), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", RESPONSES)
def test_without_a_response_there_is_no_effect(name):
    """Money is spent or stays in the purse; nobody who does not respond is changed by it."""
    values, may_notice, settings = RESPONSES[name]
    world = changed(LIVELY, values)
    policy = after(6, (strong(name, **settings),), world=world)
    baseline = after(6, (), world=world)
    allowed = {"government.cash", "conditions.award_chance", "conditions.residents"} | may_notice
    assert differing(state(policy), state(baseline)) <= allowed


# Causes have names -------------------------------------------------------------------------------


def events(eco: Ecosystem, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Identities and values of an event over the run (every firm is followed)."""
    table = eco.record.tables()["events"]
    kept = table["event"] == name
    return table["uid"][kept], table["value"][kept]


CAUSES = {"became insolvent": "exits_insolvency", "was closed by its owner": "exits_closure",
          "was sold": "exits_sale", "left the district": "exits_departure"}  # fmt: skip


@pytest.fixture(scope="module")
def decade():
    """Ten years of the baseline, every firm followed."""
    return lived((), 40)


def test_every_exit_has_exactly_one_cause(decade):
    exits = series(decade, "exits")
    assert np.array_equal(sum(series(decade, metric) for metric in CAUSES.values()), exits)
    for event, metric in CAUSES.items():
        uid, _ = events(decade, event)
        assert uid.size == round(series(decade, metric).sum() * decade.world.scale)
    gone = np.concatenate([events(decade, event)[0] for event in CAUSES])
    assert len(np.unique(gone)) == gone.size
    assert not set(gone.tolist()) & set(decade.firms.uid.tolist())


def test_firms_are_where_the_books_of_life_say(decade):
    """Opening stock, births, arrivals and exits add up to those who are there."""
    firms, scale = series(decade, "firms"), decade.world.scale
    moves = series(decade, "births") + series(decade, "arrivals") - series(decade, "exits")
    opening = firms[0] - moves[0]
    assert np.allclose(firms, opening + np.cumsum(moves))
    assert round(opening * scale) == len(district().firms)


def test_the_insolvent_had_run_out_of_cash_and_the_closed_had_not(decade):
    _, cash = events(decade, "became insolvent")
    assert cash.size
    assert (cash < 0.0).all()


def test_insolvency_begins_at_the_arrears_that_creditors_bear():
    """Cash below minus half a quarter's cost, and nothing else, makes a firm insolvent."""
    eco = after(4)
    limit = -eco.world.leaving.arrears * eco.firms.cost
    just, beyond = eco.firms.uid[5], eco.firms.uid[6]
    take = eco.firms.cash - limit
    rows = np.array([5, 6])
    eco.ledger.pay("firms", "outside", "a fire", take[rows] + np.array([-1e-6, 1e-6]),
                   payer_rows=rows)  # fmt: skip
    eco.dice.turn(eco.quarter)
    leaving.run(eco)
    ended, _ = events(eco, "became insolvent")
    assert beyond in ended
    assert just not in ended


def test_owners_close_only_after_bearing_a_poor_income_as_long_as_they_have_patience():
    eco = after(4)
    firms = eco.firms
    owned = ~firms.anchor & ~firms.listed & (firms.fund_share <= 0.0)
    assert (firms.quarters_below <= firms.patience)[owned].all()
    before = len(eco.firms)
    eco.firms.quarters_below[:] = -100
    eco.dice.turn(eco.quarter)
    leaving.run(eco)
    assert (
        events(eco, "was closed by its owner")[0].size
        == events(after(4), "was closed by its owner")[0].size
    )
    assert len(eco.firms) <= before


def test_refusals_come_from_the_reckoning_and_the_limit(monkeypatch):
    """Whoever is refused would have lost the bank money, or the bank had no room left."""
    asked: list[tuple] = []

    def noted(bank, profit, amount, uid, room):
        made = credit.ration(bank, profit, amount, uid, room)
        asked.append((bank, profit, amount, room, made))
        return made

    monkeypatch.setattr(lending, "credit", _With(credit, ration=noted))
    eco = after(12)
    refused = 0
    for bank, profit, amount, room, made in asked:
        lent = np.bincount(bank[made], amount[made], len(room))
        full = lent[bank] + amount > room[bank]
        worse = np.array([bool((made & (bank == b) & (profit >= p)).any()) for b, p in
                          zip(bank, profit, strict=True)], bool)  # fmt: skip
        assert (made | (profit < 0.0) | full | worse).all()
        refused += int((~made).sum())
    assert refused == round(series(eco, "refusals").sum() * eco.world.scale) > 0


class _With:
    """A module with some of its functions replaced."""

    def __init__(self, module, **instead) -> None:
        self.__dict__.update(instead)
        self._module = module

    def __getattr__(self, name):
        return getattr(self._module, name)


def test_defaults_come_from_an_empty_purse(monkeypatch):
    """A loan defaults when its borrower cannot pay it out of cash, and not by a rate."""
    default, seen = sim.mechanisms.claims.default, []

    def noted(eco, loans, unpaid):
        firm = eco.loans.firm[loans]
        keeps = np.maximum(0.4 * eco.firms.cost[firm], 0.0)
        seen.extend(zip((eco.firms.cash[firm] - keeps).tolist(), unpaid.tolist(), strict=True))
        default(eco, loans, unpaid)

    monkeypatch.setattr(sim.mechanisms.claims, "default", noted)
    after(40)
    assert len(seen) > 5
    assert all(spare <= 1e-9 and unpaid > 0.0 for spare, unpaid in seen)


# Nothing is put in that should come out ----------------------------------------------------------

ESTIMANDS = re.compile(
    r"additional|deadweight|crowd|misuse_(share|rate)|default_(rate|share)|hazard|surviv|displac|"
    r"exit_rate|closure_rate|birth_rate|entry_rate|failure_rate|refusal|rejection|leakage|"
    r"multiplier|take_?up|effect|impact|elasticity_of_(loans|jobs|employment)|jobs_per|bonus"
)


def every_declaration():
    yield from ((f"world.{item.name}", item) for item in declarations(World()))
    for name, kind in LEVERS.items():
        yield from ((f"{name}.{item.name}", item) for item in declarations(kind()))


def test_no_published_effect_is_an_input():
    """Additionality, defaults, hazards, crowding out are what the model must produce (rule 1)."""
    named = [name for name, _ in every_declaration() if ESTIMANDS.search(name.lower())]
    assert not named


def test_every_number_has_unit_meaning_grade_and_lies_within_its_bounds():
    count = 0
    for name, item in every_declaration():
        count += 1
        assert item.unit.strip(), name
        assert len(item.meaning) > 5, name
        assert item.grade in GRADES, name
        values = parts_of(item.value)
        assert all(isinstance(v, int | float) for v in values), name
        assert all(item.low is None or v >= item.low for v in values), name
        assert all(item.high is None or v <= item.high for v in values), name
    assert count > 250


def test_evidence_is_cited_where_it_is_claimed():
    """Grade A is read in a primary text and B in a secondary source: both must say which."""
    bare = [name for name, item in every_declaration() if item.grade in "AB" and not item.source]
    assert not bare


def test_every_rate_states_its_period():
    """ "1/quarter" or "1/year": a rate without a period cannot be converted (rule 2)."""
    rates = [
        (name, item.unit) for name, item in every_declaration() if "rate" in name.split(".")[-1]
    ]
    assert rates
    wrong = [(name, unit) for name, unit in rates if not re.search(r"quarter|year", unit)]
    assert not wrong
