"""What an agency decides for itself: how to get there, how long a seat is held, and what becomes of a freed one."""

from dataclasses import dataclass, replace

from booking.domain.agencies import Agency, WaitlistPolicy
from booking.domain.fields import Problems

LONGEST_DIRECTIONS = 500
LONGEST_HOLD = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySettings:
    """``directions`` stand under the address, in plain words; a seat is held for ``hold_minutes`` while one talks."""

    directions: str
    hold_minutes: int
    waitlist_policy: WaitlistPolicy

    def checked(self) -> "AgencySettings":
        """These settings, if an agency can have them; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("directions", self.directions, longest=LONGEST_DIRECTIONS, required=False, lines=True)
        problems.between("hold_minutes", self.hold_minutes, 1, LONGEST_HOLD)
        problems.refuse()
        return replace(self, directions=self.directions.strip())


def settings_of(agency: Agency) -> AgencySettings:
    """What this agency has decided."""
    return AgencySettings(
        directions=agency.directions, hold_minutes=agency.hold_minutes, waitlist_policy=agency.waitlist_policy
    )
