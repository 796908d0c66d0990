"""The demonstration: an invented world on SQLite, served to this machine only."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from booking.cli.serving import at_port, must_be_free, run
from booking.delivery.deliveries import Deliveries
from booking.delivery.opening import open_deliveries
from booking.demo.filling import Access, fill, keep_access, kept_access
from booking.domain.sites import Site
from booking.services import mailing_partners, scheduling, sending
from booking.settings import FILE, LOG_FORMATS, Settings
from booking.storage.migrating import migrate
from booking.storage.opening import open_database

HOST = "127.0.0.1"
FOLDER = Path("var/demo")
ACCESS = "demo.json"
DOMAIN = "demo.ateliers.example"
SENDER = "Ateliers (démonstration) <ateliers@demo.ateliers.example>"
ROLES = {
    "adviser": "conseillère",
    "facilitator": "animateur",
    "manager": "responsable",
    "administrator": "administratrice",
    "assistant": "assistant",
}


@click.command()
@at_port
@click.option("--data", default=FOLDER, type=click.Path(file_okay=False, path_type=Path), help="Dossier des données.")
def demo(port: int, data: Path) -> None:
    """Sert un monde inventé, à essayer sans crainte : http://127.0.0.1:8000."""
    must_be_free(HOST, port)
    settings = _settings(data.absolute(), port)
    deliveries = open_deliveries(settings.smtp_url, settings.mail_from)
    if not (settings.data / ACCESS).exists():
        _make(settings, deliveries)
    migrate(settings.database_url)
    asyncio.run(_refresh(settings))
    _welcome(settings, kept_access(settings.data / ACCESS))
    run(settings, HOST, port, deliveries, has_local_receivers=True)


def _settings(data: Path, port: int) -> Settings:
    return Settings(
        data=data,
        database_url=f"sqlite:///{data / FILE}",
        public_url=f"http://{HOST}:{port}",
        uid_domain=DOMAIN,
        smtp_url=f"folder://{data / 'mails'}",
        mail_from=SENDER,
        log_format=LOG_FORMATS[0],
    )


def _make(settings: Settings, deliveries: Deliveries) -> None:
    """Into a folder of its own first, so that an interrupted start leaves nothing half-made."""
    if (settings.data / FILE).exists():
        raise click.UsageError(f"{settings.data} contient déjà des données : choisissez un autre dossier par --data.")
    click.echo("Création du monde de démonstration (une fois, quelques secondes)…")
    draft = settings.data / ".draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    migrate(f"sqlite:///{draft / FILE}")
    found = asyncio.run(_fill(draft, settings.site, deliveries))
    (draft / FILE).rename(settings.data / FILE)
    draft.rmdir()
    keep_access(settings.data / ACCESS, found)


async def _fill(draft: Path, site: Site, deliveries: Deliveries) -> list[Access]:
    db = open_database(f"sqlite:///{draft / FILE}")

    async def send(at: datetime) -> None:
        while await sending.send_due(db, deliveries, at, site=site):
            """Until nothing more is due at that time."""
        while await mailing_partners.send_due(db, deliveries, at, site=site):
            """Nor for partners."""

    try:
        return await fill(db, site, now=datetime.now(UTC), send=send)
    finally:
        await db.close()


async def _refresh(settings: Settings) -> None:
    """Calendar entries carry the site's address, and this start may use another port."""
    db = open_database(settings.database_url)
    await scheduling.refresh_entries(db, settings.site, datetime.now(UTC))
    await db.close()


def _welcome(settings: Settings, found: Sequence[Access]) -> None:
    url = settings.public_url
    lines = [
        "",
        f"  Ateliers, démonstration     {url}",
        f"  Agendas publics             {url}/agences",
        f"  API et sa documentation     {url}/api",
        f"  E-mails et SMS déposés dans {settings.data / 'mails'}",
        "",
        *(f"  {ROLES[x.role]:<16}{x.sign_in_name:<8} mot de passe {x.password}   jeton {x.token}" for x in found),
        "",
        "  Ctrl+C pour arrêter. Les données restent pour la prochaine fois.",
    ]
    click.echo("\n".join(lines))
