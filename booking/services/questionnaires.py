"""The questionnaire of diagnoses and its rules: what counts now, every version, and what the rules would suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.domain.errors import NotAllowed, NotFound
from booking.domain.questionnaires import Questionnaire
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.domain.suggestions import Answers, Suggested, suggested
from booking.storage import questionnaires, staff
from booking.storage.database import Database

# No network gets so far; a database counts further.
FURTHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Versions:
    """The one that counts, the draft if there is one, every version with the newest first, and who wrote them."""

    current: Questionnaire
    draft: Questionnaire | None
    every: Sequence[Questionnaire]
    names: Mapping[UUID, str]


def may_write(by: Staff) -> bool:
    """Whether somebody decides what the whole network asks."""
    return any(agency is None and role in ROLES_WITH[Right.PLAN] for agency, role in by.roles)


def must_write(by: Staff) -> None:
    """Do nothing, or raise :class:`NotAllowed`."""
    if not may_write(by):
        raise NotAllowed(right=Right.PLAN)


async def current(db: Database, *, by: Staff) -> Questionnaire:
    """What is asked now, for who sees people. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.SEE_PEOPLE)
    async with db.reading() as tx:
        return await questionnaires.current(tx)


async def show(db: Database, version: int, *, by: Staff) -> Questionnaire:
    """One version; drafts only for who may write them. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must_somewhere(Right.SEE_PEOPLE)
    if not 0 < version < FURTHEST:
        raise NotFound(version=version)
    async with db.reading() as tx:
        found = await questionnaires.load(tx, version)
    if found.published_at is None:
        must_write(by)
    return found


async def published(db: Database, version: int, *, by: Staff) -> Questionnaire:
    """The same, if people can be asked by it; raises :class:`NotFound` for a draft, whoever looks."""
    found = await show(db, version, by=by)
    if found.published_at is None:
        raise NotFound(version=version)
    return found


async def versions(db: Database, *, by: Staff) -> Versions:
    """Every version, for who sees people; the draft only for who may write it. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.SEE_PEOPLE)
    async with db.reading() as tx:
        every = await questionnaires.every(tx)
        names = await staff.named(tx, {one.changed_by for one in every if one.changed_by})
    published = [one for one in every if one.published_at]
    draft = next((one for one in every if one.published_at is None), None) if may_write(by) else None
    return Versions(published[0], draft, published, names)


async def try_out(
    db: Database, version: int | None, said: Mapping[str, Sequence[str]], *, by: Staff
) -> tuple[Questionnaire, Answers, list[Suggested]]:
    """What made-up answers would lead to, by a version or by the one that counts; nothing is kept.

    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    asked = await current(db, by=by) if version is None else await show(db, version, by=by)
    answers = asked.answered(said)
    return asked, answers, suggested(asked.rules, answers)
