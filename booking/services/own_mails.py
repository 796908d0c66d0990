"""Everybody decides for himself which mails he gets, and reads here what they would tell, address or not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from booking.documents.messages import Words
from booking.documents.staff_mails import mail
from booking.domain.agencies import Agency
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.domain.staff_messages import ROLES_OF, StaffMessageKind, kinds_for
from booking.domain.windows import DAY
from booking.services import own_invitations, staff_reports
from booking.storage import agencies, audit, inviting_choices, mail_choices
from booking.storage.database import Database, again_when_contended
from booking.storage.inviting_choices import InvitingChoice
from calendars.zones import today

# Whoever works in more places reads the mails of the first ones.
MOST_AGENCIES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What a mail would tell at this moment; None is nothing."""

    kind: StaffMessageKind
    words: Words | None


@dataclass(frozen=True, slots=True)
class OwnMails:
    """Where somebody is written to, which mails there are for him, and which he does not want."""

    email: str | None
    kinds: Sequence[StaffMessageKind]
    unwanted: frozenset[StaffMessageKind]
    told: Sequence[Told] = ()


async def show(db: Database, *, by: Staff, site: Site, now: datetime) -> OwnMails:
    """One's own choice, and what the mails would tell now."""
    choice = await chosen(db, by=by)
    async with db.reading() as tx:
        own = await agencies.some(tx, by.agency_ids)
    places = sorted(own, key=lambda agency: agency.name)[:MOST_AGENCIES]
    said = [(kind, agency) for agency in places for kind in _kinds_at(by, agency)]
    # One roster tells of every place.
    rosters = [one for one in said if one[0] is StaffMessageKind.ROSTER][:1]
    wanted = rosters + [one for one in said if one[0] is not StaffMessageKind.ROSTER]
    told = [await _told(db, kind, by, agency, site, now) for kind, agency in wanted]
    return replace(choice, told=told)


async def chosen(db: Database, *, by: Staff) -> OwnMails:
    """One's own choice alone."""
    async with db.reading() as tx:
        email = (await inviting_choices.choice(tx, by.id)).email
        return OwnMails(email, _kinds(by), await mail_choices.unwanted(tx, by.id))


async def choose(
    db: Database, email: str, wanted: Collection[StaffMessageKind], *, by: Staff, now: datetime
) -> OwnMails:
    """Write to this address, and only these mails of those there are. Raises :class:`InvalidField`."""
    async with db.reading() as tx:
        before: InvitingChoice = await inviting_choices.choice(tx, by.id)
    if email != (before.email or ""):
        await own_invitations.choose(db, email, before.takes_invitations, by=by, now=now)
    await _keep(db, frozenset(_kinds(by)) - set(wanted), by, now)
    return await chosen(db, by=by)


@again_when_contended
async def _keep(db: Database, unwanted: frozenset[StaffMessageKind], by: Staff, now: datetime) -> None:
    async with db.transaction() as tx:
        others = await mail_choices.unwanted(tx, by.id) - set(_kinds(by))
        await mail_choices.choose(tx, by.id, unwanted | others)
        await audit.record(tx, by, "chose-mails", "staff", by.id, now, unwanted=sorted(unwanted))


def _kinds(by: Staff) -> list[StaffMessageKind]:
    return kinds_for({role for agency, role in by.roles if agency})


def _kinds_at(by: Staff, agency: Agency) -> list[StaffMessageKind]:
    held = {role for where, role in by.roles if where == agency.id}
    return [kind for kind, roles in ROLES_OF.items() if roles & held]


async def _told(db: Database, kind: StaffMessageKind, by: Staff, agency: Agency, site: Site, now: datetime) -> Told:
    day = today(now, agency.time_zone)
    about_on = day + DAY if kind is StaffMessageKind.ROSTER else day
    report = await staff_reports.report(db, kind, by, agency, about_on, now, site)
    return Told(kind, None if report.is_empty else mail(report, by.name, site))
