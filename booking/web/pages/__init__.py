"""The door for people: pages that work without a script, in French and English."""

from litestar import Router
from litestar.di import Provide

from booking.web.forms import read_form
from booking.web.pages.accessibility import AccessibilityPage
from booking.web.pages.agencies import AgencyPages
from booking.web.pages.agency_settings import AgencySettingsPages
from booking.web.pages.agendas import AgendaPages
from booking.web.pages.attendance import AttendancePages
from booking.web.pages.batches import BatchPages
from booking.web.pages.bookings import BookingPages
from booking.web.pages.cancelling import CancellingPages
from booking.web.pages.closures import ClosurePages, OutagePages
from booking.web.pages.codes import CodePages
from booking.web.pages.contacts import ContactPages
from booking.web.pages.copying import CopyingPages
from booking.web.pages.decisions import DecisionPages
from booking.web.pages.diagnoses import DiagnosisPages
from booking.web.pages.diagnosis_results import DiagnosisResultPages
from booking.web.pages.diaries import DiaryPages
from booking.web.pages.duplicates import DuplicatePages
from booking.web.pages.embedding import EmbeddingPages
from booking.web.pages.evidence import EvidencePages
from booking.web.pages.exchanges import ExchangePages
from booking.web.pages.exports import ExportPages
from booking.web.pages.finding import FindingPages
from booking.web.pages.followed_bookings import FollowedPages
from booking.web.pages.groups import GroupPages
from booking.web.pages.handouts import HandoutPages
from booking.web.pages.help import FirstStepPages, HelpPages
from booking.web.pages.home import HomePage
from booking.web.pages.imports import ImportPages
from booking.web.pages.issuer_states import IssuerStatePages
from booking.web.pages.issuers import IssuerPages, OwnIdentityPages
from booking.web.pages.job_seekers import JobSeekerPages
from booking.web.pages.journals import JournalPages
from booking.web.pages.kept_marks import KeptMarkPages
from booking.web.pages.kept_walk_ins import KeptWalkInPages
from booking.web.pages.leaflets import LeafletPages
from booking.web.pages.letter_batches import LetterBatchPages
from booking.web.pages.letters import LetterPages
from booking.web.pages.locks import LockPages
from booking.web.pages.making_up import MakingUpPages
from booking.web.pages.menu import MenuPage
from booking.web.pages.message_deeds import MessageDeedPages
from booking.web.pages.message_policies import MessagePolicyPages
from booking.web.pages.messages import MessagePages
from booking.web.pages.models import ModelPages
from booking.web.pages.networks import NetworkPages
from booking.web.pages.new_referrals import NewReferralPages
from booking.web.pages.news import NewsPages
from booking.web.pages.offline import OfflinePages
from booking.web.pages.openings import OpeningPages
from booking.web.pages.own_factors import OwnFactorPages
from booking.web.pages.own_invitations import OwnInvitationPages
from booking.web.pages.own_mails import OwnMailPages
from booking.web.pages.own_roles import OwnRolePages
from booking.web.pages.own_sign_ins import OwnSignInPages
from booking.web.pages.own_tokens import OwnTokenPages
from booking.web.pages.partner_answers import PartnerAnswerPages
from booking.web.pages.partner_forms import PartnerForms
from booking.web.pages.partner_lists import PartnerListPages
from booking.web.pages.partners import PartnerPages
from booking.web.pages.passwords import PasswordPages
from booking.web.pages.phases import PhasePages
from booking.web.pages.placing import PlacingPages
from booking.web.pages.planner import PlannerPages
from booking.web.pages.planning import PlanningPages
from booking.web.pages.previews import PreviewPages
from booking.web.pages.privacy import PrivacyPages
from booking.web.pages.public_lists import PublicListPages
from booking.web.pages.questionnaire_drafts import QuestionnaireDraftPages
from booking.web.pages.questionnaires import QuestionnairePages
from booking.web.pages.referral_delays import ReferralDelayPages
from booking.web.pages.referral_sheets import ReferralSheetPages
from booking.web.pages.referrals import ReferralPages
from booking.web.pages.registers import RegisterPages
from booking.web.pages.roles import RolePages
from booking.web.pages.rooms import RoomPages
from booking.web.pages.scanning import ScanningPages
from booking.web.pages.school_holidays import SchoolHolidayPages
from booking.web.pages.seat_deeds import SeatDeedPages
from booking.web.pages.seats import SeatPages
from booking.web.pages.self_service import OwnPages
from booking.web.pages.session_calendars import SessionCalendarPages
from booking.web.pages.sessions import SessionPages
from booking.web.pages.several_sessions import SeveralSessionsPages
from booking.web.pages.sign_in import SignInPages
from booking.web.pages.signed_sheets import SignedSheetPages
from booking.web.pages.signing import SigningPages
from booking.web.pages.single_meetings import SingleMeetingPages
from booking.web.pages.staff_accounts import StaffAccountPages
from booking.web.pages.staff_imports import StaffImportPages
from booking.web.pages.staff_mails import StaffMailPages
from booking.web.pages.statistics import StatisticPages
from booking.web.pages.subscriptions import SubscriptionPages
from booking.web.pages.teams import TeamPages
from booking.web.pages.told import ToldPages
from booking.web.pages.trails import AuditPages, HistoryPages
from booking.web.pages.trainings import TrainingPages
from booking.web.pages.visits import visit
from booking.web.pages.walk_ins import WalkInPages
from booking.web.pages.webhooks import WebhookPages
from booking.web.pages.wordings import SharedWordingPages, WordingPages
from booking.web.pages.workshops import WorkshopPages

# For everybody, signed in or not.
PUBLIC = [
    HomePage,
    SignInPages,
    PasswordPages,
    IssuerPages,
    LockPages,
    AgencyPages,
    AccessibilityPage,
    HelpPages,
    PublicListPages,
    EmbeddingPages,
    OwnPages,
    PartnerAnswerPages,
    OfflinePages,
]
# For staff: every handler begins with the visit of somebody signed in.
STAFF = [
    PlacingPages,
    SeatDeedPages,
    NewsPages,
    JobSeekerPages,
    DiagnosisPages,
    DiagnosisResultPages,
    QuestionnairePages,
    QuestionnaireDraftPages,
    DuplicatePages,
    NewReferralPages,
    ReferralPages,
    ReferralSheetPages,
    ReferralDelayPages,
    PartnerPages,
    PartnerForms,
    PartnerListPages,
    LeafletPages,
    PrivacyPages,
    FollowedPages,
    BookingPages,
    LetterPages,
    CodePages,
    MakingUpPages,
    AgendaPages,
    SeveralSessionsPages,
    BatchPages,
    SessionPages,
    SessionCalendarPages,
    CancellingPages,
    SeatPages,
    GroupPages,
    SingleMeetingPages,
    ContactPages,
    DecisionPages,
    PlanningPages,
    PlannerPages,
    CopyingPages,
    ExchangePages,
    ExportPages,
    ImportPages,
    WorkshopPages,
    RoomPages,
    AgencySettingsPages,
    PhasePages,
    OpeningPages,
    ModelPages,
    NetworkPages,
    MessagePolicyPages,
    PreviewPages,
    WordingPages,
    SharedWordingPages,
    ClosurePages,
    OutagePages,
    TeamPages,
    TrainingPages,
    RolePages,
    DiaryPages,
    SchoolHolidayPages,
    AttendancePages,
    SigningPages,
    SignedSheetPages,
    EvidencePages,
    ScanningPages,
    HandoutPages,
    LetterBatchPages,
    KeptMarkPages,
    KeptWalkInPages,
    WalkInPages,
    MessagePages,
    JournalPages,
    MenuPage,
    MessageDeedPages,
    ToldPages,
    HistoryPages,
    StatisticPages,
    AuditPages,
    WebhookPages,
    RegisterPages,
    FindingPages,
    SubscriptionPages,
    OwnInvitationPages,
    OwnMailPages,
    OwnSignInPages,
    OwnFactorPages,
    OwnTokenPages,
    OwnIdentityPages,
    OwnRolePages,
    FirstStepPages,
    StaffMailPages,
    StaffAccountPages,
    StaffImportPages,
    IssuerStatePages,
]
PAGES = [
    Router("", route_handlers=PUBLIC, dependencies={"form": Provide(read_form)}, include_in_schema=False),
    Router("", route_handlers=STAFF, dependencies={"visit": Provide(visit)}, include_in_schema=False),
]
