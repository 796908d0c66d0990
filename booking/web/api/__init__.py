"""The door for programs: resources as JSON, refusals as problems (RFC 9457)."""

from litestar import Router
from litestar.di import Provide

from booking.web.api.agencies import Agencies
from booking.web.api.agency_settings import SettingsOfAgency
from booking.web.api.answering import Answers, Codes
from booking.web.api.appointments import Appointments
from booking.web.api.bookings import Bookings, SessionBookings
from booking.web.api.closed_ways import ClosedWays
from booking.web.api.closures import Closures, Outages
from booking.web.api.contingents import Contingents
from booking.web.api.decisions import Decisions
from booking.web.api.diagnoses import Diagnoses, DiagnosesOfPerson
from booking.web.api.duplicates import Duplicates
from booking.web.api.evidence import EvidenceLines, EvidenceOfBooking
from booking.web.api.exports import Exports
from booking.web.api.external_calendars import ExternalCalendars
from booking.web.api.followed_bookings import FollowedBookings
from booking.web.api.group_bookings import GroupBookings
from booking.web.api.holds import BookingStates, SessionHolds
from booking.web.api.imports import Imports
from booking.web.api.job_seekers import JobSeekers
from booking.web.api.leaflets import Leaflets
from booking.web.api.make_ups import MakeUps
from booking.web.api.me import MyAccount
from booking.web.api.meetings import Attendances, Meetings
from booking.web.api.message_journal import AgencyMessages, MessageJournal
from booking.web.api.message_policies import MessagePolicies, MessagePreviews
from booking.web.api.messages import Messages
from booking.web.api.networks import NetworkOfAgencies
from booking.web.api.openings import OpeningOfAgency
from booking.web.api.own_invitations import OwnInvitations
from booking.web.api.own_mails import OwnMailChoice
from booking.web.api.partner_lists import PartnerLists
from booking.web.api.partners import Partners
from booking.web.api.phases import PhaseOfAgency
from booking.web.api.plans import Plans
from booking.web.api.questionnaires import Questionnaires
from booking.web.api.referrals import Referrals, ReferralsOfPerson
from booking.web.api.requests import StrictRequest, call, must_be_documented, must_bring_token
from booking.web.api.rooms import Rooms
from booking.web.api.school_holidays import SchoolHolidays
from booking.web.api.session_lists import SessionLists
from booking.web.api.session_lives import SessionLives
from booking.web.api.sessions import Sessions
from booking.web.api.staff_lists import StaffLists
from booking.web.api.statistics import StatisticsOfAgencies
from booking.web.api.subscriptions import Subscriptions
from booking.web.api.teams import Teams
from booking.web.api.trainings import Trainings
from booking.web.api.waits import Waits
from booking.web.api.webhooks import WebhookDeliveries, Webhooks
from booking.web.api.wordings import TextsOfMessage, WordingsOfAgency
from booking.web.api.workshops import Workshops

API = Router(
    "/api/v1",
    route_handlers=[
        MyAccount,
        OwnInvitations,
        OwnMailChoice,
        Agencies,
        SettingsOfAgency,
        PhaseOfAgency,
        OpeningOfAgency,
        NetworkOfAgencies,
        StaffLists,
        MessagePolicies,
        MessagePreviews,
        WordingsOfAgency,
        TextsOfMessage,
        Rooms,
        Closures,
        Outages,
        Teams,
        Trainings,
        ExternalCalendars,
        SchoolHolidays,
        Workshops,
        Sessions,
        SessionLives,
        Contingents,
        Decisions,
        Plans,
        SessionBookings,
        SessionHolds,
        GroupBookings,
        BookingStates,
        Waits,
        SessionLists,
        Exports,
        Appointments,
        Imports,
        Bookings,
        EvidenceOfBooking,
        EvidenceLines,
        Codes,
        Answers,
        MakeUps,
        JobSeekers,
        Duplicates,
        DiagnosesOfPerson,
        Diagnoses,
        Questionnaires,
        ReferralsOfPerson,
        Referrals,
        ClosedWays,
        FollowedBookings,
        Meetings,
        Attendances,
        Messages,
        MessageJournal,
        AgencyMessages,
        Webhooks,
        WebhookDeliveries,
        Subscriptions,
        StatisticsOfAgencies,
        Partners,
        PartnerLists,
        Leaflets,
    ],
    dependencies={"call": Provide(call, sync_to_thread=False)},
    request_class=StrictRequest,
    guards=[must_bring_token, must_be_documented],
    security=[{"bearer": []}],
)
