"""A copy of an installation into an empty database of either kind: looked through first, then all of it or nothing."""

import asyncio
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from booking.documents.data_packages import PackageReader, Sum, rows_of
from booking.domain.archives import ENDINGS, archived
from booking.domain.erasures import Erasure
from booking.domain.identifiers import new_id
from booking.domain.sites import Site
from booking.services import restoring
from booking.services.moving_out import FILED, FORMAT, Copied, Told, fingerprint, silent
from booking.storage import audit, whole
from booking.storage.database import Database, Tx
from booking.storage.plain_values import is_flat, kind_of, plain, read
from booking.storage.whole import PAGE, Column, Table


class UnusableCopy(Exception):
    """It cannot be taken in; ``why`` is a stable code, the facts say where. Nothing was written."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of the copy: its file, its columns, and what must come out."""

    table: Table
    path: str
    columns: Sequence[Column[Any]]
    rows: int
    rows_hash: str


async def take_in(
    db: Database,
    source: Path,
    *,
    site: Site,
    now: datetime,
    erased: Iterable[Erasure] = (),
    told: Told = silent,
) -> Copied:
    """Write every row of a copy, and compare what stands there then with what the copy says.

    Whoever was ``erased`` since is erased again. Raises :class:`UnusableCopy`; the database is as empty as before.
    """
    try:
        package = PackageReader(source)
    except ValueError as error:
        raise UnusableCopy("not-a-copy", detail=str(error)) from error
    try:
        parts, files = await asyncio.to_thread(_looked_through, package, site)
        async with db.transaction() as tx:
            standing = await whole.not_empty(tx)
            if standing:
                raise UnusableCopy("not-empty", table=standing)
            rows = await _write_all(tx, package, parts, files, told)
            await whole.count_on(tx)
            said = {"rows": rows, "tables": len(parts)}
            await audit.record(tx, None, "imported", "installation", new_id(now), now, **said)
    finally:
        package.close()
    await restoring.reapply(db, site, erased, now)
    return Copied(len(parts), rows, len(files))


def _looked_through(package: PackageReader, site: Site) -> tuple[list[_Part], dict[str, str]]:
    """The tables, and by hash where each file stands; everything is whole and known here."""
    try:
        said = package.description()
        resources = list(said["resources"]) if said.get("format") == FORMAT else None
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableCopy("not-a-copy", detail=str(error)) from error
    if resources is None:
        raise UnusableCopy("other-format", found=str(said.get("format"))[:40])
    if said.get("secret") != fingerprint(site):
        raise UnusableCopy("other-secret")
    known = {table.name: table for table in whole.outgoing(with_secrets=True)}
    parts, files = {}, {}
    for one in resources:
        try:
            _must_be_whole(package, one)
            if "schema" in one:
                part = _part(one, known, str(said.get("version"))[:20])
                parts[part.table.name] = part
            else:
                files[str(one["name"])] = str(one["path"])
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableCopy("damaged", path=str(one.get("path", ""))[:80], detail=str(error)[:200]) from error
    lacking = [t.name for t in whole.outgoing(with_secrets=bool(said.get("withSecrets"))) if t.name not in parts]
    # A copy of an earlier version lacks what came later; the core of it is always there.
    if "agencies" in lacking or "job_seekers" in lacking or "sessions" in lacking:
        raise UnusableCopy("damaged", path=lacking[0], detail="missing")
    return [parts[name] for name in known if name in parts], files


def _must_be_whole(package: PackageReader, one: Mapping[str, Any]) -> None:
    found = package.sum_of(one["path"])
    if f"sha256:{found.digest.hexdigest()}" != one["hash"] or found.size != one["bytes"]:
        raise ValueError("other bytes than described")


def _part(one: Mapping[str, Any], known: Mapping[str, Table], version: str) -> _Part:
    table = known.get(one["name"])
    if table is None:
        raise UnusableCopy("unknown-table", table=str(one["name"])[:40], version=version)
    names = [str(field["name"]) for field in one["schema"]["fields"]]
    for name in names:
        if name not in table.columns or table.c[name].computed is not None:
            raise UnusableCopy("unknown-column", table=table.name, column=name[:40], version=version)
    for c in table.columns:
        if whole.must_be_there(c) and c.name not in names and c.name != FILED:
            raise UnusableCopy("missing-column", table=table.name, column=c.name, version=version)
    columns = [table.c[name] for name in names]
    return _Part(table, str(one["path"]), columns, int(one["rows"]), str(one.get("rowsHash", "")))


async def _write_all(
    tx: Tx, package: PackageReader, parts: Sequence[_Part], files: Mapping[str, str], told: Told
) -> int:
    rows = 0
    for done, part in enumerate(parts):
        await told(done, rows)
        try:
            rows += await _write(tx, package, part, files)
            await _compare(tx, part)
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableCopy("damaged", path=part.path, detail=str(error)[:200]) from error
    return rows


async def _write(tx: Tx, package: PackageReader, part: _Part, files: Mapping[str, str]) -> int:
    flat = all(is_flat(kind_of(c)) for c in part.columns)
    kinds = {c.name: kind_of(c) for c in part.columns}
    written = 0
    with package.opened(part.path) as file, io.TextIOWrapper(file, "utf-8", newline="") as text:
        found = rows_of(text, kinds, is_flat=flat)
        while some := list(islice(found, PAGE)):
            rows = [{name: read(kinds[name], value) for name, value in zip(kinds, row, strict=True)} for row in some]
            if FILED in part.table.columns:
                for row in rows:
                    row[FILED] = await asyncio.to_thread(_packed, package, files[row["hash"]], row)
            await whole.write(tx, part.table, rows)
            written += len(rows)
    if written != part.rows:
        raise ValueError(f"{written} rows, not {part.rows}")
    return written


def _packed(package: PackageReader, path: str, row: Mapping[str, Any]) -> bytes:
    """The bytes of a document, if they are those that its row names."""
    if row["media_type"] not in ENDINGS:
        raise ValueError(row["media_type"])
    with package.opened(path) as file:
        found = archived(file.read(), row["media_type"])
    if found.hash != row["hash"]:
        raise ValueError(path)
    return found.packed


async def _compare(tx: Tx, part: _Part) -> None:
    """What stands in the table now is what the copy was made of."""
    found = Sum()
    async for page in whole.pages(tx, part.table, part.columns):
        for row in page:
            found.add_row([plain(value) for value in row[: len(part.columns)]])
    if found.rows != part.rows or (part.rows and f"{found.rows_digest:064x}" != part.rows_hash):
        raise ValueError(f"{part.table.name}: not what was written")
