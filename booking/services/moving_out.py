"""The whole installation as open files, of one moment, in flat memory; what it was is described beside."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from booking import __version__
from booking.documents.data_packages import DESCRIPTION, README, FolderPackage, Package, Sum, TableFile, ZipPackage
from booking.documents.package_words import CONTENT, WITH_SECRETS, WITHOUT_SECRETS
from booking.domain.archives import ENDINGS, Archived
from booking.domain.identifiers import new_id
from booking.domain.sites import Site
from booking.storage import audit, whole
from booking.storage.database import Database, Tx
from booking.storage.plain_values import Kind, is_flat, kind_of, plain
from booking.storage.whole import Column, Table

FORMAT = "ateliers-installation-1"
# Bytes that stand beside as files of their own; in the table, their name.
FILED = "packed"


@dataclass(frozen=True, slots=True)
class Copied:
    """How much there is in a copy."""

    tables: int
    rows: int
    files: int


Told = Callable[[int, int], Awaitable[None]]


async def silent(tables: int, rows: int) -> None:
    """Nobody wants to know."""


async def write(
    db: Database, target: Path, *, with_secrets: bool, site: Site, now: datetime, told: Told = silent
) -> Copied:
    """Into a ``.zip`` or a folder that is not there yet; ``told`` how many tables and rows are done.

    Raises FileExistsError. A copy that breaks off has no description, and nobody takes it for a whole one.
    """
    package = await asyncio.to_thread(_begun, target)
    copied = await into(db, package, with_secrets=with_secrets, site=site, now=now, told=told)
    async with db.transaction() as tx:
        said = {"rows": copied.rows, "secrets": with_secrets}
        await audit.record(tx, None, "taken", "installation", new_id(now), now, **said)
    return copied


async def into(
    db: Database, package: Package, *, with_secrets: bool, site: Site, now: datetime, told: Told = silent
) -> Copied:
    """Into a package, which is closed then whatever happens."""
    try:
        async with db.snapshot() as tx:
            moving = _Moving(tx, package, with_secrets=with_secrets, told=told)
            copied = await moving.write_all()
        await asyncio.to_thread(moving.describe, site, now)
    finally:
        package.close()
    return copied


def _begun(target: Path) -> ZipPackage | FolderPackage:
    """For its owner only."""
    if target.exists():
        raise FileExistsError(target)
    if target.suffix != ".zip":
        return FolderPackage(target)
    target.touch(mode=0o600)
    return ZipPackage(target)


def fingerprint(site: Site) -> str:
    """By which one knows the same secret again, and nothing else of it."""
    return hmac.new(site.secret, b"copy of an installation", hashlib.sha256).hexdigest()


class _Moving:
    def __init__(self, tx: Tx, package: Package, *, with_secrets: bool, told: Told) -> None:
        self._tx, self._package, self._told = tx, package, told
        self._with_secrets = with_secrets
        self._resources: list[dict[str, Any]] = []
        self._rows = self._files = 0

    async def write_all(self) -> Copied:
        tables = whole.outgoing(with_secrets=self._with_secrets)
        for done, table in enumerate(tables):
            await self._told(done, self._rows)
            columns = whole.columns_of(table, with_secrets=self._with_secrets)
            filed = await self._files_of(table) if FILED in table.columns else ()
            self._resources += [await self._table(table, columns, done), *filed]
        return Copied(len(tables), self._rows, self._files)

    async def _table(self, table: Table, columns: Sequence[Column[Any]], done: int) -> dict[str, Any]:
        kept = [c for c in columns if c.name != FILED]
        flat = all(is_flat(kind_of(c)) for c in kept)
        name = f"data/{table.name}.{'csv' if flat else 'jsonl'}"
        with self._package.creating(name) as target:
            file = TableFile(target, [c.name for c in kept], is_flat=flat)
            async for page in whole.pages(self._tx, table, kept):
                rows = [[plain(value) for value in row[: len(kept)]] for row in page]
                await asyncio.to_thread(file.write, rows)
                self._rows += len(rows)
                await self._told(done, self._rows)
        media_type = "text/csv" if flat else "application/x-ndjson"
        known = {"name": table.name, "path": name, "mediatype": media_type, "encoding": "utf-8"}
        return {**known, **file.sum.told, "schema": _schema(table, kept)}

    async def _files_of(self, table: Table) -> list[dict[str, Any]]:
        """What the archive holds, unpacked, under its hash; the same bytes once."""
        found: dict[str, dict[str, Any]] = {}
        async for page in whole.pages(self._tx, table, [table.c[n] for n in ("hash", "media_type", "size", FILED)]):
            for row in page:
                one = Archived(hash=row.hash, media_type=row.media_type, size=row.size, packed=row.packed)
                name = f"{table.name}/{one.hash}.{ENDINGS[one.media_type]}"
                if name not in found:
                    found[name] = await asyncio.to_thread(self._file, name, one)
        self._files += len(found)
        return list(found.values())

    def _file(self, name: str, one: Archived) -> dict[str, Any]:
        content, known = one.content, Sum()
        with self._package.creating(name) as target:
            target.write(content)
        known.add(content)
        of_file = {"bytes": known.size, "hash": f"sha256:{known.digest.hexdigest()}"}
        return {"name": one.hash, "path": name, "mediatype": one.media_type, **of_file}

    def describe(self, site: Site, now: datetime) -> None:
        said = {
            "name": "ateliers",
            "title": "Copie d’une installation d’Ateliers",
            "created": now.isoformat(),
            "format": FORMAT,
            "version": __version__,
            "withSecrets": self._with_secrets,
            "secret": fingerprint(site),
            "resources": self._resources,
        }
        left_out = WITH_SECRETS if self._with_secrets else WITHOUT_SECRETS
        made_at = now.strftime("%d/%m/%Y à %H:%M (temps universel)")
        readme = CONTENT.format(made_at=made_at, version=__version__, left_out=left_out)
        for name, content in ((README, readme), (DESCRIPTION, json.dumps(said, ensure_ascii=False, indent=1))):
            with self._package.creating(name) as target:
                target.write(content.encode())


def _schema(table: Table, columns: Sequence[Column[Any]]) -> dict[str, Any]:
    keys = [
        {
            "fields": [element.parent.name for element in key.elements],
            "reference": {
                "resource": key.referred_table.name if key.referred_table is not table else "",
                "fields": [element.column.name for element in key.elements],
            },
        }
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
        if all(element.parent in columns for element in key.elements)
    ]
    return {
        "fields": [_field(c) for c in columns],
        "primaryKey": [c.name for c in table.primary_key.columns],
        **({"foreignKeys": keys} if keys else {}),
        "missingValues": ["\\N"],
    }


def _field(c: Column[Any]) -> dict[str, Any]:
    kind = kind_of(c)
    formats = {Kind.IDENTIFIER: "uuid", Kind.BYTES: "binary"}
    known = {"type": "string", "format": formats[kind]} if kind in formats else {"type": kind.value}
    return {"name": c.name, **known, **({} if c.nullable else {"constraints": {"required": True}})}
