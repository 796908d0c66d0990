"""Who leads or assists finds each meeting in his own calendar: planned in the transaction that changes it.

What each guest should have is compared with what was said; only the difference leaves, and of several changes in a row
only the last.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from booking.documents.calendar_entries import STANDING, entry_of
from booking.domain.agencies import Agency
from booking.domain.invitations import Entry, next_word
from booking.domain.inviting import Guest, Invited, invited
from booking.domain.sessions import Meeting
from booking.domain.workshops import Workshop
from booking.storage import agencies, invitations, listings, workshops
from booking.storage.database import Tx
from booking.storage.listings import Listed

Key = tuple[UUID, UUID]
LEADS, HELPS = "Vous animez cette séance.", "Vous aidez à cette séance."


async def plan(
    tx: Tx, shown: Collection[Listed], where: Iterable[Agency], taught: Mapping[UUID, Workshop], now: datetime
) -> None:
    """Invite the guests of these locked sessions as they are now, or call them off; meetings removed count as well."""
    said = {(one.meeting_id, one.staff_id): one for one in await invitations.of_sessions(tx, [_id(x) for x in shown])}
    leading = {id for listed in shown for meeting in listed.session.meetings for id in meeting.staff_ids}
    guests = await invitations.takers(tx, leading)
    if not guests and not said:
        return
    places = {agency.id: agency for agency in where}
    expected = [one for listed in shown for one in _expected(listed, places, taught, guests, said)]
    wanted = {key: entry for key, _, entry in expected}
    new = [
        invited(listed.session.id, listed.session.agency_id, key[1], entry, now)
        for key, listed, entry in expected
        if key not in said and next_word(None, entry, now)
    ]
    changed = [
        one.saying(word, now)
        for key, one in said.items()
        if (word := next_word(one.entry, wanted.get(key), now)) is not None
    ]
    await invitations.forget(tx, [one.id for one in changed if one.is_cancelled and not one.was_said])
    await invitations.rewrite(tx, [one for one in changed if one.was_said or not one.is_cancelled])
    await invitations.add(tx, new)


async def plan_anew(tx: Tx, session_ids: Collection[UUID], now: datetime) -> None:
    """The same for sessions of which only the ids are at hand."""
    shown = list((await listings.some(tx, session_ids)).values())
    where = await agencies.some(tx, {x.session.agency_id for x in shown})
    await plan(tx, shown, where, await workshops.some(tx, {x.session.workshop_id for x in shown}), now)


def _id(listed: Listed) -> UUID:
    return listed.session.id


def _expected(
    listed: Listed,
    places: Mapping[UUID, Agency],
    taught: Mapping[UUID, Workshop],
    guests: Mapping[UUID, Guest],
    said: Mapping[Key, Invited],
) -> list[tuple[Key, Listed, Entry]]:
    """Every guest of each meeting; who wants no invitations any more keeps those that he has."""
    session = listed.session
    if session.state not in STANDING:
        return []
    of = (places[session.agency_id], taught[session.workshop_id])
    return [
        ((meeting.id, id), listed, _entry(listed, meeting, id, *of))
        for meeting in session.meetings
        for id in meeting.staff_ids
        if id in guests or (meeting.id, id) in said
    ]


def _entry(listed: Listed, meeting: Meeting, staff_id: UUID, agency: Agency, workshop: Workshop) -> Entry:
    room = listed.rooms.get(meeting.room_id) if meeting.room_id else None
    note = LEADS if staff_id == meeting.facilitator_id else HELPS
    return entry_of(meeting, listed.session, workshop, agency, room=room, note=note)
