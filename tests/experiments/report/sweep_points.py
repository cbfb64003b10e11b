"""Points of small sweeps by the names of their designs: how strong each is, and what it was given."""

ENVELOPE, SHARE = "levers.guidance_fund.envelope", "levers.guidance_fund.share"

THREE = {f"e={m:g}": (m / 200, {ENVELOPE: m}) for m in (100.0, 200.0, 400.0)}
CROSSED = {
    f"e={m:g} s={s}": (m / 200 * s, {ENVELOPE: m, SHARE: s})
    for m in (100.0, 200.0) for s in (0.1, 0.2, 0.3)
}  # fmt: skip
WORLDS = {
    "small: x": (1.0, {"world": "small"}),
    "hot_market: x": (0.2, {"world": "hot_market"}),
}
# Each value once on each axis, as a Latin hypercube has them.
SPREAD = {
    f"x #{n}": (n / 8, {ENVELOPE: 20.0 + n, SHARE: 0.1 + 0.01 * (n * 3 % 8)}) for n in range(1, 9)
}
