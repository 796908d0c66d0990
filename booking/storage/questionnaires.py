"""The versions of the questionnaire; the one that is shipped is written down when somebody needs it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update

from booking.domain.errors import NotFound, QuestionnairePublished, StaleEdit
from booking.domain.first_questionnaire import SHIPPED
from booking.domain.questionnaires import Questionnaire
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.questionnaire_rows import question_kept, question_read, rule_kept, rule_read
from booking.storage.shapes import columns, made, values
from booking.storage.tables import questionnaires

_QUESTIONNAIRE = columns(Questionnaire, questionnaires)
_DRAFT = questionnaires.c.published_at.is_(None)


async def current(tx: Tx) -> Questionnaire:
    """What is asked now: the last version that was published."""
    found = select(*_QUESTIONNAIRE).where(~_DRAFT).order_by(questionnaires.c.version.desc()).limit(1)
    row = await tx.row(found)
    return _made(row) if row else SHIPPED


async def draft(tx: Tx) -> Questionnaire | None:
    """The version that is being written, if there is one."""
    row = await tx.row(select(*_QUESTIONNAIRE).where(_DRAFT))
    return _made(row) if row else None


async def load(tx: Tx, version: int) -> Questionnaire:
    """One version; raises :class:`NotFound`."""
    row = await tx.row(select(*_QUESTIONNAIRE).where(questionnaires.c.version == version))
    if row is None and version != SHIPPED.version:
        raise NotFound(version=version)
    return _made(row) if row else SHIPPED


async def every(tx: Tx) -> list[Questionnaire]:
    """Every version, the newest first."""
    found = [_made(row) for row in await tx.rows(select(*_QUESTIONNAIRE).order_by(questionnaires.c.version.desc()))]
    return found if any(one.id == SHIPPED.id for one in found) else [*found, SHIPPED]


async def write_shipped(tx: Tx) -> None:
    """Write down the one that is shipped, if nobody has."""
    new = INSERT[tx.dialect](questionnaires).values(_written(SHIPPED))
    await tx.run(new.on_conflict_do_nothing())


async def add(tx: Tx, new: Questionnaire) -> None:
    """Write a new draft; raises :class:`StaleEdit` when there is one already."""
    await tx.run(insert(questionnaires).values(_written(new)))


async def change(tx: Tx, new: Questionnaire, seen: int) -> None:
    """Write a draft anew, if it is still the edition that was seen.

    Raises :class:`StaleEdit`, :class:`QuestionnairePublished` where nobody may change it any more.
    """
    this = (questionnaires.c.id == new.id, _DRAFT)
    if await tx.run(update(questionnaires).where(*this, questionnaires.c.edition == seen).values(_written(new))):
        return
    if await tx.value(select(questionnaires.c.id).where(*this)):
        raise StaleEdit(version=new.version)
    raise QuestionnairePublished(version=new.version)


async def drop(tx: Tx, draft_id: UUID) -> bool:
    """Give up a draft; False when there is none."""
    return bool(await tx.run(delete(questionnaires).where(questionnaires.c.id == draft_id, _DRAFT)))


def _written(one: Questionnaire) -> dict[str, Any]:
    parts = {"questions": [question_kept(x) for x in one.questions], "rules": [rule_kept(x) for x in one.rules]}
    return values(one, questionnaires, **parts)


def _made(row: Row[Any]) -> Questionnaire:
    questions = tuple(question_read(one) for one in row.questions)
    return made(Questionnaire, row, questions=questions, rules=tuple(rule_read(one) for one in row.rules))
