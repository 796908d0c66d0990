"""What is written to somebody about his own account: it leaves by the outbox of mails to staff."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.password_links import PasswordLink
from booking.domain.staff_messages import StaffMessage, StaffMessageKind
from booking.storage import staff_messages
from booking.storage.database import Tx

# What happened yesterday is still worth knowing tomorrow.
USEFUL = timedelta(days=2)


async def tell(tx: Tx, kind: StaffMessageKind, staff_id: UUID, now: datetime, link: PasswordLink | None = None) -> None:
    """Plan such a mail; one with a link is of no use once the link is over."""
    about = link.id if link else new_id(now)
    planned = StaffMessage(
        id=new_id(now),
        kind=kind,
        agency_id=None,
        staff_id=staff_id,
        about_on=now.date(),
        dedupe_key=f"{kind}:{about}",
        due_at=now,
        not_after=link.expires_at if link else now + USEFUL,
        details={"link_id": str(link.id)} if link else {},
        created_at=now,
    )
    await staff_messages.plan(tx, [planned])
