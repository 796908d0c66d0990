"""Settings that nothing reads, because somebody mistyped their names."""

from collections.abc import Mapping
from difflib import get_close_matches

import click

from booking.settings import NAMES, unknown


def tell_unknown(environ: Mapping[str, str]) -> None:
    """Say on the error output which variables nothing reads, and what was probably meant."""
    for name in unknown(environ):
        near = get_close_matches(name, NAMES, 1)
        click.echo(
            f"Réglage inconnu, sans effet : {name}" + (f" (voulez-vous dire {near[0]} ?)" if near else ""), err=True
        )
