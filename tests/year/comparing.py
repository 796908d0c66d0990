"""Beside what happened: what the figures of the product say, month by month."""

from collections import Counter, defaultdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from booking.storage.database import Database
from booking.storage.tables import figures, person_steps, referral_figures, session_figures
from tests.year.ledger import Ledger

NAMES = (
    "sessions", "seats", "seated", "came", "finished", "absent", "excused", "unmarked", "walk_ins",
    "cancelled_person", "cancelled_adviser", "cancelled_service", "called_off",
)  # fmt: skip


async def differences(db: Database, ledger: Ledger, now: datetime) -> list[str]:
    """Each figure that is not what happened; none when all are."""
    told = await _told(db)
    lived = ledger.by_month(now)
    found = [
        f"{where} {name}: told {told[where][name]}, lived {lived[where][name]}"
        for where in sorted({*told, *lived})
        for name in NAMES
        if told[where][name] != lived[where][name]
    ]
    people, sent, trained = await _others(db)
    found += [] if people == len(ledger.diagnosed) else [f"diagnosed: told {people}, lived {len(ledger.diagnosed)}"]
    found += [] if sent == ledger.referrals.total() else [f"referred: told {sent}, lived {ledger.referrals.total()}"]
    found += [] if trained == ledger.trained else [f"trained: told {trained}, lived {ledger.trained}"]
    return found


async def _told(db: Database) -> dict[tuple[UUID, date], Counter[str]]:
    found: dict[tuple[UUID, date], Counter[str]] = defaultdict(Counter)
    async with db.reading() as tx:
        for row in await tx.rows(select(figures).where(figures.c.scope_id == figures.c.agency_id)):
            counts = Counter({name: row._mapping[name] for name in NAMES})
            found[row.agency_id, row.slice_on.replace(day=1)].update(counts)
    return found


async def _others(db: Database) -> tuple[int, int, int]:
    """How many people were diagnosed, how many referrals were made, how many staff were trained."""
    async with db.reading() as tx:
        diagnosed = await tx.value(select(func.count(person_steps.c.diagnosed_at)))
        made = await tx.value(select(func.sum(referral_figures.c.made)))
        trainings = await tx.value(
            select(func.count()).where(session_figures.c.is_training, session_figures.c.is_begun)
        )
    return int(diagnosed), int(made or 0), int(trainings)
