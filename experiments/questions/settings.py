"""The settings of each question on top of sweeps: name, default, bounds, meaning."""

from __future__ import annotations

from experiments.questions.asking import Option, Question

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
            "what is shared out (`wotu metrics`)", names="metric",
        ),
    ),
    (
        "wotu attribute",
        "wotu attribute world=small seeds=10 metrics=births,rnd",
        "wotu attribute by=clause scenario=environment permutations=16 lang=zh",
    ),
)  # fmt: skip

SENSITIVITY = Question(
    "Say which values a scenario's effect hangs on: Morris screening, then Sobol or PAWN indices.",
    (
        Option(
            "parameters", (),
            "keys or globs, such as levers.guidance_fund.*, over their declared bounds; with no "
            "parameter and no range, eight values of the world without evidence, ± half",
            names="parameter",
        ),
        Option(
            "within", 0.0,
            "keep to the value ± this share of it, inside the declared bounds; 0 = the bounds",
            low=0.0, high=1.0,
        ),
        Option(
            "metrics", ("revenue", "rnd"),
            "the effects that are looked into (`wotu metrics`); what matters to one goes on",
            names="metric",
        ),
        Option("trajectories", 6, "of the Morris screening", low=2, high=1_000),
        Option("keep", 4, "at most so many parameters go into the second stage", low=1, high=50),
        Option("method", "sobol", "of the second stage", choices=("sobol", "pawn")),
        Option(
            "samples", 16,
            "of the second stage, a power of two: Sobol runs samples × (parameters + 2) designs, "
            "PAWN samples × 4; 0 = screening only",
            low=0, high=65_536,
        ),
    ),
    (
        "wotu sensitivity",
        "wotu sensitivity scenario=only/guidance_fund parameters='levers.guidance_fund.*' within=0.5",
        "wotu sensitivity parameters=world.credit.squeeze,world.equity.climate seeds=8",
        "wotu sensitivity scenario=only/rnd_subsidy levers.rnd_subsidy.envelope='interval(50,400)' "
        "parameters=world.demand.growth_shock samples=0",
    ),
)  # fmt: skip

OPTIMISE = Question(
    "Find the best mixes of measures under a yearly budget: NSGA-II, then fresh seeds for the front.",
    (
        Option(
            "budget", 600.0, "planned outlay of every mix, m yuan a year over the run",
            low=1.0, high=100_000.0,
        ),
        Option(
            "objectives", ("revenue", "rnd"),
            "two or three effects to improve, each the way that is better (`wotu metrics`)",
            names="metric",
        ),
        Option(
            "by", "lever", "what gets a weight in the mix: lever, clause or section",
            choices=("lever", "clause", "section"),
        ),
        Option("population", 12, "mixes a generation", low=4, high=1_000),
        Option("generations", 5, "of the search", low=1, high=1_000),
        Option("front", 8, "at most so many mixes of the front are tried again", low=2, high=100),
        Option("fresh", 20, "fresh seeds for these", low=2, high=10_000),
    ),
    (
        "wotu optimise world=small seeds=8 budget=400 objectives=revenue,net_cost",
        "wotu optimise scenario=opinion_2014 by=section objectives=employment,rnd,patents",
        "wotu optimise scenario=finance_first generations=10 lang=zh",
    ),
)  # fmt: skip

DISCOVER = Question(
    "Say which policy holds up across worlds: regret, and where a policy fails, in words (PRIM).",
    (
        Option(
            "metrics", ("revenue", "rnd"),
            "the effects compared (`wotu metrics`); the first decides what failing is",
            names="metric",
        ),
        Option(
            "least", 0.0,
            "a policy fails where its mean effect on the first metric is no better than this "
            "(the metric's unit, district scale)",
        ),
        Option(
            "parameters", (), "world values sampled beside the worlds: keys or globs",
            names="parameter",
        ),
        Option(
            "within", 0.0, "as in sensitivity: value ± this share of it; 0 = the declared bounds",
            low=0.0, high=1.0,
        ),
        Option("samples", 32, "points of these values, the same in each world", low=2, high=65_536),
    ),
    (
        "wotu discover",
        "wotu discover world=small,funding_winter world.scale=0.1 "
        "scenario=only/guidance_fund,only/rnd_subsidy seeds=8",
        "wotu discover world=small parameters=world.equity.climate,world.credit.need within=0.6 "
        "samples=64 seeds=4",
    ),
)  # fmt: skip

QUESTIONS = {
    "attribute": ATTRIBUTE,
    "sensitivity": SENSITIVITY,
    "optimise": OPTIMISE,
    "discover": DISCOVER,
}
