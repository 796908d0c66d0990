"""The settings of an agency, as programs read and write them."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import LONGEST_HOLD, AgencySettings, settings_of
from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.services import agency_settings
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class SettingsBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What an agency decides: ``directions`` stand under its address, a seat is held for ``hold_minutes``, and a freed
    one is given to who waits first, or offered."""

    directions: str
    hold_minutes: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_HOLD)]
    waitlist_policy: WaitlistPolicy


class SettingsView(msgspec.Struct):
    """The settings of an agency."""

    directions: str
    hold_minutes: int
    waitlist_policy: WaitlistPolicy

    @classmethod
    def of(cls, settings: AgencySettings) -> "SettingsView":
        """The view of these settings."""
        return cls(settings.directions, settings.hold_minutes, settings.waitlist_policy)


class SettingsOfAgency(Controller):
    """For who plans in the agency."""

    path = "/agencies/{agency_id:uuid}/settings"
    tags = ("agencies",)

    @get(summary="The settings of an agency", responses=may_refuse(NotFound, NotAllowed))
    async def show(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> SettingsView:
        """How it is found, how long it holds a seat, what becomes of a freed one."""
        return SettingsView.of(settings_of(await agency_settings.show(call.db, agency_id, by=call.staff)))

    @put(
        summary="Write the settings of an agency anew",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, reads_body=True),
    )
    async def change(
        self, agency_id: FromPath[UUID], data: JSONBody[SettingsBody], call: NamedDependency[Call]
    ) -> SettingsView:
        """What was offered or held before stays as it was said."""
        settings = AgencySettings(**msgspec.structs.asdict(data))
        changed = await agency_settings.change(call.db, agency_id, settings, by=call.staff, now=call.now)
        return SettingsView.of(settings_of(changed))
