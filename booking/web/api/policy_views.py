"""The rules of messages as programs read and write them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from booking.domain.fields import Problems
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind
from booking.domain.policies import Group, Policy, SmsNo, Version, read, written
from booking.domain.reminder_rules import rule_named
from booking.services.message_policies import Decision
from booking.services.previewing import Leaving
from booking.services.replanning import Effect

Hour = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["08:00"])]
Order = Annotated[list[Channel], msgspec.Meta(max_length=4)]


class PolicyBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``rules`` are d7 (days before, at the hour of the first meeting), d1-1800 (at a given hour), d0-0830 (on the day
    itself), h2 (hours before). Each group of messages has its channels in order; ``off`` are machines never used."""

    rules: Annotated[list[str], msgspec.Meta(max_length=20, examples=[["d7", "d1-1800"]])]
    confirmation: Order
    reminder: Order
    change: Order
    offer: Order
    off: list[Channel]
    opens: Hour
    closes: Hour
    skips_closed_days: bool
    sms_no: SmsNo

    def policy(self) -> Policy:
        """What it says; raises :class:`InvalidField` for a rule that is none."""
        problems = Problems()
        for number, name in enumerate(self.rules, start=1):
            try:
                rule_named(name)
            except ValueError:
                problems.add(f"rule_{number}", "not-a-rule")
        problems.refuse()
        return read(msgspec.structs.asdict(self))


def body_of(policy: Policy) -> PolicyBody:
    """The same policy, written."""
    said = written(policy)
    orders = {str(group): list(getattr(policy, group)) for group in Group}
    return PolicyBody(**said | orders | {"off": sorted(policy.off), "sms_no": policy.sms_no})


class VersionView(msgspec.Struct):
    """One decision; a null ``policy`` took up again what is decided for all workshops, or is usual."""

    version: int
    policy: PolicyBody | None
    made_at: datetime
    made_by: str | None

    @classmethod
    def of(cls, version: Version, names: dict[UUID, str]) -> "VersionView":
        """The view of this version."""
        name = names.get(version.made_by) if version.made_by else None
        return cls(version.version, body_of(version.policy) if version.policy else None, version.made_at, name)


class PolicyDecisionView(msgspec.Struct):
    """What counts now; ``is_own`` unless it is that of the agency, or what is usual. The last of the ``versions`` comes
    first."""

    policy: PolicyBody
    is_own: bool
    version: int
    versions: list[VersionView]

    @classmethod
    def of(cls, decision: Decision) -> "PolicyDecisionView":
        """The view of this decision."""
        versions = [VersionView.of(one, decision.names) for one in decision.versions]
        return cls(body_of(decision.policy), decision.own is not None, decision.version, versions)


class EffectView(msgspec.Struct):
    """How many reminders are added, moved to another time, and taken back."""

    planned: int
    moved: int
    removed: int

    @classmethod
    def of(cls, effect: Effect) -> "EffectView":
        """The view of this effect."""
        return cls(effect.planned, effect.moved, effect.removed)


class LeavingView(msgspec.Struct, kw_only=True):
    """A message that waits, and how it begins; without a ``channel`` it reaches nobody, and ``reason`` says why."""

    kind: MessageKind
    booking_id: UUID
    job_seeker_id: UUID
    leaves_at: datetime
    channel: Channel | None
    reason: str | None
    opening: str

    @classmethod
    def of(cls, leaving: Leaving) -> "LeavingView":
        """The view of this message."""
        return cls(
            kind=leaving.message.kind,
            booking_id=leaving.message.booking_id,
            job_seeker_id=leaving.case.person.id,
            leaves_at=leaving.leaves_at,
            channel=leaving.channel,
            reason=leaving.reason,
            opening=leaving.opening,
        )


class PreviewView(msgspec.Struct):
    """What leaves, by time; ``is_supposed`` for a person without a place, as if booked now."""

    is_supposed: bool
    leaving: list[LeavingView]
