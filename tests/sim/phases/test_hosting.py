"""Where firms work: production moves to the region when rent makes it worth while."""

from __future__ import annotations

from factories import MICRO, after, changed, district, opened, series, total

CHEAP = changed(MICRO, {"zones.relocation_cost": 0.05})


def test_production_moves_from_the_opening_on_without_any_lever():
    """While the district grows into its opening nobody moves."""
    assert not opened(MICRO).tables["firms"]["staff_region"].any()
    baseline = after(6, world=CHEAP)
    assert total(baseline, "relocations") > 0.0
    assert series(baseline, "employment_region")[-1] > 0.0


def test_closer_desks_leave_less_rent_to_be_saved():
    """Rents twice the city's path: firms take less space a head, and pay for what they take."""
    moved = []
    for elasticity in (0.0, 2.0):
        eco = district(world=changed(CHEAP, {"zones.space_elasticity": elasticity}))
        eco.zones.rent[:4] = 2.0 * eco.zones.rent_path[:4]
        eco.run(1)
        moved.append(total(eco, "relocations"))
    assert moved[0] > moved[1]
