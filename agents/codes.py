"""What the codes in columns stand for; plain, so that whoever only asks this needs no Mesa."""

from __future__ import annotations

# Where a firm's founder came from, and how far the firm is.
ORIGINS = ("university", "spawn", "returnee", "contest", "incomer")
CONTEST, INCOMER = ORIGINS.index("contest"), ORIGINS.index("incomer")
SEED, EARLY, GROWTH, MATURE = range(4)
STAGES = ("seed", "early", "growth", "mature")

# Of agencies.
KINDS = ("broker", "rater", "talent", "ip")
