"""Who lives in the district: one population a file, each a table of plain numpy columns."""

from agents.sources import use_own_kernel_cache

use_own_kernel_cache()
