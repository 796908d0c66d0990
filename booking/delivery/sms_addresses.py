"""From an address in the settings to the provider of text messages that it names."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from booking.delivery.sms import SENDER, Texts
from booking.delivery.sms_brevo import Brevo
from booking.delivery.sms_factor import SmsFactor
from booking.delivery.sms_gateway import LIFE, REFUSED, Description, Gateway
from booking.delivery.sms_ovh import Account, Ovh

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
GATEWAY = "gateway+https://sms.example.org/send?to={digits}&text={text}#header=Authorization: Bearer KEY&reference=id"
EXAMPLES = {
    "ovh": "ovh://APPLICATION_KEY:APPLICATION_SECRET@sms-ab12345-1?consumer=CONSUMER_KEY&sender=Ateliers",
    "smsfactor": "smsfactor://TOKEN@?sender=Ateliers",
    "brevo": "brevo://API_KEY@?sender=Ateliers",
    "gateway+https": GATEWAY,
    "gateway+http": GATEWAY,
}
OPTIONS = frozenset(
    {"header", "body", "idempotency", "life", "reference", "temporary", "refused", "credit", "credit_at"}
)


class BadAddress(ValueError):
    """It says not enough, or what nobody knows. Holds an example to follow, and nothing of the address itself."""


def texts(url: str) -> Texts:
    """Who ``ovh://``, ``smsfactor://``, ``brevo://`` or ``gateway+https://`` names. Raises BadAddress."""
    scheme = url.partition(":")[0].lower()
    try:
        return _PROVIDERS[scheme](urlsplit(url))
    # Whatever went wrong, its words may hold a key.
    except (ValueError, KeyError):
        raise BadAddress(EXAMPLES.get(scheme, EXAMPLES["ovh"])) from None


def _ovh(parts: SplitResult) -> Texts:
    said = _said(parts.query, {"consumer", "sender"})
    # Not the host name, which is in small letters.
    service = unquote(parts.netloc.rpartition("@")[2])
    keys = {"application": _needed(parts.username), "secret": _needed(parts.password)}
    account = Account(**keys, consumer=_needed(said["consumer"]), service=_needed(service), sender=_sender(said))
    return Ovh(account)


def _smsfactor(parts: SplitResult) -> Texts:
    return SmsFactor(_needed(parts.username), _sender(_said(parts.query, {"sender"})))


def _brevo(parts: SplitResult) -> Texts:
    return Brevo(_needed(parts.username), _needed(_sender(_said(parts.query, {"sender"}))))


def _gateway(parts: SplitResult) -> Texts:
    """The address is the gateway's own up to the ``#``; what follows tells us how to speak with it."""
    scheme = parts.scheme.removeprefix("gateway+")
    if not parts.hostname or parts.username or (scheme == "http" and parts.hostname not in LOCAL):
        raise ValueError
    told = parse_qsl(parts.fragment, strict_parsing=True) if parts.fragment else []
    said = dict(told)
    _only(said, OPTIONS)
    address, body = parts._replace(scheme=scheme, fragment="").geturl(), said.get("body")
    _check_places(address + (body or ""))
    return Gateway(
        Description(
            address=address,
            body=json.loads(body) if body else None,
            headers=dict(_header(value) for name, value in told if name == "header"),
            idempotency=said.get("idempotency"),
            life=timedelta(minutes=int(said["life"])) if said.get("life") else LIFE,
            reference=_way(said.get("reference")),
            credit=_beside(address, said["credit"]) if said.get("credit") else None,
            credit_at=_way(said.get("credit_at")),
            temporary=_statuses(said.get("temporary", "")),
            refused=_statuses(said["refused"]) if "refused" in said else REFUSED,
        )
    )


_PROVIDERS: dict[str, Callable[[SplitResult], Texts]] = {
    "ovh": _ovh,
    "smsfactor": _smsfactor,
    "brevo": _brevo,
    "gateway+https": _gateway,
    "gateway+http": _gateway,
}


def _said(query: str, known: set[str]) -> dict[str, str]:
    return _only(dict(parse_qsl(query, strict_parsing=True)) if query else {}, known)


def _only(said: dict[str, str], known: Any) -> dict[str, str]:
    """A misspelt name is no setting."""
    if set(said) - set(known):
        raise ValueError
    return said


def _needed(said: str | None) -> str:
    found = unquote(said or "")
    if not found or not (found.isascii() and found.isprintable()):
        raise ValueError
    return found


def _sender(said: dict[str, str]) -> str | None:
    found = said.get("sender")
    if found is not None and not SENDER.fullmatch(found):
        raise ValueError
    return found


def _header(said: str) -> tuple[str, str]:
    name, colon, value = said.partition(":")
    if not colon:
        raise ValueError
    return _needed(name.strip()), _needed(value.strip())


def _way(said: str | None) -> tuple[str, ...]:
    return tuple(said.split(".")) if said else ()


def _beside(address: str, said: str) -> str:
    """An address of the same gateway: it is asked with the same key."""
    found, own = urlsplit(urljoin(address, said)), urlsplit(address)
    if (found.scheme, found.netloc) != (own.scheme, own.netloc):
        raise ValueError
    return found.geturl()


def _statuses(said: str) -> frozenset[int]:
    return frozenset(int(one) for one in said.split(",") if one.strip())


def _check_places(template: str) -> None:
    """Number and text have their places."""
    has_number = any("{" + name + "}" in template for name in ("number", "digits"))
    if not has_number or "{text}" not in template:
        raise ValueError
