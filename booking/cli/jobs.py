"""``ateliers jobs``: what an operator asks of the clock and of the messages, with or without a server."""

import click

from booking.cli.jobs_drain import drain
from booking.cli.jobs_plan import plan
from booking.cli.jobs_retry import retry
from booking.cli.jobs_simulate import simulate
from booking.cli.jobs_status import status

jobs = click.Group(
    name="jobs",
    help="Les rappels et les messages : où ils en sont, ce qui partira, ce qui est à reprendre.",
    commands=[status, plan, retry, drain, simulate],
)
