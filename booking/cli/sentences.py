"""What goes wrong at the operators' door, in one French sentence that says what to do."""

import sqlite3
from typing import Any

import asyncpg
import click
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from booking.domain.origins import Origin, Via, at_door
from booking.settings import BadSetting
from booking.storage.constraints import Unavailable

DATABASE_FAULTS = (Unavailable, DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError, sqlite3.Error)


class Sentence(click.ClickException):
    """Said on the error output; the program ends with 1."""

    def show(self, file: Any = None) -> None:
        """The sentence alone."""
        click.echo(self.message, err=True)


class Door(click.Group):
    """Commands whose foreseeable failures are sentences, not tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            with at_door(Origin(Via.COMMAND)):
                return super().invoke(ctx)
        except BadSetting as error:
            said = f"« {error.said} » ne convient pas" if error.said else "il manque une valeur"
            raise Sentence(f"{error.variable} : {said}. Écrivez par exemple : {error.example}") from error
        except CommandError as error:
            raise Sentence("La base vient d’une version plus récente d’Ateliers : installez cette version.") from error
        except (*DATABASE_FAULTS, OSError) as error:
            raise Sentence(_unreachable(error)) from error


def _unreachable(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"Impossible d’ouvrir {error.filename} : {error.strerror}."
    why = str(getattr(error, "orig", None) or error).splitlines()[0]
    return f"La base de données ne répond pas comme il faut ({why}). Vérifiez son adresse, et qu’elle est lancée."
