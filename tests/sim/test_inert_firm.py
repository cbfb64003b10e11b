"""One inert extra firm changes nobody else's luck."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from factories import MICRO, district, opened

from sim.dice import Dice
from sim.model import Ecosystem

HERMIT = 2**52 + 11


def with_hermit() -> Ecosystem:
    """The micro-district and one firm that owns, sells, owes and wants nothing."""
    eco = district()
    eco.firms.append(
        1, uid=HERMIT, zone=4, quality=1e-3, capability=0.0, staff=3.0, st_staff=0.0, cash=1e-6,
        birth_quarter=-100, patience=10_000, ambition=1.0, honesty=1.0,
    )  # fmt: skip
    eco.ledger.open()
    return eco


def draws_of(eco: Ecosystem, monkeypatch) -> dict[tuple, float]:
    """Everything rolled in one quarter: (decision, id, other, k) → uniform."""
    seen: dict[tuple, float] = {}
    roll = Dice.roll

    def noted(self, decision, ids, other=None, k=0):
        out = roll(self, decision, ids, other, k)
        others = np.full(len(ids), -1) if other is None else other
        for one, two, value in zip(ids.tolist(), others.tolist(), out.tolist(), strict=True):
            seen[decision, one, two, k] = value
        return out

    with monkeypatch.context() as patch:
        patch.setattr(Dice, "roll", noted)
        eco.step()
    return seen


def test_the_others_roll_what_they_would_have_rolled(monkeypatch):
    alone = draws_of(district(), monkeypatch)
    beside = draws_of(with_hermit(), monkeypatch)
    both = alone.keys() & beside.keys()
    assert all(alone[key] == beside[key] for key in both)
    # Nearly every question is asked in both districts; the hermit's are his own.
    own = {key for key in beside if key[1] == HERMIT}
    assert own
    assert len(both) > 0.99 * len(alone)
    decisions = defaultdict(int)
    for decision, *_ in beside.keys() - alone.keys() - own:
        decisions[decision] += 1
    assert sum(decisions.values()) < 0.01 * len(alone), dict(decisions)


def test_the_same_people_do_the_same_things(monkeypatch):
    """Who is born and what they decide is untouched in the first quarter, to the last bit."""
    alone, beside = district(), with_hermit()
    alone.step()
    beside.step()
    known = {uid: row for row, uid in enumerate(beside.firms.uid.tolist())}
    assert set(alone.firms.uid.tolist()) == known.keys() - {HERMIT}
    rows = np.array([known[uid] for uid in alone.firms.uid.tolist()])
    for name in ("origin", "honesty", "ambition", "patience", "patents", "rounds", "incubator"):
        column = getattr(alone.firms, name)
        assert np.array_equal(column, getattr(beside.firms, name)[rows]), name


def test_the_opening_does_not_depend_on_the_seed_of_the_run():
    """The burn-in has its own luck: seeds differ in what happens, not in what was there."""
    one, two = district(seed=1), district(seed=2)
    for name, values in opened(MICRO).tables["firms"].items():
        assert np.array_equal(getattr(one.firms, name), values)
        assert np.array_equal(getattr(two.firms, name), values)
