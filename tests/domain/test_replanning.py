"""Ten thousand lives of a seat: after every change the reminders planned are those of a plan from scratch."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

import pytest

from booking.domain.bookings import Booking, Party
from booking.domain.messages import Message, MessageState, reminders
from booking.domain.policies import DEFAULT, Policy
from booking.domain.reminder_rules import Rule
from booking.domain.replanning import BY_POLICY, changes
from booking.domain.sessions import Session
from tests.given import HOUR, NOW, in_days
from tests.given_cases import GRENOBLE, a_booking, a_session

NOON = replace(DEFAULT, rules=(Rule(7), Rule(1, time(12))))
LATE = replace(DEFAULT, opens=time(11))
NONE = replace(DEFAULT, rules=())
POLICIES = [
    DEFAULT,
    NOON,
    LATE,
    NONE,
    replace(DEFAULT, rules=(Rule(2), Rule(1), Rule(0, time(8)), Rule(hours=2))),
    replace(DEFAULT, skips_closed_days=False, closes=time(17)),
]


@dataclass
class Life:
    """A seat with all reminders that were ever planned for it."""

    session: Session
    booking: Booking
    policy: Policy
    kept: dict[str, Message]

    @classmethod
    def begin(cls, start: datetime, now: datetime, policy: Policy = DEFAULT) -> "Life":
        session = a_session(start)
        life = cls(session, a_booking(session, now), policy, {})
        life.plan(now)
        return life

    def wanted(self) -> list[Message]:
        """As the last change of booking or session left it."""
        place = replace(GRENOBLE, policy=self.policy)
        changed_at = max(self.booking.changed_at, self.session.changed_at)
        return reminders(self.booking, self.session, place, changed_at)

    def plan(self, now: datetime) -> None:
        """What the use case does: withdraw what is no longer so, plan what is."""
        for one in self.planned():
            self.kept[one.dedupe_key] = replace(one, state=MessageState.SUPERSEDED, reason="changed")
        self.kept = {one.dedupe_key: one for one in self.wanted()} | self.kept

    def decide(self, policy: Policy, now: datetime) -> int:
        self.policy = policy
        current = (self.booking.sequence, self.session.sequence)
        kept = [one for one in self.kept.values() if (one.booking_sequence, one.session_sequence) == current]
        found = changes(self.wanted(), kept, now)
        self.kept |= {one.dedupe_key: one for one in (*found.added, *found.revived, *found.moved)}
        gone = (replace(one, state=MessageState.SUPERSEDED, reason=BY_POLICY) for one in found.removed)
        self.kept |= {one.dedupe_key: one for one in gone}
        return len(found.all)

    def send(self, now: datetime) -> None:
        for one in self.planned():
            if one.due_at <= now:
                self.kept[one.dedupe_key] = replace(one, state=MessageState.ACCEPTED)

    def planned(self) -> list[Message]:
        return [one for one in self.kept.values() if one.state is MessageState.PLANNED]

    def must_be_as_from_scratch(self, now: datetime) -> None:
        scratch = {one.dedupe_key: one.due_at for one in self.wanted()}
        left = {one.dedupe_key for one in self.kept.values() if one.state is MessageState.ACCEPTED}
        # A window that closes over a reminder does not swallow it: the sender finds the next opening.
        passed = {key for key, due in scratch.items() if due <= now}
        ahead = {one.dedupe_key: one.due_at for one in self.planned() if one.dedupe_key not in passed}
        assert ahead == {key: due for key, due in scratch.items() if key not in left | passed}


def live(life: Life, chance: Random, now: datetime) -> None:
    """One thing that happens to a seat."""
    match chance.choice(("policy", "policy", "move", "cancel", "restore", "nothing")):
        case "policy":
            life.decide(chance.choice(POLICIES), now)
            return
        case "move":
            start = now + timedelta(days=chance.randint(1, 20), hours=chance.randint(0, 12))
            meetings = tuple(replace(one, starts_at=start, ends_at=start + 2 * HOUR) for one in life.session.meetings)
            life.session = replace(life.session, meetings=meetings, sequence=life.session.sequence + 1, changed_at=now)
        case "cancel" if life.booking.is_active:
            life.booking = life.booking.cancelled(Party.PERSON, "", now)
        case "restore" if not life.booking.is_active:
            life.booking = replace(a_booking(life.session, now), id=life.booking.id, sequence=life.booking.sequence + 1)
        case _:
            return
    life.plan(now)


@pytest.mark.parametrize("part", range(10))
def test_whatever_happens_the_reminders_are_those_of_a_plan_from_scratch(part):
    for number in range(1000):
        chance = Random(part * 1000 + number)
        now, life = NOW, Life.begin(in_days(chance.randint(2, 21)), NOW, chance.choice(POLICIES))
        for _ in range(chance.randint(2, 8)):
            now += timedelta(hours=chance.randint(0, 60))
            life.send(now)
            live(life, chance, now)
            life.decide(life.policy, now)
            life.must_be_as_from_scratch(now)


def rules_of(life: Life) -> dict[str, MessageState]:
    return {one.rule: one.state for one in life.kept.values()}


def test_deciding_the_same_again_changes_nothing():
    life = Life.begin(in_days(14), NOW)

    assert life.decide(DEFAULT, NOW) == 0


def test_a_rule_taken_away_and_given_back_plans_its_reminder_once():
    life = Life.begin(in_days(14), NOW)

    life.decide(NONE, NOW)
    taken = rules_of(life)
    life.decide(DEFAULT, NOW)

    assert taken == {"d7": MessageState.SUPERSEDED, "d1": MessageState.SUPERSEDED}
    assert rules_of(life) == {"d7": MessageState.PLANNED, "d1": MessageState.PLANNED}


def test_another_window_moves_a_reminder_where_it_stands():
    life = Life.begin(in_days(14), NOW)
    before = {one.id: one.due_at for one in life.planned()}

    life.decide(LATE, NOW)
    after = {one.id: one.due_at for one in life.planned()}

    assert after.keys() == before.keys() and not set(after.values()) & set(before.values())


def test_what_left_is_neither_taken_back_nor_said_again():
    life = Life.begin(in_days(14), NOW)
    life.send(in_days(8))

    life.decide(NOON, in_days(8))

    assert rules_of(life)["d7"] is MessageState.ACCEPTED
    assert rules_of(life)["d1"] is MessageState.SUPERSEDED


def test_what_a_person_stopped_stays_stopped():
    life = Life.begin(in_days(14), NOW)
    one = life.planned()[0]
    life.kept[one.dedupe_key] = replace(one, state=MessageState.CANCELLED, reason="stopped")

    assert life.decide(LATE, NOW) == 1
    assert life.kept[one.dedupe_key].state is MessageState.CANCELLED


def test_what_waits_for_another_try_keeps_its_time():
    life = Life.begin(in_days(14), NOW)
    tried = replace(life.planned()[1], attempts=1, due_at=in_days(13.5), reason="failed")
    life.kept[tried.dedupe_key] = tried

    life.decide(LATE, NOW)

    assert life.kept[tried.dedupe_key] == tried
