"""The settings of each question on top of sweeps: name, default, bounds, meaning."""

from __future__ import annotations

from experiments.questions import Option, Question

ATTRIBUTE = Question(
    "Say how much of a scenario's effect is due to each of its parts (Shapley values).",
    (
        Option(
            "by", "section", "the parts: section, clause or lever",
            choices=("section", "clause", "lever"),
        ),
        Option(
            "permutations", 8, "orders of joining simulated where there are more than six parts",
            low=2, high=1_000,
        ),
        Option(
            "metrics", ("employment", "revenue", "rnd", "net_cost"),
            "what is shared out (`wotu metrics`)",
        ),
    ),
    (
        "wotu attribute",
        "wotu attribute world=small seeds=10 metrics=births,rnd",
        "wotu attribute by=clause scenario=environment permutations=16 lang=zh",
    ),
)  # fmt: skip

QUESTIONS = {"attribute": ATTRIBUTE}
