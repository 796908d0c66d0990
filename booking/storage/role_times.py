"""When a role counts: between its first and its last moment; an entrusted one only while its giver has it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from booking.storage.columns import Instant
from booking.storage.tables import staff, staff_roles

_GIVERS = staff_roles.alias("givers")
_GIVER = staff.alias("giver")
# For statements that are built once: the moment is given when they run.
AT_NOW = bindparam("now", type_=Instant())


def in_force(now: datetime | ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row of ``staff_roles`` counts at this moment."""
    theirs = select(_GIVERS.c.id).join(_GIVER, _GIVER.c.id == _GIVERS.c.staff_id)
    theirs = theirs.where(_GIVERS.c.id == staff_roles.c.delegated_from, _GIVER.c.disabled_at.is_(None))
    entrusted = theirs.where(_runs(_GIVERS, now)).correlate(staff_roles).exists()
    return and_(_runs(staff_roles, now), or_(staff_roles.c.delegated_from.is_(None), entrusted))


def _runs(roles: Any, now: datetime | ColumnElement[Any]) -> ColumnElement[bool]:
    begun = or_(roles.c.starts_at.is_(None), roles.c.starts_at <= now)
    return and_(begun, or_(roles.c.ends_at.is_(None), roles.c.ends_at > now))
