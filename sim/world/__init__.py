"""The given: everything about the district that no scenario chooses."""

from sim.world.world import World

__all__ = ["World"]
