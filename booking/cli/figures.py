"""``ateliers figures``: count all figures anew, after a repair or when the doctor says that they differ."""

import asyncio

import click

from booking.cli.databases import in_data, opened
from booking.services import recounting
from booking.settings import Settings


@click.group()
def figures() -> None:
    """Chiffres : places, présences, étapes des personnes."""


@figures.command()
@in_data
def recount(settings: Settings) -> None:
    """Compte tout de nouveau, à partir des inscriptions et des présences. Le service continue pendant ce temps."""
    click.echo(f"Sessions comptées : {asyncio.run(_recount(settings))}.")


async def _recount(settings: Settings) -> int:
    async with opened(settings) as db:
        return await recounting.count_all(db, await db.now())
