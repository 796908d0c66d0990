"""Times as an operator types and reads them: by the clock of the agencies, unless he names another zone."""

from datetime import date, datetime

import click

from booking.documents.dates import NO_BREAK, hour
from booking.storage import standings
from booking.storage.database import Database
from calendars.zones import NonexistentTime, to_utc, wall

USUAL_ZONE = "Europe/Paris"


async def zone_of(db: Database) -> str:
    """The clock of most agencies."""
    async with db.reading() as tx:
        return await standings.usual_zone(tx) or USUAL_ZONE


def instant(said: str, zone: str, example: str) -> datetime:
    """What was typed, by this clock unless it names its own; an option of no sense is a sentence with an example."""
    try:
        found = datetime.fromisoformat(said)
        return found if found.tzinfo else to_utc(found.date(), found.time(), zone)
    except NonexistentTime as error:
        raise click.UsageError(f"Cette heure n’existe pas ce jour-là : {said} ({zone}, passage à l’été).") from error
    except (ValueError, OverflowError) as error:
        raise click.UsageError(f"Heure illisible : {said}. Écrivez par exemple : {example}") from error


def day(said: str, example: str) -> date:
    """What was typed; a day of no sense is a sentence with an example."""
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise click.UsageError(f"Date illisible : {said}. Écrivez par exemple : {example}") from error


def clock_time(at: datetime, zone: str) -> str:
    """``01/12/2026 à 18 h 05``: short, for lists."""
    local = wall(at, zone)
    return f"{local:%d/%m/%Y} à {hour(local.time()).replace(NO_BREAK, ' ')}"
