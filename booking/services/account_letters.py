"""Letters for who has an account, no password yet, and no address for mail: printed, and handed over."""

from datetime import datetime

from booking.documents.pdf.account_letters import account_letter
from booking.documents.pdf.letters import batch
from booking.documents.pdf.printing import printed
from booking.domain.password_links import LinkKind
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import password_links, staff_accounts
from booking.storage import agencies
from booking.storage.database import Database
from booking.storage.staff_accounts import Account

TITLE = "Comptes Ateliers : lettres à remettre"


async def waiting(db: Database, *, by: Staff, now: datetime) -> list[Account]:
    """Whom one looks after and who can only be reached by a letter, by name. Raises :class:`NotAllowed`."""
    found = await staff_accounts.listed(db, "", by=by, now=now, unreached=True)
    return [one for one in found if any(agency for agency, _ in one.roles)]


async def print_all(db: Database, *, site: Site, by: Staff, now: datetime) -> bytes | None:
    """Their letters as one PDF, None for nobody; the links of letters printed before are good no more.

    Raises :class:`NotAllowed`.
    """
    people = await waiting(db, by=by, now=now)
    if not people:
        return None
    letters = []
    async with db.transaction() as tx:
        where = {agency for one in people for agency, _ in one.roles if agency}
        known = {one.id: one for one in await agencies.some(tx, where)}
        for one in people:
            link = await password_links.send(tx, one.id, LinkKind.INVITED, by=by, site=site, now=now)
            home = min((known[id] for id, _ in one.roles if id), key=lambda agency: agency.name)
            address = password_links.address_of(link, site)
            letters.append(account_letter(one.name, one.sign_in_name, home, address, site, now))
    return await printed("letters", batch(TITLE, letters), now)
