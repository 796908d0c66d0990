"""Invitations in words: what has left, and what a calendar answered."""

from booking.domain.invitations import InvitationState, Partstat

STATES = {
    InvitationState.PLANNED: "Va partir",
    InvitationState.SENDING: "En cours d’envoi",
    InvitationState.SENT: "Envoyé",
    InvitationState.FAILED: "Non remis",
}
TAGS = {InvitationState.SENT: "good", InvitationState.FAILED: "bad"}
ANSWERS = {Partstat.ACCEPTED: "Accepté", Partstat.TENTATIVE: "Peut-être", Partstat.DECLINED: "Refusé"}
