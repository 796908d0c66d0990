"""Which ways a message takes to a person, by the policy of the place."""

from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.messages import MessageKind
from booking.domain.policies import Group, Policy

GROUPS = {
    MessageKind.CONFIRMATION: Group.CONFIRMATION,
    MessageKind.WAITLISTED: Group.CONFIRMATION,
    MessageKind.SEAT_GIVEN: Group.CONFIRMATION,
    MessageKind.REMINDER: Group.REMINDER,
    MessageKind.NEXT_MEETING: Group.REMINDER,
    MessageKind.ABSENCE_FOLLOWUP: Group.REMINDER,
    MessageKind.SEAT_OFFERED: Group.OFFER,
}


def ways_of(kind: MessageKind, person: JobSeeker, policy: Policy) -> tuple[Channel, ...]:
    """The ways for this message, best first; what changes or ends something is the rest."""
    return policy.ways_to(person, GROUPS.get(kind, Group.CHANGE))
