"""What the rules refuse: each refusal states a fact, its docstring is the message, its facts are data."""

import re
from typing import Any


class Refused(Exception):
    """A rule of the trade says no."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(type(self).__doc__)
        self.facts = facts

    @classmethod
    def code(cls) -> str:
        """The stable name of this refusal for programs: ``AlreadyBooked`` is ``already-booked``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class NotFound(Refused):
    """There is nothing here, or nothing that you may see."""


class NotAllowed(Refused):
    """Your role does not include this."""


class SignInFailed(Refused):
    """This name and password do not belong together."""


class WrongCode(Refused):
    """This is not the code of the moment, nor an unused recovery code; or it was used before."""


class SecondStepOver(Refused):
    """The password was said too long ago, or has changed since: it must be said again."""


class PasswordLinkOver(Refused):
    """This link was used, is too old, or never was one."""


class FactorStands(Refused):
    """There is a second factor already: it must be taken away first."""


class FactorNeeded(Refused):
    """A role of this person needs a second factor, which cannot be given up."""


class TooManyTokens(Refused):
    """Nobody has more tokens than this at a time."""


class TooManyRequests(Refused):
    """This was tried too often; the facts say after how many seconds it may be tried again."""


class InvalidField(Refused):
    """A field holds something that cannot be accepted; the facts name each field and what is wrong with it."""


class InvalidSchedule(Refused):
    """The dates and hours cannot be planned like this; the facts name each field and what is wrong with it."""


class PlaceTaken(Refused):
    """A room or a member of staff is in another meeting at that time; the facts name each meeting concerned."""


class Obstructed(Refused):
    """Something stands against these dates: planning there needs a reason. The facts name each meeting concerned."""


class PlanChanged(Refused):
    """The plan is no longer the one that was looked at."""


class NotHosting(Refused):
    """This agency is closed or only sends people to others: no session is planned there."""


class PhaseChangePlanned(Refused):
    """Another change of this agency is planned already."""


class WorkshopArchived(Refused):
    """This workshop is archived; no new session of it can be planned."""


class StillUsed(Refused):
    """This is still used by sessions to come."""


class SessionFull(Refused):
    """Every seat of this session is taken."""


class SessionClosed(Refused):
    """This session takes no bookings: it is cancelled, over, begun, or not published."""


class AlreadyBooked(Refused):
    """This job seeker already holds a place in this session."""


class JobSeekerElsewhere(Refused):
    """This job seeker is in another session at that time."""


class BookingEnded(Refused):
    """This booking has already been cancelled."""


class BookingStands(Refused):
    """This booking is not cancelled."""


class NotHeld(Refused):
    """Only a seat that is held or offered can be confirmed."""


class NotBooked(Refused):
    """Only who has a booked seat can say that he comes."""


class SubscriptionOver(Refused):
    """The link of this calendar was given up a while ago."""


class LinkOver(Refused):
    """The page of this booking ended with the day of its last meeting."""


class PrerequisiteMissing(Refused):
    """This workshop asks for something that the person has not done; the facts name it. A reason lets him in."""


class AlreadyWaiting(Refused):
    """This job seeker already waits for a seat of this workshop."""


class CapacityBelowTaken(Refused):
    """There are more people seated than this capacity would allow."""


class SessionNotDraft(Refused):
    """Only a draft can be published."""


class SessionEnded(Refused):
    """This session is cancelled or held and can no longer be changed."""


class MeetingNotBegun(Refused):
    """Presence is marked on the day of the meeting, not before."""


class NotSeated(Refused):
    """Only a person who holds a seat can be marked."""


class RollClosed(Refused):
    """The roll of this meeting is closed; who comes after that is added by somebody who says so."""


class MarkedOtherwise(Refused):
    """This person is on the roll already, and is not marked as present there."""


class NeverCame(Refused):
    """Nobody is certified to have come who is marked present nowhere."""


class TooMuchAtOnce(Refused):
    """This is more than fits into one file."""


class DiagnosisStands(Refused):
    """This diagnosis was made more than ten minutes ago, or something came of it: a new one is made instead."""


class QuestionnairePublished(Refused):
    """This version was published, and changes no more; or there is no draft."""


class BatchStands(Refused):
    """This was done more than ten minutes ago, or is nothing that can be taken back."""


class EvidenceStands(Refused):
    """This was noted more than ten minutes ago, or taken back already: it stands as evidence."""


class MessageLeaving(Refused):
    """This message is being sent at this moment, and cannot be stopped."""


class MessageForPeople(Refused):
    """This message waits for a person, who says it or hands it over."""


class MessageSettled(Refused):
    """This message no longer waits, or has not ended: what was asked does not fit its state."""


class MessageUntrue(Refused):
    """What this message says is no longer so, or the session has begun."""


class WrongSignature(Refused):
    """This was not signed with the secret of this installation."""


class StaleRequest(Refused):
    """This was signed more than five minutes ago, or is not to be yet."""


class StaleEdit(Refused):
    """Somebody changed this since you opened it."""


class PossibleDuplicates(Refused):
    """People are known who may be this one; the facts name them. Whoever is sure that it is somebody else says so."""


class PartnerKnown(Refused):
    """The directory holds partners that may be this one; the facts name them."""


class NotOneAgency(Refused):
    """Only two people of one agency can be one person here."""


class ReceiverDisabled(Refused):
    """This receiver is disabled: nothing is told to it until somebody enables it again."""


class TooManySubscriptions(Refused):
    """Nobody follows more calendars than this at a time."""


class TooManyExports(Refused):
    """Nobody has more files made than this at a time."""


class TooManyImports(Refused):
    """Nobody has more lists than this waiting to be written."""


class ImportUnderWay(Refused):
    """This list is being written, or is written already, or is not written yet: that cannot be done now."""


class SubscriptionRevoked(Refused):
    """This calendar is followed no more, and cannot be again."""


class LinkShown(Refused):
    """This link was made and shown already; it is shown once."""


class RoleHeld(Refused):
    """This person already holds this role there."""


class LastAdministrator(Refused):
    """Nobody else administers the network: somebody else must, before this role ends."""


class OtherAudience(Refused):
    """This workshop is for staff and the person is a job seeker, or the other way round."""


class AudienceFixed(Refused):
    """Sessions of this workshop were planned: whom it is for stays."""


class StaffElsewhere(Refused):
    """This member of staff leads, helps or attends elsewhere at that time."""


class NameTaken(Refused):
    """Another entry already has this name."""


class AnotherRequestHasThisKey(Refused):
    """This idempotency key was used for another request."""


class RequestRunning(Refused):
    """A request with this idempotency key is still running."""


class IssuerFailed(Refused):
    """The provider of identities is away, or what it answered is not believed; ``why`` says which in one word."""


class DepartureOver(Refused):
    """Nobody left from this browser to come back with this answer, or too long ago, or it came back already."""


class NoRoleThere(Refused):
    """The provider of identities knows who this is, but nothing it says gives a role here."""


class NotKnownThere(Refused):
    """Nobody here is known by this identity, and no account is made for it."""


class IdentityTaken(Refused):
    """This identity belongs to another account, or the account has another identity of this provider."""


class ReferralOver(Refused):
    """This referral is no longer in a state in which this can be done."""


class ReferralTold(Refused):
    """The partner has had a mail about this: it can be cancelled, but not undone."""


class AlreadyReferred(Refused):
    """This job seeker is at this partner for this service already."""


class InDispute(Refused):
    """There is a dispute about this person: nothing is erased while it lasts."""
