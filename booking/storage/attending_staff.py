"""What lists and figures of job seekers leave out: the places of staff in trainings."""

from sqlalchemy import select

from booking.domain.workshops import Audience
from booking.storage.tables import bookings, job_seekers, messages, sessions, workshops

_STAFF = select(job_seekers.c.id).where(job_seekers.c.staff_id.is_not(None)).scalar_subquery()
_TRAININGS = select(workshops.c.id).where(workshops.c.audience == Audience.STAFF).scalar_subquery()
BOOKED_NO_STAFF = bookings.c.job_seeker_id.not_in(_STAFF)
TOLD_NO_STAFF = messages.c.job_seeker_id.not_in(_STAFF)
NO_TRAINING = sessions.c.workshop_id.not_in(_TRAININGS)
