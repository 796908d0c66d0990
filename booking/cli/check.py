"""Before people rely on it: is everything as it should be?"""

import asyncio
import os
import sys
from datetime import UTC, datetime

import click

from booking.cli.databases import in_data
from booking.cli.mistyped import tell_unknown
from booking.cli.safety_words import for_people, for_programs, sentence
from booking.cli.sentences import DATABASE_FAULTS, Sentence
from booking.demo.filling import PASSWORD
from booking.demo.places import STAFF
from booking.domain.safety import Facts, unmet
from booking.services.safety import examined
from booking.settings import Settings
from booking.storage.database import Database
from booking.storage.opening import open_database

UNSAFE = 2
# No machine can be right that believes to be earlier.
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
KNOWN = tuple((sign_in_name, PASSWORD) for _, sign_in_name, *_ in STAFF)


@click.command()
@click.option("--deploy", is_flag=True, help="Interroge aussi toute la base (« doctor ») et les tâches de fond.")
@click.option("--json", "as_json", is_flag=True, help="Pour un programme.")
@in_data
def check(deploy: bool, as_json: bool, settings: Settings) -> None:
    """Dit ce qui manque pour servir pour de bon ; ne change rien.

    Se termine par 0 si rien n’empêche de servir, par 2 si « serve » refuserait de démarrer.
    """
    tell_unknown(os.environ)
    found = unmet(looked_at(settings, is_thorough=deploy))
    click.echo(for_programs(found) if as_json else for_people(found))
    sys.exit(UNSAFE if any(one.is_grave for one in found) else 0)


def must_be_safe(settings: Settings) -> None:
    """Do nothing, or say why nothing is served; on one's own machine anything is."""
    facts = looked_at(settings, is_thorough=False)
    grave = [sentence(one) for one in unmet(facts) if one.is_grave]
    if grave and facts.is_in_earnest:
        last = "Corrigez cela, ou lancez « ateliers serve --even-so » pour un essai sans données de personne."
        raise Sentence("\n".join(["Ateliers ne démarre pas :", *grave, last]))


def looked_at(settings: Settings, *, is_thorough: bool) -> Facts:
    """The facts of this installation."""
    return asyncio.run(_looked_at(settings, is_thorough))


async def _looked_at(settings: Settings, is_thorough: bool) -> Facts:
    db = _opened(settings.database_url)
    asked = {"known": KNOWN, "is_thorough": is_thorough, "made_at": LONG_AGO, "now": datetime.now(UTC)}
    try:
        return await examined(db, settings, os.environ, **asked)  # type: ignore[arg-type]
    except DATABASE_FAULTS:
        return await examined(None, settings, os.environ, **asked)  # type: ignore[arg-type]
    finally:
        if db:
            await db.close()


def _opened(url: str) -> Database | None:
    """Opening an SQLite file that is not there would make an empty one."""
    kind, _, file = url.partition(":///")
    return None if kind.startswith("sqlite") and not os.path.exists(file) else open_database(url)
