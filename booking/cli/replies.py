"""A reply of somebody's calendar, handed over by a mail server: one mail on standard input."""

import asyncio
import os
import sys
from datetime import UTC, datetime

import click

from booking.cli.databases import in_data, opened
from booking.cli.sentences import DATABASE_FAULTS, Sentence
from booking.delivery.replies import LARGEST_MAIL
from booking.domain.replies import Taken
from booking.services import replying
from booking.settings import Settings

WORDS = {
    Taken.NOTED: "La réponse est notée.",
    Taken.KNOWN: "Cette réponse est déjà connue, ou une plus récente l’est.",
    Taken.NOT_A_REPLY: "Ce n’est pas la réponse d’un agenda : rien n’est changé.",
    Taken.UNKNOWN_INVITATION: "Cette réponse ne parle d’aucune de nos invitations : rien n’est changé.",
    Taken.OTHER_ADDRESS: "Cette réponse ne vient pas de l’adresse invitée : rien n’est changé.",
    Taken.OTHER_VERSION: "Cette réponse parle d’une autre version de l’invitation : rien n’est changé.",
    Taken.CAME_BACK: "Un de nos messages est revenu : la personne sera jointe autrement.",
    Taken.LATE: "Un de nos messages est en retard : rien n’est changé.",
    Taken.OVER: "La séance est passée ou annulée : rien n’est changé.",
}


def clock() -> datetime:
    """What time it is."""
    return datetime.now(UTC)


@click.command()
@in_data
def reply(settings: Settings) -> None:
    """Lit sur l’entrée un message qui répond à une invitation, et note la réponse.

    Ce qui n’est pas une réponse est ignoré poliment : le code de sortie est 0. Il est 75 si la base ne répond pas : le
    serveur de messagerie présente alors le message de nouveau.
    """
    content = sys.stdin.buffer.read(LARGEST_MAIL + 1)
    try:
        click.echo(WORDS[asyncio.run(_take(settings, content))], err=True)
    except (Sentence, *DATABASE_FAULTS, OSError) as error:
        click.echo(
            "La réponse n’est pas notée : la base ne répond pas. Le message est à présenter de nouveau.", err=True
        )
        raise SystemExit(os.EX_TEMPFAIL) from error


async def _take(settings: Settings, content: bytes) -> Taken:
    async with opened(settings) as db:
        return await replying.take(db, content, site=settings.site, now=clock())
