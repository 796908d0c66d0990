"""How long the machine plays, and how."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machines.machine import Seats
from tests.machines.stage import Stage

# How much longer than usual the machine plays: 10 gives ten times the runs.
LENGTH = float(os.environ.get("MACHINE_LENGTH", "1"))
# To look for the shortest way into a fault takes minutes; it is done on demand.
PHASES = (Phase.generate, Phase.shrink) if os.environ.get("MACHINE_SHRINKS") else (Phase.generate,)
STEPS = 40


def play(stage: Stage, runs: float) -> None:
    """So many runs, the same every time; raises the first fault, with the deeds that led to it."""
    machine = type("Played", (Seats,), {"stage": stage})
    how = settings(
        max_examples=max(1, int(runs)),
        stateful_step_count=STEPS,
        phases=PHASES,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=how)
