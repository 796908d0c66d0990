"""Short texts in English and Arabic, and the little words that fill them.

English has the letters of every phone; Arabic does not, and half as many signs go into a segment.
"""

from dataclasses import dataclass

from booking.domain.bookings import Party
from booking.domain.languages import ARABIC, ENGLISH, FRENCH
from booking.domain.messages import MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """The little words of a language. ``at`` joins day and hour, ``code`` comes last."""

    parties: dict[Party, str]
    meetings: str
    keeps: str
    another: str
    waits: str
    not_answered: str
    not_served: str
    some_day: str
    at: str
    code: str
    agency: str


SMALL = {
    FRENCH: Small(
        parties={
            Party.PERSON: "Vous avez annulé votre place",
            Party.ADVISER: "Votre conseil a annulé votre place",
            Party.SERVICE: "L’agence a annulé votre place",
        },
        meetings=" ({} dates)",
        keeps="Vous gardez votre place.",
        another="Voulez-vous une autre date?",
        waits="Vous attendez encore.",
        not_answered="Pas de réponse, place donnée",
        not_served="Liste d’attente finie, pas de place",
        some_day="la date dite",
        at=" à ",
        code=" Code ",
        agency="agence",
    ),
    ENGLISH: Small(
        parties={
            Party.PERSON: "You gave up your place",
            Party.ADVISER: "Your adviser gave up your place",
            Party.SERVICE: "The agency cancelled your place",
        },
        meetings=" ({} dates)",
        keeps="You keep your place.",
        another="Would you like another date?",
        waits="You are still waiting.",
        not_answered="No answer, place given away",
        not_served="Waiting list over, no place",
        some_day="the date we told you",
        at=" at ",
        code=" Code ",
        agency="agency",
    ),
    ARABIC: Small(
        parties={
            Party.PERSON: "ألغيتم مكانكم",
            Party.ADVISER: "ألغى مرافقكم مكانكم",
            Party.SERVICE: "ألغت الوكالة مكانكم",
        },
        meetings=" (عدد الحصص {})",
        keeps="تحتفظون بمكانكم.",
        another="هل تريدون موعدا آخر؟",
        waits="ما زلتم في الانتظار.",
        not_answered="لا رد، أُعطي المكان لغيركم",
        not_served="انتهى الانتظار، لا مكان",
        some_day="الموعد المحدد",
        at=" الساعة ",
        code=" الرمز ",
        agency="الوكالة",
    ),
}
FOREIGN_TEXTS = {
    ENGLISH: {
        MessageKind.CONFIRMATION: "Your place: workshop {title}, {when}{meetings}, {place}.",
        MessageKind.WAITLISTED: "Workshop {title}: {when}, {place}. It is full. You are on the waiting list.",
        MessageKind.SEAT_GIVEN: "A place is free for you. Workshop {title}: {when}{meetings}, {place}.",
        MessageKind.REMINDER: "Reminder. Workshop {title}: {when}, {place}.",
        MessageKind.SESSION_MOVED: "Change. Workshop {title}: now {when}, {place}. {stays}",
        MessageKind.SESSION_CANCELLED: "Cancelled by the agency: {title}, {when}, {place}. Do not come.",
        MessageKind.SESSION_CUT_SHORT: "Cancelled by the agency: rest of {title}, from {gone}, {place}. Do not come.",
        MessageKind.BOOKING_MOVED: "New date. Workshop {title}: {when}{meetings}, {place}. The old one is over.",
        MessageKind.BOOKING_CANCELLED: "{party}: {title}, {when}, {place}.",
        MessageKind.SEAT_OFFERED: "Place offered: {title}, {when}, {place}. Answer before {until}.",
        MessageKind.NEXT_MEETING: "Next meeting. Workshop {title}: {when}, {place}.",
        MessageKind.ABSENCE_FOLLOWUP: "We did not see you: {title}, {gone}. {next} {place}.",
        MessageKind.NO_NOTED: "Your NO is noted: {title}, {when}, {place}. We will call you. {stays}",
        MessageKind.WAIT_ENDED: "{ended}: {title}, {when}, {place}.",
    },
    ARABIC: {
        MessageKind.CONFIRMATION: "مكانكم: ورشة {title}، {when}{meetings}، {place}.",
        MessageKind.WAITLISTED: "ورشة {title}: {when}، {place}. ممتلئة. أنتم في قائمة الانتظار.",
        MessageKind.SEAT_GIVEN: "شغر مكان لكم. ورشة {title}: {when}{meetings}، {place}.",
        MessageKind.REMINDER: "تذكير. ورشة {title}: {when}، {place}.",
        MessageKind.SESSION_MOVED: "تغيير. ورشة {title}: الآن {when}، {place}. {stays}",
        MessageKind.SESSION_CANCELLED: "ألغت الوكالة ورشة {title}، {when}، {place}. لا تحضروا.",
        MessageKind.SESSION_CUT_SHORT: "ألغت الوكالة بقية ورشة {title} من {gone}، {place}. لا تحضروا.",
        MessageKind.BOOKING_MOVED: "موعد جديد. ورشة {title}: {when}{meetings}، {place}. القديم ملغى.",
        MessageKind.BOOKING_CANCELLED: "{party}: ورشة {title}، {when}، {place}.",
        MessageKind.SEAT_OFFERED: "مكان لكم: {title}، {when}، {place}. ردوا قبل {until}.",
        MessageKind.NEXT_MEETING: "الحصة القادمة. ورشة {title}: {when}، {place}.",
        MessageKind.ABSENCE_FOLLOWUP: "لم نركم: ورشة {title}، {gone}. {next} {place}.",
        MessageKind.NO_NOTED: "وصل ردكم: ورشة {title}، {when}، {place}. سنتصل بكم. {stays}",
        MessageKind.WAIT_ENDED: "{ended}: ورشة {title}، {when}، {place}.",
    },
}
