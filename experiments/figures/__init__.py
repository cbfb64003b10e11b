"""Charts: a tidy frame in, a matplotlib Figure out; `save` writes what a planner takes along."""
