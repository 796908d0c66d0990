"""``python -m booking`` is ``ateliers``."""

from booking.cli import main

main(prog_name="ateliers")
