"""Writing the next version of the questionnaire: question by question, rule by rule, until it is published."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from booking.domain.errors import InvalidField, NotFound, QuestionnairePublished
from booking.domain.identifiers import new_id
from booking.domain.questionnaires import Question, Questionnaire
from booking.domain.staff import Staff
from booking.domain.suggestions import Rule
from booking.services.questionnaires import must_write
from booking.storage import audit, questionnaires
from booking.storage.database import Database

# The edition of the draft that was looked at; None is any.
Seen = int | None


class _Named(Protocol):
    @property
    def code(self) -> str: ...


P = TypeVar("P", bound=_Named)


async def begin(db: Database, *, by: Staff, now: datetime) -> Questionnaire:
    """A draft that begins as the version that counts, or the one there is already. Raises :class:`NotAllowed`."""
    must_write(by)
    async with db.transaction() as tx:
        await questionnaires.write_shipped(tx)
        known = await questionnaires.draft(tx)
        if known:
            return known
        before = await questionnaires.current(tx)
        new = replace(
            before,
            id=new_id(now),
            version=before.version + 1,
            edition=0,
            created_at=now,
            changed_at=now,
            changed_by=by.id,
            published_at=None,
        )
        await questionnaires.add(tx, new)
        await audit.record(tx, by, "added", "questionnaire", new.id, now, version=new.version)
    return new


async def write_question(db: Database, question: Question, *, seen: Seen, by: Staff, now: datetime) -> Questionnaire:
    """A question of the draft anew, or one more at its end; ``seen`` is what was looked at.

    Raises :class:`InvalidField`, :class:`StaleEdit`, :class:`QuestionnairePublished`, :class:`NotAllowed`.
    """
    question.checked()

    def written(draft: Questionnaire) -> Questionnaire:
        if any(set(rule.when.get(question.code, ())) - set(question.codes) for rule in draft.rules):
            raise InvalidField(fields={"answers": "named-by-a-rule"})
        return replace(draft, questions=_with(draft.questions, question))

    return await _change(db, written, seen=seen, by=by, now=now)


async def write_rule(db: Database, rule: Rule, *, seen: Seen, by: Staff, now: datetime) -> Questionnaire:
    """A rule of the draft anew, or one more at its end; raises like :func:`write_question`."""

    def written(draft: Questionnaire) -> Questionnaire:
        draft.check(rule)
        return replace(draft, rules=_with(draft.rules, rule))

    return await _change(db, written, seen=seen, by=by, now=now)


async def write_all(db: Database, parts: Questionnaire, *, seen: Seen, by: Staff, now: datetime) -> Questionnaire:
    """Every question and rule at once, as a program brings them; raises like :func:`write_question`."""

    def written(draft: Questionnaire) -> Questionnaire:
        return replace(draft, questions=parts.questions, rules=parts.rules)

    return await _change(db, written, seen=seen, by=by, now=now)


async def move(db: Database, code: str, *, seen: Seen, by: Staff, now: datetime) -> Questionnaire:
    """A question or rule one place earlier. Raises :class:`NotFound`, and like :func:`write_question`."""

    def moved(draft: Questionnaire) -> Questionnaire:
        _must_have(draft, code)
        return replace(draft, questions=_earlier(draft.questions, code), rules=_earlier(draft.rules, code))

    return await _change(db, moved, seen=seen, by=by, now=now)


async def remove(db: Database, code: str, *, seen: Seen, by: Staff, now: datetime) -> Questionnaire:
    """A question or rule less; answers of before keep their own version.

    Raises :class:`InvalidField` for a question that a rule names, :class:`NotFound`, and like :func:`write_question`.
    """

    def removed(draft: Questionnaire) -> Questionnaire:
        _must_have(draft, code)
        if any(code in rule.when for rule in draft.rules):
            raise InvalidField(fields={"question": "named-by-a-rule"})
        return replace(draft, questions=_less(draft.questions, code), rules=_less(draft.rules, code))

    return await _change(db, removed, seen=seen, by=by, now=now)


async def publish(db: Database, *, seen: Seen, by: Staff, now: datetime) -> Questionnaire:
    """From now on this is asked; it changes no more. Raises like :func:`write_question`."""

    def published(draft: Questionnaire) -> Questionnaire:
        return replace(draft, published_at=now)

    return await _change(db, published, seen=seen, by=by, now=now, deed="published")


async def discard(db: Database, *, by: Staff, now: datetime) -> None:
    """Give up the draft, if there is one. Raises :class:`NotAllowed`."""
    must_write(by)
    async with db.transaction() as tx:
        draft = await questionnaires.draft(tx)
        if draft and await questionnaires.drop(tx, draft.id):
            await audit.record(tx, by, "removed", "questionnaire", draft.id, now, version=draft.version)


async def _change(
    db: Database,
    change: Callable[[Questionnaire], Questionnaire],
    *,
    seen: Seen,
    by: Staff,
    now: datetime,
    deed: str = "changed",
) -> Questionnaire:
    must_write(by)
    async with db.transaction() as tx:
        draft = await questionnaires.draft(tx)
        if draft is None:
            raise QuestionnairePublished()
        seen = draft.edition if seen is None else seen
        new = replace(change(draft), edition=seen + 1, changed_at=now, changed_by=by.id).checked()
        await questionnaires.change(tx, new, seen)
        await audit.record(tx, by, deed, "questionnaire", new.id, now, version=new.version)
    return new


def _with(parts: Sequence[P], one: P) -> tuple[P, ...]:
    known = [part.code for part in parts]
    return tuple(one if part.code == one.code else part for part in parts) if one.code in known else (*parts, one)


def _earlier(parts: Sequence[P], code: str) -> tuple[P, ...]:
    at = next((n for n, part in enumerate(parts) if part.code == code), 0)
    return (*parts[: at - 1], parts[at], parts[at - 1], *parts[at + 1 :]) if at else tuple(parts)


def _less(parts: Sequence[P], code: str) -> tuple[P, ...]:
    return tuple(part for part in parts if part.code != code)


def _must_have(draft: Questionnaire, code: str) -> None:
    if draft.question(code) is None and draft.rule(code) is None:
        raise NotFound(code=code)
