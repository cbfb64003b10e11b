"""How a quarter passes: read sim/quarter.py first."""
