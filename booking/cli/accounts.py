"""Staff and the tokens of programs."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import click

from booking.cli.databases import in_data, opened
from booking.cli.sentences import Sentence
from booking.domain.errors import InvalidField, NameTaken, SignInFailed
from booking.domain.staff import Role
from booking.services import accounts, password_links, passwords, second_factors
from booking.settings import Settings
from booking.storage import agencies
from booking.storage.database import Database
from calendars.zones import midnight

EVERYWHERE = "*"
HOME_ZONE = "Europe/Paris"
PROBLEMS = {
    "required": "est vide",
    "too-long": "est trop long",
    "too-short": f"a moins de {passwords.SHORTEST} caractères",
    "too-common": "se devine trop vite : prenez par exemple quatre mots sans rapport entre eux",
    "bad-characters": "contient des caractères invisibles",
}
FIELDS = {"name": "Le nom", "sign_in_name": "L’identifiant", "password": "Le mot de passe"}


@click.command("add-staff")
@click.option("--name", required=True, help="Prénom et nom.")
@click.option("--sign-in", required=True, help="Identifiant de connexion.")
@click.option("--role", "roles", multiple=True, required=True, metavar="ROLE[@AGENCE]", help="Peut être répété.")
@click.option("--agency", metavar="AGENCE", help="L’agence des rôles écrits sans @ ; * pour tout le réseau.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Dernier jour des rôles ; obligatoire pour assistant.")
@click.password_option(prompt="Mot de passe", confirmation_prompt="Encore une fois", help="Demandé s’il manque.")
@in_data
def add_staff(
    name: str,
    sign_in: str,
    roles: tuple[str, ...],
    agency: str | None,
    until: datetime | None,
    password: str,
    settings: Settings,
) -> None:
    """Ajoute une personne. ROLE : adviser, facilitator, assistant, manager, auditor ou administrator.

    L’agence est la fin de son adresse publique : adviser@grenoble-bastille ; administrator@* vaut pour tout le réseau.
    """
    told = [_told(role, agency) for role in roles]
    if until is None and any(role is Role.ASSISTANT for role, _ in told):
        raise click.UsageError("Un service civique a une fin : ajoutez --until AAAA-MM-JJ.")
    asyncio.run(_add_staff(settings, name, sign_in, told, password, until))
    click.echo(f"{name} peut se connecter sous « {sign_in.strip().lower()} ».")


def _told(said: str, agency: str | None) -> tuple[Role, str]:
    """The role and the slug of its agency; a role for everywhere has to be asked for."""
    word, _, where = said.partition("@")
    if word not in set(Role):
        raise click.UsageError(f"Rôle inconnu : {word}. Écrivez l’un de : {', '.join(Role)}.")
    if not (where or agency):
        raise click.UsageError(f"Écrivez {word}@AGENCE, ou {word}@{EVERYWHERE} pour tout le réseau.")
    return Role(word), where or agency or ""


async def _add_staff(
    settings: Settings, name: str, sign_in: str, told: list[tuple[Role, str]], password: str, until: datetime | None
) -> None:
    said = {"name": name, "sign_in_name": sign_in, "password": password}
    ends_at = midnight(until.date() + timedelta(days=1), HOME_ZONE) if until else None
    async with opened(settings) as db:
        roles = [(await _agency_id(db, where), role) for role, where in told]
        try:
            await accounts.add_staff(db, **said, roles=roles, now=datetime.now(UTC), ends_at=ends_at)
        except NameTaken as error:
            raise Sentence(f"Quelqu’un se connecte déjà sous « {sign_in} ».") from error
        except InvalidField as error:
            found = (f"{FIELDS[field]} {PROBLEMS[code]}." for field, code in error.facts["fields"].items())
            raise Sentence(" ".join(found)) from error


async def _agency_id(db: Database, slug: str) -> UUID | None:
    if slug == EVERYWHERE:
        return None
    async with db.reading() as tx:
        agency = await agencies.by_slug(tx, slug)
    if agency is None:
        raise Sentence(f"Aucune agence n’a l’adresse « {slug} ».")
    return agency.id


@click.command()
@click.argument("sign_in")
@click.option("--name", required=True, help="À quoi sert le jeton ; affiché à la personne.")
@in_data
def token(sign_in: str, name: str, settings: Settings) -> None:
    """Donne un jeton d’API au nom de SIGN_IN. Il n’est montré qu’une fois, et vaut un an."""
    click.echo(asyncio.run(_add_token(settings, sign_in, name)))


async def _add_token(settings: Settings, sign_in: str, name: str) -> str:
    async with opened(settings) as db:
        try:
            return await accounts.add_token(db, sign_in, name, now=datetime.now(UTC))
        except SignInFailed as error:
            raise Sentence(f"Personne ne se connecte sous « {sign_in} ».") from error


@click.command()
@click.argument("sign_in")
@in_data
def link(sign_in: str, settings: Settings) -> None:
    """Donne un lien par lequel SIGN_IN choisit un mot de passe. Il sert une seule fois, pendant 7 jours."""
    found = asyncio.run(_link(settings, sign_in))
    if found is None:
        raise Sentence(f"Personne ne se connecte sous « {sign_in} ».")
    click.echo(found)


async def _link(settings: Settings, sign_in: str) -> str | None:
    async with opened(settings) as db:
        return await password_links.write(db, sign_in, site=settings.site, now=datetime.now(UTC))


@click.command("reset-factor")
@click.argument("sign_in")
@in_data
def reset_factor(sign_in: str, settings: Settings) -> None:
    """Retire le second facteur de SIGN_IN, qui l’a perdu, et ferme ses connexions."""
    if not asyncio.run(_reset_factor(settings, sign_in)):
        raise Sentence(f"Personne ne se connecte sous « {sign_in} ».")
    click.echo(f"« {sign_in} » se connecte par son seul mot de passe.")


async def _reset_factor(settings: Settings, sign_in: str) -> bool:
    async with opened(settings) as db:
        return await second_factors.lose(db, sign_in, now=datetime.now(UTC))
