"""Serve the pages, the API and the calendars; send what is due, in the same process or alone."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click
from prometheus_client import start_http_server

from booking.app import Beside, create_app
from booking.cli.check import must_be_safe
from booking.cli.databases import in_data, only_server, opened
from booking.cli.listening import listen
from booking.cli.logs import configure_logs
from booking.cli.mistyped import tell_unknown
from booking.cli.sentences import Sentence
from booking.delivery.deliveries import Deliveries
from booking.delivery.issuers import Issuers
from booking.delivery.mailbox import Mailbox, mailbox
from booking.delivery.opening import open_deliveries
from booking.delivery.sms_addresses import BadAddress
from booking.delivery.webhooks import Receivers
from booking.jobs import running
from booking.services.tallies import TALLIES
from booking.settings import BadSetting, Settings
from booking.storage.database import Database
from booking.storage.opening import open_database

DRAIN_SECONDS = 20

at_host = click.option("--host", default="127.0.0.1", show_default=True, help="Adresse où écouter.")
at_port = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port où écouter."
)


@click.command()
@at_host
@at_port
@click.option("--no-worker", is_flag=True, help="Sans l’envoi des messages : « ateliers worker » s’en charge ailleurs.")
@click.option("--even-so", is_flag=True, help="Même si « ateliers check » trouve un danger : pour un essai.")
@in_data
def serve(host: str, port: int, no_worker: bool, even_so: bool, settings: Settings) -> None:
    """Sert les pages, l’API et les agendas, et envoie les messages."""
    must_be_free(host, port)
    tell_unknown(os.environ)
    asyncio.run(_check(settings))
    if not even_so:
        must_be_safe(settings)
    with only_server(settings):
        run(settings, host, port, None if no_worker else deliveries_of(settings))


@click.command()
@click.option(
    "--metrics-port", type=click.IntRange(1, 65535), help="Port de 127.0.0.1 où lire ses chiffres (Prometheus)."
)
@in_data
def worker(metrics_port: int | None, settings: Settings) -> None:
    """Envoie les messages, sans servir de page. Plusieurs peuvent tourner à la fois."""
    configure_logs(settings.log_format)
    tell_unknown(os.environ)
    if metrics_port:
        must_be_free("127.0.0.1", metrics_port)
        start_http_server(metrics_port, "127.0.0.1", TALLIES)
    asyncio.run(_work(settings))


async def _check(settings: Settings) -> None:
    async with opened(settings):
        """It is there and up to date, or a sentence says what to do."""


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    deliveries = deliveries_of(settings)
    async with (
        opened(settings) as db,
        running(db, deliveries, settings.site, replies=replies_of(settings), heads=settings.heads),
    ):
        click.echo("Les messages partent à leur heure. Ctrl+C pour arrêter.")
        await stop.wait()
    await deliveries.close()


def deliveries_of(settings: Settings) -> Deliveries:
    """The ways out that the settings open; with none everything is left to people. Raises :class:`BadSetting`."""
    try:
        return open_deliveries(settings.smtp_url, settings.mail_from, settings.sms_url, settings.limits)
    except BadAddress as error:
        raise BadSetting("ATELIERS_SMS_URL", "…", str(error)) from error


def replies_of(settings: Settings) -> Mailbox | None:
    """The mailbox in which calendars answer, if there is one. Raises :class:`BadSetting` for an odd folder."""
    try:
        return mailbox(settings.replies_url) if settings.replies_url else None
    except ValueError as error:
        raise BadSetting("ATELIERS_REPLIES", "…", "imaps://user:password@mail.example.org/INBOX") from error


def run(
    settings: Settings, host: str, port: int, deliveries: Deliveries | None, *, has_local_receivers: bool = False
) -> None:
    """Serve until stopped, with the sender beside unless there are no deliveries.

    With ``has_local_receivers`` programs of this machine may be told what happens: for trying out.
    """
    configure_logs(settings.log_format)
    machines = deliveries.channels.machines if deliveries else deliveries_of(settings).channels.machines
    app = create_app(
        lambda: open_database(settings.database_url),
        settings.site,
        beside=_sender(deliveries, settings, Receivers(are_local=has_local_receivers)) if deliveries else None,
        machines=machines,
        has_local_receivers=has_local_receivers,
        security_contact=settings.security_contact,
        terms=settings.terms,
        issuers=Issuers(settings.issuers),
        metrics_token=settings.metrics_token,
    )
    listen(
        app,
        has_access_log=settings.has_access_log,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _sender(deliveries: Deliveries, settings: Settings, receivers: Receivers) -> Beside:
    replies = replies_of(settings)

    @asynccontextmanager
    async def beside(db: Database) -> AsyncIterator[None]:
        async with running(db, deliveries, settings.site, receivers, replies, settings.heads):
            yield
        await deliveries.close()

    return beside


def must_be_free(host: str, port: int) -> None:
    """Do nothing, or say which option names another port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Sentence(
                    f"Le port {port} est déjà pris : choisissez-en un autre, par exemple --port {port + 1}."
                ) from error
            raise Sentence(
                f"Impossible d’écouter sur {host}:{port} ({error.strerror}) : essayez --port 8080."
            ) from error
