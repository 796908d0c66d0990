"""``ateliers audit``: is what was written down still as it was written?"""

import asyncio
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click

from booking.cli.databases import in_data, opened
from booking.domain.seals import FaultKind, Head
from booking.services import sealing, verifying, watching
from booking.services.verifying import Verified
from booking.settings import Settings

BROKEN = 2
SHOWN = 20
WORDS = {
    FaultKind.CHANGED: "ligne {line} : modifiée",
    FaultKind.REMOVED: "ligne ou sceau {line} : supprimé",
    FaultKind.INSERTED: "ligne {line} : ajoutée après coup",
    FaultKind.REORDERED: "ligne {line} : déplacée",
    FaultKind.CUT: "la fin du journal manque : le sceau {line} n’y est plus",
}


class HeadSaid(click.ParamType):
    """A head as ``ateliers audit head`` writes it."""

    name = "head"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        """Read it, or say what is wrong."""
        try:
            return value if isinstance(value, Head) else watching.read(str(value))
        except ValueError:
            self.fail("écrivez le numéro, deux-points, et les 64 signes du sceau", param, ctx)


@click.command()
@click.option("--head", "heads", type=HeadSaid(), multiple=True, help="Un sceau noté ailleurs : NUMÉRO:SCEAU.")
@click.option("--json", "as_json", is_flag=True, help="Pour un programme.")
@in_data
def verify(heads: tuple[Head, ...], as_json: bool, settings: Settings) -> None:
    """Vérifie tout le journal, ligne par ligne, et qu’il mène encore aux sceaux notés.

    Se termine par 0 s’il est intact, 2 sinon.
    """
    found = asyncio.run(_verify(settings, heads))
    click.echo(json.dumps(asdict(found), indent=2) if as_json else report(found))
    sys.exit(0 if found.is_whole else BROKEN)


@click.command()
@in_data
def head(settings: Settings) -> None:
    """Affiche le dernier sceau, à noter hors de cette machine."""
    click.echo(asyncio.run(_head(settings)))


@click.command()
@in_data
def seal(settings: Settings) -> None:
    """Scelle ce qui ne l’est pas encore, sans attendre le serveur."""
    click.echo(f"{asyncio.run(_seal(settings))} lignes scellées.")


async def look(settings: Settings, heads: tuple[Head, ...] = ()) -> Verified:
    """The whole audit, and the head that this folder keeps; changes nothing."""
    async with opened(settings) as db:
        return await verifying.verify(db, site=settings.site, heads=[*heads, watching.last_kept(settings.heads)])


async def _verify(settings: Settings, heads: tuple[Head, ...]) -> Verified:
    found = await look(settings, heads)
    async with opened(settings) as db:
        await verifying.note(db, found, datetime.now(UTC))
    return found


async def _head(settings: Settings) -> str:
    async with opened(settings) as db:
        return watching.written(await verifying.last_head(db), datetime.now(UTC))


async def _seal(settings: Settings) -> int:
    async with opened(settings) as db:
        return await sealing.seal(db, datetime.now(UTC), site=settings.site)


def report(found: Verified) -> str:
    """What was found, in words."""
    said = [f"{found.lines} lignes scellées vérifiées, dernier sceau {found.head.n}:{found.head.link}"]
    said += [f"{found.erased} lignes dont des détails ont été effacés"] if found.erased else []
    if found.is_whole:
        return "\n".join([*said, "Le journal est intact."])
    more = [f"… et {len(found.faults) - SHOWN} autres"] if len(found.faults) > SHOWN else []
    return "\n".join([*said, "LE JOURNAL A ÉTÉ MODIFIÉ :", *map(sentence, found.faults[:SHOWN]), *more])


def sentence(fault: verifying.Fault) -> str:
    """One thing that is wrong."""
    return "  " + WORDS[fault.kind].format(line=fault.line)


audit = click.Group(
    name="audit", help="Le journal de ce qui a été fait et consulté : est-il intact ?", commands=[verify, head, seal]
)
