"""What the lines of a batch are of, as far as whoever asks may see and change it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from booking.domain.batches import Deed, Subject
from booking.domain.cases import Case
from booking.domain.messages import Message
from booking.domain.partners import Partner
from booking.domain.staff import Right, Staff
from booking.storage import cases, listings, outbox, partners
from booking.storage.database import Tx
from booking.storage.listings import Listed

Known = Listed | Partner | tuple[Message, Case]


def right_for(deed: Deed) -> Right:
    """What one must be allowed to do with each of them."""
    return {Deed.TICK: Right.REACH, Deed.RESEND: Right.BOOK}.get(deed, Right.PLAN)


async def load(tx: Tx, deed: Deed, ids: Sequence[UUID], by: Staff) -> Mapping[UUID, Known]:
    """These, by id, without what lies outside one's agencies: sessions by start, the others in the order given."""
    match deed.subject:
        case Subject.SESSION:
            return await _sessions(tx, deed, ids, by)
        case Subject.MESSAGE:
            return await _messages(tx, deed, ids, by)
        case Subject.PARTNER:
            found = await partners.some(tx, ids)
            return {id: found[id] for id in ids if id in found and _is_seen(found[id], by)}


async def _sessions(tx: Tx, deed: Deed, ids: Sequence[UUID], by: Staff) -> Mapping[UUID, Known]:
    found = await listings.some(tx, ids)
    own = [one for one in found.values() if by.may(right_for(deed), one.session.agency_id)]
    return {one.session.id: one for one in sorted(own, key=lambda x: (x.session.starts_at, x.session.id))}


async def _messages(tx: Tx, deed: Deed, ids: Sequence[UUID], by: Staff) -> Mapping[UUID, Known]:
    found = {one.id: one for one in await outbox.some(tx, ids) if by.may(right_for(deed), one.agency_id)}
    known = await cases.load_many(tx, {one.booking_id for one in found.values()}) if found else {}
    return {id: (found[id], known[found[id].booking_id]) for id in ids if id in found}


def _is_seen(partner: Partner, by: Staff) -> bool:
    return by.is_network_wide or partner.serves(by.agency_ids)
