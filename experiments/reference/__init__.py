"""The core rules once more, as a textbook would write them: plain Mesa agents and Python loops.

Seven phases (founding, granting, lending, researching, selling, settling, leaving) are stated here
a second time, one agent after another, independently of the columns in sim/phases. From the same
state and with the same dice both must agree to 1e-9; this one is the slow side of `wotu bench`.
"""
