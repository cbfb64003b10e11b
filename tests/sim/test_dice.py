"""The only luck there is: a pure function of who decides what, when."""

from __future__ import annotations

import numpy as np
import pytest
from factories import after, package
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.dice import Dice

MANY = np.arange(20_000)


def dice(seed: int = 1, quarter: int = 0, *, strict: bool = False) -> Dice:
    one = Dice(seed, strict=strict)
    one.turn(quarter)
    return one


def test_the_same_question_has_the_same_answer_in_any_order_and_company():
    whole = dice().roll("invent", MANY)
    some = np.array([77, 3, 19_999, 3])
    assert dice().roll("invent", some).tobytes() == whole[some].tobytes()


@pytest.mark.parametrize(
    "other",
    [
        dice(seed=2).roll("invent", MANY),
        dice(quarter=1).roll("invent", MANY),
        dice(quarter=-1).roll("invent", MANY),
        dice().roll("imitate", MANY),
        dice().roll("invent", MANY, k=1),
        dice().roll("invent", MANY + 20_000),
        dice().roll("invent", MANY, np.zeros(MANY.size, np.int64)),
    ],
    ids=["seed", "quarter", "before the opening", "decision", "k", "identity", "other"],
)
def test_anything_asked_differently_is_answered_independently(other):
    """No correlation beyond chance (4.5 s.d. of 20,000 pairs), and hardly a shared value."""
    base = dice().roll("invent", MANY)
    assert abs(np.corrcoef(base, other)[0, 1]) < 4.5 / np.sqrt(MANY.size)
    assert np.count_nonzero(base == other) == 0


@pytest.mark.parametrize("stride", [1, 2, 1 << 20, 1 << 28])
def test_draws_are_uniform_whatever_the_identities_look_like(stride):
    """Uids are consecutive numbers with high bits: neighbours must not have neighbouring luck."""
    draws = dice().roll("invent", MANY * stride)
    assert stats.kstest(draws, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(draws[1:], draws[:-1])[0, 1]) < 0.03
    assert 0.0 < draws.min() < draws.max() < 1.0


def test_draws_over_quarters_are_uniform_for_one_firm():
    draws = [float(dice(quarter=q).roll("invent", np.array([12345]))[0]) for q in range(-8, 992)]
    assert stats.kstest(draws, "uniform").pvalue > 1e-3


def test_what_is_kept_stays_with_an_identity_all_its_life():
    dice, ids = Dice(1), np.arange(100)
    first = dice.kept("cost", ids)
    dice.turn(7)
    assert (dice.kept("cost", ids) == first).all()
    assert not (dice.roll("cost", ids) == first).any()
    assert not (Dice(2).kept("cost", ids) == first).any()


def test_pairs_are_not_symmetric():
    """A firm's view of a fund is not the fund's view of the firm."""
    there = dice().roll("meet", np.array([1]), np.array([2]))
    back = dice().roll("meet", np.array([2]), np.array([1]))
    assert there != back


@given(st.integers(0, 2**63 - 1), st.integers(-4000, 4000), st.integers(0, 2**53 - 1))
def test_every_seed_quarter_and_identity_has_luck_strictly_inside_the_unit_interval(seed, now, uid):
    draw = float(dice(seed, now).roll("invent", np.array([uid]))[0])
    assert 0.0 < draw < 1.0


def test_strict_dice_refuse_to_be_asked_twice():
    strict = dice(strict=True)
    strict.roll("invent", np.array([1, 2]))
    strict.roll("invent", np.array([3]))
    strict.roll("invent", np.array([1]), k=1)
    strict.roll("invent", np.array([1]), np.array([5]))
    with pytest.raises(RuntimeError, match=r"'invent' \(k=0\) is rolled twice"):
        strict.roll("invent", np.array([2]))
    strict.turn(1)
    strict.roll("invent", np.array([2]))


def test_strict_dice_refuse_one_agent_twice_in_one_roll():
    with pytest.raises(RuntimeError, match="rolled twice"):
        dice(strict=True).roll("invent", np.array([4, 4]))


def test_no_decision_of_a_whole_run_shares_its_luck_with_another():
    """Every lever on, every quarter of three years: nobody rolls the same die twice."""
    eco = after(12, package(), strict=True)
    assert eco.quarter == 12


# Choosing partners -------------------------------------------------------------------------------

FIRMS, FUNDS = np.arange(300), 1_000 + np.arange(12)


def chosen(funds: np.ndarray, few: int = 1, firms: np.ndarray = FIRMS) -> np.ndarray:
    """Identities of the partners that firms choose among `funds`, all of whom are willing."""
    group = np.zeros(firms.size, np.int64)
    rows = dice().choose("meet", firms, funds, group, np.ones((1, funds.size), bool), few=few)
    return np.where(rows >= 0, funds[rows], -1)


def test_partners_are_spread_evenly():
    counts = np.bincount(chosen(FUNDS)[:, 0] - 1_000, minlength=12)
    assert stats.chisquare(counts).pvalue > 1e-3


def test_every_partner_is_as_likely_for_every_firm():
    """The hash of a pair is even over pairs, and each partner's over the firms."""
    firms = np.arange(20_000)
    for fund in FUNDS[:3]:
        liking = dice().liking("meet", firms, np.full(firms.size, fund))
        assert stats.kstest(liking / 2.0**32, "uniform").pvalue > 1e-3
    first = np.bincount(chosen(FUNDS, firms=firms)[:, 0] - 1_000, minlength=12)
    assert stats.chisquare(first).pvalue > 1e-3


def test_few_partners_are_different_partners_and_the_first_is_the_only_one():
    three = chosen(FUNDS, few=3)
    assert all(len(set(row)) == 3 for row in three.tolist())
    assert three[:, 0].tolist() == chosen(FUNDS)[:, 0].tolist()


def test_partners_who_may_not_are_never_chosen():
    """The first hundred may only meet fund 1,004, the others nobody."""
    allowed = np.zeros((2, FUNDS.size), bool)
    allowed[0, 4] = True
    rows = dice().choose("meet", FIRMS, FUNDS, (FIRMS >= 100).astype(np.int64), allowed, few=2)
    assert set(rows[:100, 0].tolist()) == {4}
    assert set(rows[:100, 1].tolist()) == set(rows[100:].ravel().tolist()) == {-1}


def test_partners_are_those_of_highest_pair_hash_best_first():
    """Against the textbook form: hash every pair, sort, take the first three."""
    pairs = np.stack([dice().liking("meet", FIRMS, np.full(FIRMS.size, f)) for f in FUNDS], axis=1)
    best = FUNDS[np.argsort(-pairs, axis=1, kind="stable")[:, :3]]
    assert chosen(FUNDS, few=3).tolist() == best.tolist()


def test_a_new_fund_is_chosen_by_its_own_and_leaves_the_rest_as_they_were():
    """Common random numbers: dealing partners by position would re-deal everybody."""
    before, now = chosen(FUNDS)[:, 0], chosen(np.append(FUNDS, 5_000))[:, 0]
    moved = before != now
    assert set(now[moved].tolist()) == {5_000}
    assert 0 < moved.sum() < FIRMS.size / 4


def test_a_fund_that_closes_is_missed_by_its_own_only():
    before, now = chosen(FUNDS)[:, 0], chosen(FUNDS[1:])[:, 0]
    assert set(before[before != now].tolist()) == {1_000}


def test_the_order_in_which_partners_stand_does_not_matter():
    assert chosen(FUNDS).tolist() == chosen(FUNDS[::-1].copy()).tolist()


def test_a_new_firm_changes_nobody_elses_partner():
    now = chosen(FUNDS, firms=np.append(9_999, FIRMS))[1:]
    assert now.tolist() == chosen(FUNDS).tolist()
