"""Markets: pure functions, arrays in, arrays out."""

import agents  # noqa: F401 - names the folder of compiled kernels before numba is imported
