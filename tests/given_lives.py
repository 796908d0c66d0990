"""The lives of messages, watched by the database itself: every change of state, whoever made it."""

from sqlalchemy import text

from booking.domain.messages import MessageState
from booking.storage.database import Database

S = MessageState
# As drawn in the specification; what a person takes back leads back, and nothing else does.
DRAWN: dict[MessageState, set[MessageState]] = {
    S.PLANNED: {S.CLAIMED, S.SUPERSEDED, S.CANCELLED, S.EXPIRED, S.COALESCED},
    S.CLAIMED: {S.PLANNED, S.SENDING, S.TO_DO, S.SUPPRESSED, S.SUPERSEDED, S.CANCELLED, S.EXPIRED, S.DEAD},
    S.SENDING: {S.ACCEPTED, S.PLANNED, S.EXPIRED, S.DEAD},
    S.ACCEPTED: {S.DELIVERED, S.PLANNED},
    S.TO_DO: {S.DONE, S.SUPERSEDED, S.CANCELLED, S.EXPIRED},
    S.DONE: {S.TO_DO},
    S.CANCELLED: {S.PLANNED},
    S.SUPERSEDED: {S.PLANNED},
}
WATCHING = {
    "sqlite": (
        "CREATE TABLE lived (was TEXT, became TEXT)",
        """CREATE TRIGGER watched AFTER UPDATE OF state ON messages WHEN old.state <> new.state
           BEGIN INSERT INTO lived VALUES (old.state, new.state); END""",
    ),
    "postgresql": (
        "CREATE TABLE lived (was TEXT, became TEXT)",
        """CREATE FUNCTION note_life() RETURNS trigger LANGUAGE plpgsql AS
           'BEGIN INSERT INTO lived VALUES (old.state, new.state); RETURN NULL; END'""",
        """CREATE TRIGGER watched AFTER UPDATE ON messages FOR EACH ROW
           WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION note_life()""",
    ),
}


async def watch(db: Database) -> None:
    """From now on every change of a message's state is noted."""
    async with db.transaction() as tx:
        for command in WATCHING[db.dialect]:
            await tx.run(text(command))


async def lived(db: Database) -> set[tuple[MessageState, MessageState]]:
    """Which states followed which."""
    async with db.reading() as tx:
        rows = await tx.rows(text("SELECT DISTINCT was, became FROM lived"))
    return {(MessageState(row[0]), MessageState(row[1])) for row in rows}


def undrawn(found: set[tuple[MessageState, MessageState]]) -> set[tuple[MessageState, MessageState]]:
    """Those that should never follow."""
    return {(was, became) for was, became in found if became not in DRAWN.get(was, ())}
