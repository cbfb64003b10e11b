"""Write the golden numbers anew: `.venv/bin/python tests/golden/update.py`.

Say why in CHANGELOG.md, in a line marked *Regression*: a golden number changes only on record.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER.parents[1]), str(FOLDER.parent)]

QUARTERS = (0, 3, 11)
BITS = (
    ("exp", 1.0), ("exp", -3.75), ("exp", 0.0175), ("log", 2.0), ("log", 0.3), ("log", 12345.678),
    ("normal", 0.01), ("normal", 0.3), ("normal", 1e-9), ("logistic", 0.7),
)  # fmt: skip
ROLLS = (
    ("innovate", 1, 0, 17, None, 0), ("innovate", 1, 0, 18, None, 0), ("value", 1, 0, 17, None, 0),
    ("innovate", 2, 0, 17, None, 0), ("innovate", 1, -5, 17, None, 0),
    ("meeting", 1, 3, 2**52, 9, 0), ("zone taste", 1, 3, 2**52, None, 4),
)  # fmt: skip


def bits() -> list[list[object]]:
    """Hexadecimal bits of our own functions."""
    from agents import exact

    return [[name, x, float(getattr(exact, name)(x)).hex()] for name, x in BITS]


def rolls() -> list[list[object]]:
    """Draws by (decision, seed, quarter, id, other, k)."""
    import numpy as np

    from sim.dice import Dice

    out = []
    for decision, seed, quarter, one, other, k in ROLLS:
        dice = Dice(seed)
        dice.turn(quarter)
        others = None if other is None else np.array([other])
        out.append([decision, seed, quarter, one, other, k,
                    float(dice.roll(decision, np.array([one]), others, k)[0]).hex()])  # fmt: skip
    return out


def numbers() -> dict[str, dict[str, list[float]]]:
    """The recorded series of two small runs, at a few quarters."""
    from factories import lived, package

    runs = {"baseline": lived((), 12), "package": lived(package(), 12)}
    return {
        name: {
            metric: [float(values[quarter]) for quarter in QUARTERS]
            for metric, values in sorted(eco.record.tables()["series"].items())
        }
        for name, eco in runs.items()
    }


PARTS = {"bits": bits, "rolls": rolls, "numbers": numbers}


def main() -> None:
    """Write every file of golden numbers."""
    for name, part in PARTS.items():
        text = json.dumps(part(), indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
