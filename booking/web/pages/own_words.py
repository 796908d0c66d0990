"""What a person's own page says: each of these is there in French, English and Arabic."""

from booking.domain import bookings
from booking.domain.errors import AlreadyBooked, BookingEnded, JobSeekerElsewhere, Refused, SessionClosed, SessionFull
from booking.domain.job_seekers import Channel

TITLES = {
    "booked": "Votre atelier",
    "waitlisted": "Vous attendez une place",
    "offered": "Une place est libre pour vous",
    "held": "Une place est gardée pour vous",
    "ended": "Vous n’avez plus cette place",
    "called-off": "Cet atelier est annulé",
    "cut-short": "La suite de cet atelier est annulée",
    "over": "Cet atelier est passé",
}
SENTENCES = {
    "booked": "Nous vous attendons.",
    "coming": "Vous avez dit que vous venez. Merci.",
    "wishing": "Vous voulez une autre date. Votre agence vous rappelle. Vous gardez votre place en attendant.",
    "waitlisted": "L’atelier est complet. Si une place se libère, nous vous le disons.",
    "turn": "Vous êtes à la place %(turn)s de la liste. Si une place se libère, nous vous le disons.",
    "offered": "Répondez avant %(until)s. Sans réponse, la place va à une autre personne.",
    "held": "Elle est gardée jusqu’à %(until)s.",
    "called-off": "C’est l’agence qui annule. Ce n’est pas à cause de vous.",
    "cut-short": "C’est l’agence qui annule. Ce n’est pas à cause de vous.",
    "over": "Merci.",
    "person": "Vous avez annulé cette place.",
    "adviser": "La personne qui vous conseille a annulé cette place.",
    "service": "L’agence a annulé cette place. Ce n’est pas à cause de vous.",
    bookings.DECLINED: "Vous n’avez pas voulu de cette place.",
    bookings.OFFER_OVER: "Une place vous était proposée. Sans réponse, elle est allée à une autre personne.",
    bookings.HOLD_OVER: "La place n’est plus gardée.",
    bookings.SESSION_BEGAN: "Vous attendiez une place. Aucune ne s’est libérée.",
    bookings.MADE_UP: "Vous avez rattrapé cette séance. Merci.",
    bookings.MEETING_GONE: "Cette séance n’a plus lieu. Ce n’est pas à cause de vous.",
    bookings.ABSENCES: "Après deux absences, la place est allée à une autre personne.",
    "recall": "Votre agence vous rappelle pour une autre date.",
}
# What the clock or a rule notes as a reason, and nobody else.
ENDINGS = (
    *(bookings.DECLINED, bookings.OFFER_OVER, bookings.HOLD_OVER, bookings.SESSION_BEGAN, bookings.ABSENCES),
    *(bookings.MADE_UP, bookings.MEETING_GONE, bookings.NOT_THERE),
)
DONE = {
    "viens": "C’est noté : vous venez.",
    "annuler": "C’est noté : vous ne venez pas.",
    "reprendre": "C’est noté : vous avez de nouveau votre place.",
    "prendre": "C’est noté : la place est à vous.",
    "deplacer": "C’est noté : voici votre nouvelle date.",
    "rappel": "C’est noté : votre agence vous rappelle.",
    "sans-sms": "C’est noté : vous ne recevez plus de SMS.",
    "avec-sms": "C’est noté : vous recevez de nouveau des SMS.",
    "sans-email": "C’est noté : vous ne recevez plus d’e-mails.",
    "avec-email": "C’est noté : vous recevez de nouveau des e-mails.",
}
WRITING = {Channel.SMS: "Nous vous écrivons par SMS.", Channel.EMAIL: "Nous vous écrivons par e-mail."}
ENDED_WAYS = {
    Channel.SMS: "Vous ne recevez plus de SMS.",
    Channel.EMAIL: "Vous ne recevez plus d’e-mails.",
    "lost": "Nos messages ne vous arrivent plus. Donnez votre nouvelle adresse à votre agence.",
}
STOPPED_WAYS = {Channel.SMS: "Ne plus recevoir de SMS", Channel.EMAIL: "Ne plus recevoir d’e-mails"}
STARTED_WAYS = {Channel.SMS: "Recevoir des SMS", Channel.EMAIL: "Recevoir des e-mails"}
PROBLEMS = {
    SessionFull: "Il n’y a plus de place à cette date. Choisissez une autre date.",
    SessionClosed: "Cette date n’est plus possible. Choisissez une autre date.",
    JobSeekerElsewhere: "Vous avez déjà un autre atelier à cette heure.",
    AlreadyBooked: "Vous avez déjà une place à cette date.",
    BookingEnded: "C’est déjà fait, ou c’est trop tard.",
    Refused: "Ce n’est plus possible. Appelez votre agence.",
}
