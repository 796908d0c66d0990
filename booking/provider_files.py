"""The file in which an operator writes the providers of identities down: TOML, one table for each."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from booking.domain.issuers import Grant, Issuer
from booking.domain.staff import Role

NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
LOCAL = {"localhost", "127.0.0.1", "::1"}
KNOWN = {"label", "issuer", "client_id", "client_secret_file", "scopes", "claim", "roles", "creates_accounts", "acr"}


class BadProvider(ValueError):
    """What stands in the file cannot be used; the message says where and why, and repeats no secret."""


def read(path: Path, environ: Mapping[str, str]) -> tuple[Issuer, ...]:
    """The providers, in the order in which they are offered. Raises :class:`BadProvider`."""
    try:
        said = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise BadProvider(f"{path}: {error}") from error
    found = tuple(_issuer(name, table, path.parent, environ) for name, table in said.items())
    if len({issuer.url for issuer in found}) < len(found):
        raise BadProvider("issuer: two providers cannot be the same one")
    return found


def _issuer(name: str, table: Any, folder: Path, environ: Mapping[str, str]) -> Issuer:
    if not NAME.fullmatch(name) or not isinstance(table, dict):
        raise BadProvider(f"[{name}]: a table with a name of small letters, digits and hyphens")
    if unknown := table.keys() - KNOWN:
        raise BadProvider(f"[{name}] {min(unknown)}: unknown")
    url, scopes = _text(name, table, "issuer"), _words(name, table, "scopes") or ("openid", "profile")
    parts = urlsplit(url)
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL)):
        raise BadProvider(f"[{name}] issuer: https, or http on this machine to try out")
    if "openid" not in scopes:
        raise BadProvider(f"[{name}] scopes: openid must be among them")
    claim, creates = _text(name, table, "claim", ""), table.get("creates_accounts", False)
    if not isinstance(creates, bool) or (creates and not claim):
        raise BadProvider(f"[{name}] creates_accounts: true or false, and true only with a claim that gives roles")
    return Issuer(
        name=name,
        label=_text(name, table, "label"),
        url=url,
        client_id=_text(name, table, "client_id"),
        client_secret=_secret(name, table, folder, environ),
        scopes=scopes,
        claim=claim,
        grants=tuple(_grant(name, one) for one in table.get("roles", ())),
        makes_accounts=creates,
        acr=_words(name, table, "acr"),
    )


def _grant(name: str, said: Any) -> Grant:
    """``{ value = "conseil-grenoble", role = "adviser", agency = "38001" }``; without an agency the whole network."""
    is_table = isinstance(said, dict) and {"value", "role"} <= said.keys() <= {"value", "role", "agency"}
    if not is_table or not all(isinstance(one, str) and one for one in said.values()) or said["role"] not in set(Role):
        raise BadProvider(f"[{name}] roles: each with value, role ({', '.join(Role)}) and perhaps agency, its code")
    return Grant(value=said["value"], role=Role(said["role"]), agency_code=said.get("agency"))


def _text(name: str, table: Mapping[str, Any], key: str, usual: str | None = None) -> str:
    said = table.get(key, usual)
    if not isinstance(said, str) or not said.isprintable() or (usual is None and not said.strip()):
        raise BadProvider(f"[{name}] {key}: a text")
    return said


def _words(name: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    said = table.get(key, [])
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise BadProvider(f"[{name}] {key}: a list of texts")
    return tuple(said)


def _secret(name: str, table: Mapping[str, Any], folder: Path, environ: Mapping[str, str]) -> str:
    """From the environment, or a file of its own; a provider may ask for none (PKCE alone)."""
    given = environ.get(f"ATELIERS_PROVIDER_{name.upper().replace('-', '_')}_SECRET")
    file = _text(name, table, "client_secret_file", "")
    if given or not file:
        return given or ""
    try:
        return (folder / file).read_text().strip()
    except (OSError, ValueError) as error:
        raise BadProvider(f"[{name}] client_secret_file: cannot be read") from error
