"""Each phase changes what its docstring declares, and nothing else."""

from __future__ import annotations

import pytest
from contracts import allows, clause, declared_writes, watch
from factories import MICRO, changed, district, package

from sim.quarter import PHASES

# Any phase may pay from a lever's line: the treasury's cash is the government's.
TREASURY = "government.cash"


@pytest.fixture(scope="module")
def watched():
    """Three years of the whole package, phase by phase, in which the first funds end."""
    with pytest.MonkeyPatch.context() as patch:
        eco = district(package(), world=changed(MICRO, {"equity.life": 6.0}))
        written, rolled = watch(eco, 12, patch)
    return eco, written, rolled


by_phase = pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)


# What befalls too few firms to be met with in a micro-world in three years.
RARE = {
    "alliances.platform", "banks.technology", "firms.credit_record", "firms.rnd_relabelled",
    "banks.losses", "memberships.*", "firms.mission", "firms.line_space", "zones.lines",
    "zones.used", "firms.made_good", "universities.research",
}  # fmt: skip


@by_phase
def test_a_phase_writes_only_what_it_declares(phase, watched):
    eco, written, _ = watched
    declared = declared_writes(phase, eco)
    silent = {n for n in written[phase.name] if not allows(declared, n)} - {TREASURY}
    assert not silent, f"sim/phases/{phase.name}.py writes without saying so: {sorted(silent)}"


@by_phase
def test_a_phase_writes_what_it_declares(phase, watched):
    """A declaration that nothing in three years of the whole package bears out is out of date."""
    eco, written, _ = watched
    idle = {
        name
        for name in declared_writes(phase, eco)
        if name not in written[phase.name]
        and not (name.endswith((".*", ".cash"))
                 and any(n.startswith(name.partition(".")[0] + ".") for n in written[phase.name]))
        and name not in {f"{table}.cash" for table in eco.tables}
        and name not in RARE
    }  # fmt: skip
    assert not idle, f"sim/phases/{phase.name}.py declares but never writes: {sorted(idle)}"


@by_phase
def test_a_phase_that_rolls_dice_says_so(phase, watched):
    *_, rolled = watched
    says = clause(phase, "Dice")
    quiet = says in ("", "none")
    assert quiet == (not rolled[phase.name]), (
        f"says {says!r} and rolls {sorted(rolled[phase.name])}"
    )


@by_phase
def test_a_phase_begins_with_a_sentence_and_lists_its_terms(phase):
    assert (phase.run.__doc__ or "").strip()[0].isupper()
    assert phase.prose.endswith(".")
    assert phase.terms.__doc__


def test_recording_changes_nothing(watched):
    assert watched[1]["recording"] == set()


def test_the_quarter_is_in_the_order_of_the_design():
    assert [phase.name for phase in PHASES] == [
        "opening", "founding", "hosting", "hiring", "transferring", "granting", "investing",
        "lending", "researching", "selling", "settling", "leaving", "recording",
    ]  # fmt: skip
