"""How a quarter passes: read sim/quarter.py first."""

import agents  # noqa: F401  (sets the kernel cache folder before numba is imported)
