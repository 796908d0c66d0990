"""Invented diagnoses: how the people of the demonstration are equipped, and what was decided of the suggestions."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from booking.demo.world import DemoWorld
from booking.domain.diagnoses import Diagnosis, Reason, Verdict
from booking.domain.errors import Refused
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Staff
from booking.domain.suggestions import Kind
from booking.services import choosing, diagnoses

Deed = Callable[[datetime], Awaitable[None]]
# Every fourth of the people, and of those every fourth once more, a month later.
OF_PEOPLE, AGAIN = 4, 4
A_MONTH = timedelta(days=30)
SEED = 9
# How somebody may answer, the most frequent first.
WAYS: tuple[dict[str, list[str]], ...] = (
    {
        "phone": ["smartphone"], "plan": ["prepaid"], "recharge": ["yes"], "data": ["no"], "internet": ["no"],
        "computer": ["none"], "email": ["helped"], "alone": ["search"], "help": ["form", "mail"],
    },
    {
        "phone": ["smartphone"], "plan": ["contract"], "recharge": ["no"], "data": ["yes"], "internet": ["yes"],
        "computer": ["shared"], "email": ["alone"], "alone": ["search", "form"], "help": ["cv"],
    },
    {
        "phone": ["basic"], "plan": ["contract"], "recharge": ["unsaid"], "internet": ["no"], "computer": ["none"],
        "email": ["none"], "alone": ["nothing"], "help": ["mail"],
    },
    {
        "phone": ["none"], "internet": ["unknown"], "computer": ["none"], "email": ["none"], "alone": ["nothing"],
        "help": ["smartphone", "form"],
    },
)  # fmt: skip
BETTER = {"data": ["yes"], "email": ["alone"], "alone": ["search", "form"]}


def diagnose(world: DemoWorld, now: datetime, later: Callable[[datetime, Deed], None]) -> None:
    """Some of the people are asked in the weeks of the demonstration, and some of them again."""
    dice = Random(SEED)  # noqa: S311 - nothing is kept secret by it
    for number, person in enumerate(world.people[::OF_PEOPLE]):
        said = dice.choices(WAYS, weights=(4, 3, 2, 1))[0]
        at = world.begins_at + (now - world.begins_at) * dice.random()
        later(at, _asking(world, person, said, dice))
        if number % AGAIN == 0:
            later(at + A_MONTH, _asking(world, person, said | BETTER, dice))


def _asking(world: DemoWorld, person: JobSeeker, said: dict[str, list[str]], dice: Random) -> Deed:
    by = world.adviser_of(person.agency_id)

    async def ask(at: datetime) -> None:
        with suppress(Refused):
            made = await diagnoses.answer(world.db, person.id, said, by=by, now=at)
            await _decide(world, made, by, dice, at)

    return ask


async def _decide(world: DemoWorld, made: Diagnosis, by: Staff, dice: Random, at: datetime) -> None:
    """Of workshops and offers most are followed; how somebody is reached stays as it is."""
    for one in (await diagnoses.show(world.db, made.id, by=by)).suggested:
        if one.suggestion.kind is Kind.CHANNEL or dice.random() < 0.2:
            continue
        is_followed = dice.random() < 0.7
        verdict = Verdict.FOLLOWED if is_followed else Verdict.SET_ASIDE
        reason = None if is_followed else dice.choice([Reason.DECLINED, Reason.ALREADY, Reason.NOT_NOW])
        await choosing.decide(world.db, made.id, one.suggestion.key, verdict, reason=reason, by=by, now=at)
